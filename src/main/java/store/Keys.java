package store;

import java.util.List;

/**
 * The names of all keys in Redis, with one prefix. With a hash tag in the prefix ({@code {acme}:}) they share a slot of
 * a Redis Cluster.
 */
public record Keys(String prefix) {
    /** A member of {@link #resting} beside the rooms: no session is tried before its time. */
    static final String EVERYBODY = "*";

    /** LIST: one JSON per accepted webhook call, the newest at the head. */
    public String queue() {
        return prefix + "new_session_queue";
    }

    /** Pub/sub channel: there is work in the queue. */
    public String wake() {
        return prefix + "wake";
    }

    /** HASH: the capacities that were set at run time. */
    public String config() {
        return prefix + "config";
    }

    /** HASH: agent id to the number of rooms in {@link #assigned} that they have or are about to get. */
    public String count() {
        return prefix + "agent_customer_count";
    }

    /** HASH: room id to the agent who has it, or is about to get it, and since when. */
    public String assigned() {
        return prefix + "assigned";
    }

    /** HASH: room id to the session that waits or is claimed. */
    public String session() {
        return prefix + "session";
    }

    /** ZSET: room id, scored by the time when its lease ends. */
    public String claimed() {
        return prefix + "claimed";
    }

    /** HASH: room id to the session and why it is parked. */
    public String parked() {
        return prefix + "parked";
    }

    /**
     * ZSET: the waiting sessions as {@code channel:first_asked:room_id}, all with score 0. Sorted as text, the members
     * of a channel are its line, the oldest first.
     */
    public String waiting() {
        return prefix + "waiting";
    }

    /** ZSET: room id, scored by the time when it may be tried again after a failure; also {@link #EVERYBODY}. */
    public String resting() {
        return prefix + "resting";
    }

    /** STRING: the instance that reconciles in this period. */
    public String reconciled() {
        return prefix + "reconciled";
    }

    /**
     * ZSET: room id of {@link #assigned}, scored by the time when Qiscus was last asked about it. A negative score is
     * the time of a webhook for the room, which is to be checked.
     */
    public String checked() {
        return prefix + "checked";
    }

    /** STREAM: what happened to which room and why, written by {@code record} in {@code common.lua}. */
    public String history() {
        return prefix + "history";
    }

    /** STRING: the token of the admin's last login, for an hour. It is a valid credential. */
    public String adminToken() {
        return prefix + "admin_token";
    }

    /** STRING: the id of the app that all these keys belong to. */
    public String owner() {
        return prefix + "qiscus_agent_assignment";
    }

    /** STRING: used to find out what Redis permits, and deleted at once. Also a pub/sub channel without subscribers. */
    public String check() {
        return owner() + ":check";
    }

    /**
     * HASH: agent id to what lists showed about the agent, when they last got a customer, how many chats in a row left
     * them for silence, and since when and why they are paused.
     */
    public String agent() {
        return prefix + "agent";
    }

    /** STREAM: each change of {@link #count}, for as long as Qiscus's count may be late. */
    public String changes() {
        return prefix + "count_changes";
    }

    /** STRING: the instance that decides, until its lease ends. */
    public String decider() {
        return prefix + "decider";
    }

    /** The types of the keys, in the order of {@link #forScript}. */
    static final List<String> TYPES = List.of(
            "list", "zset", "zset", "hash", "hash", "hash", "hash", "hash", "zset", "hash", "zset", "stream", "stream",
            "string", "zset", "string", "string", "string", "string", "set", "hash");

    /** In the order in which {@code common.lua} unpacks them. */
    List<String> forScript() {
        return List.of(
                queue(),
                waiting(),
                claimed(),
                session(),
                assigned(),
                count(),
                parked(),
                config(),
                resting(),
                agent(),
                resolved(),
                history(),
                changes(),
                decider(),
                checked(),
                reconciled(),
                adminToken(),
                owner(),
                check(),
                earlierChannels(),
                earlierHeld());
    }

    /** ZSET: "room id, service id", scored by the time of the resolve. */
    String resolved() {
        return prefix + "resolved";
    }

    /** SET: the channels with a line, of versions before 2. */
    String earlierChannels() {
        return prefix + "channels";
    }

    /** ZSET: the line of a channel, of versions before 2. */
    String earlierLine(String channel) {
        return prefix + "waiting:" + channel;
    }

    /** HASH: channels that were held back, of versions before 2. */
    String earlierHeld() {
        return prefix + "held";
    }
}
