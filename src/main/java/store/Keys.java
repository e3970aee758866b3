package store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names of all keys in Redis, behind one prefix. With a hash tag in the prefix ({@code {acme}:}) they share a slot
 * of a Redis Cluster.
 */
public record Keys(String prefix) {

    /** LIST: one JSON per accepted webhook call, the newest at the head. */
    public String queue() {
        return prefix + "new_session_queue";
    }

    /** Pub/sub channel: somebody should look at the queue. */
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

    /** HASH: room id to who has it, since when, reserved or confirmed. */
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
     * HASH: channel to the time until which it is held back, because its oldest could not be placed; then one tries.
     * {@code closed} and a time behind it: none of its agents was online since then.
     */
    public String held() {
        return prefix + "held";
    }

    /** ZSET: room id by the time it first asked. */
    public String waiting(String channel) {
        return prefix + "waiting:" + channel;
    }

    /** ZSET: room id by the time it may be tried again after a failure; {@code *} stands for everybody, {@code @} for what else ends. */
    public String resting() {
        return prefix + "resting";
    }

    /** STRING: which instance reconciles in this period. */
    public String reconciled() {
        return prefix + "reconciled";
    }

    /** ZSET: room id of {@link #assigned} by the time at which Qiscus was last asked about it. */
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

    /** Of {@link #forScript} in its order; all further ones are lines. */
    static final List<String> TYPES = List.of(
            "list", "set", "zset", "hash", "hash", "hash", "hash", "hash", "hash", "zset", "hash", "zset", "stream",
            "zset", "string", "string", "string", "string");

    /** In the order in which {@code common.lua} unpacks them. */
    List<String> forScript(Collection<String> channels) {
        List<String> keys = new ArrayList<>(List.of(
                queue(),
                prefix + "channels", // SET: the channels with a line
                claimed(),
                session(),
                assigned(),
                count(),
                parked(),
                config(),
                held(),
                resting(),
                prefix + "agent", // HASH: agent id to what was seen of him
                prefix + "resolved", // ZSET: "room id, service id" by the time of the resolve
                history(),
                checked(),
                reconciled(),
                adminToken(),
                owner(),
                check()));
        channels.forEach(channel -> keys.add(waiting(channel)));
        return keys;
    }
}
