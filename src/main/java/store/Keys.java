package store;

import java.util.List;

/**
 * The names of all keys in Redis, behind one prefix. With a hash tag in the prefix ({@code {acme}:}) they share a slot
 * of a Redis Cluster.
 */
public record Keys(String prefix) {
    /** In {@link #resting}, beside rooms. */
    static final String EVERYBODY = "*";

    /** LIST: one JSON per accepted webhook call, the newest at the head. */
    public String queue() {
        return prefix + "new_session_queue";
    }

    /** Pub/sub channel: there is something to do in the queue. */
    public String wake() {
        return prefix + "wake";
    }

    /** HASH: the capacities that were set while running. */
    public String config() {
        return prefix + "config";
    }

    /** HASH: agent id to the number of rooms in {@link #assigned}. */
    public String count() {
        return prefix + "agent_customer_count";
    }

    /** HASH: room id to the agent who has it, or is about to, and since when. */
    public String assigned() {
        return prefix + "assigned";
    }

    /** HASH: room id to the session that waits or is claimed. */
    public String session() {
        return prefix + "session";
    }

    /** ZSET: room id by the time its lease ends. */
    public String claimed() {
        return prefix + "claimed";
    }

    /** HASH: room id to the session and why a human must look. */
    public String parked() {
        return prefix + "parked";
    }

    /**
     * ZSET: who waits, as {@code channel:first_asked:room_id}, all with score 0. Sorted as text, the members of a channel
     * are its line, the oldest first.
     */
    public String waiting() {
        return prefix + "waiting";
    }

    /** ZSET: room id by the time it may be tried again after a failure; {@link #EVERYBODY} too. */
    public String resting() {
        return prefix + "resting";
    }

    /** STRING: which instance reconciles in this period. */
    public String reconciled() {
        return prefix + "reconciled";
    }

    /**
     * ZSET: room id of {@link #assigned} by the time at which Qiscus was last asked about it. Below zero: by the time at
     * which Qiscus called about it, to be looked into.
     */
    public String checked() {
        return prefix + "checked";
    }

    /** STREAM: what happened to which room and why, as {@code record} in {@code common.lua} writes it. */
    public String history() {
        return prefix + "history";
    }

    /** STRING: the token of the admin's last login, for an hour. It is a live secret. */
    public String adminToken() {
        return prefix + "admin_token";
    }

    /** STRING: the id of the app that all these keys belong to. Without it nobody knows who wrote them. */
    public String owner() {
        return prefix + "qiscus_agent_assignment";
    }

    /** STRING: to see what Redis lets us do, gone at once. A pub/sub channel of the same name has nobody who listens. */
    public String check() {
        return owner() + ":check";
    }

    /** HASH: agent id to what the lists showed of the agent, and when they last got a customer. */
    public String agent() {
        return prefix + "agent";
    }

    /** STREAM: each change of {@link #count}, for as long as Qiscus may not show it. */
    public String changes() {
        return prefix + "count_changes";
    }

    /** STRING: the instance that decides, for as long as its lease runs. */
    public String decider() {
        return prefix + "decider";
    }

    /** Of {@link #forScript} in its order. */
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

    /** ZSET: "room id, service id" by the time of the resolve. */
    String resolved() {
        return prefix + "resolved";
    }

    /** SET: the channels with a line, as versions before 2 had them. */
    String earlierChannels() {
        return prefix + "channels";
    }

    /** ZSET: the line of a channel, as versions before 2 had it. */
    String earlierLine(String channel) {
        return prefix + "waiting:" + channel;
    }

    /** HASH: channels held back, as versions before 2 had them. */
    String earlierHeld() {
        return prefix + "held";
    }
}
