package support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.XAddParams;

/** Writes into Redis what the scripts would write, for tests of code that only reads it. */
public class StoredState {
    /** The time when the first session asked, if a test does not say. */
    public static final long START = System.currentTimeMillis() - 600_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, StringRedisTemplate> TEMPLATES = new LinkedHashMap<>();

    private final Supplier<? extends UnifiedJedis> server;
    private final String prefix;
    private int asked;

    public StoredState(RealRedis server) {
        this(server::client, "");
    }

    public StoredState(Supplier<? extends UnifiedJedis> server, String prefix) {
        this.server = server;
        this.prefix = prefix;
    }

    /** All tests of this JVM share one per server. */
    public static synchronized StringRedisTemplate template(int port) {
        return TEMPLATES.computeIfAbsent(port, of -> {
            JedisConnectionFactory connections =
                    new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", of));
            connections.afterPropertiesSet();
            connections.start();
            return new StringRedisTemplate(connections);
        });
    }

    /** A call of the webhook that is not admitted yet. */
    public void queued(String room, String channel, long receivedAt) {
        Map<String, Object> call = session(room, channel, receivedAt);
        call.remove("first_asked");
        call.remove("attempts");
        call.put("received_at", receivedAt);
        redis().lpush(prefix + "new_session_queue", text(call));
    }

    public void waits(String room, String channel) {
        waits(room, channel, START + ++asked);
    }

    public void waits(String room, String channel, double firstAsked) {
        waits(room, channel, firstAsked, null);
    }

    public void waits(String room, String channel, double firstAsked, String reason) {
        Map<String, Object> session = session(room, channel, firstAsked);
        session.put("reason", reason);
        put("session", room, session);
        redis().zadd(prefix + "waiting", 0, channel + ":" + session.get("first_asked") + ":" + room);
    }

    /** An assign call is in flight. */
    public void claimed(String room, String channel, String agent) {
        claimed(room, channel, agent, START + ++asked);
    }

    public void claimed(String room, String channel, String agent, double firstAsked) {
        Map<String, Object> session = session(room, channel, firstAsked);
        session.put("claim", "a claim");
        put("session", room, session);
        redis().zadd(prefix + "claimed", System.currentTimeMillis() + 3_600_000, room);
        assigned(room, channel, agent);
    }

    /** The assign call may have taken effect. */
    public void doubted(String room, String channel, String agent) {
        claimed(room, channel, agent);
        change("session", room, session -> session.put("doubt_since", System.currentTimeMillis()));
    }

    public void assigned(String room, String channel, String agent) {
        Map<String, Object> assignment = new LinkedHashMap<>();
        assignment.put("agent_id", agent);
        assignment.put("agent_name", "Agent " + agent);
        assignment.put("since", System.currentTimeMillis());
        assignment.put("name", "Customer " + room);
        assignment.put("channel", channel);
        put("assigned", room, assignment);
        redis().hincrBy(prefix + "agent_customer_count", agent, 1);
        if (redis().hexists(prefix + "agent", agent)) {
            change("agent", agent, known -> known.put("last_assigned", System.currentTimeMillis()));
        } else {
            put("agent", agent, Map.of("last_assigned", System.currentTimeMillis()));
        }
    }

    public void parked(String room, String channel, String reason) {
        Map<String, Object> parked = new LinkedHashMap<>();
        parked.put("at", System.currentTimeMillis());
        parked.put("reason", reason);
        parked.put("session", session(room, channel, START + ++asked));
        put("parked", room, parked);
    }

    /** The last list showed this agent with this many external customers. */
    public void seen(String agent, boolean online, int external) {
        if (!redis().hexists(prefix + "agent", agent)) {
            put("agent", agent, Map.of());
        }
        change("agent", agent, known -> {
            known.put("name", "Agent " + agent);
            known.put("online", online);
            known.put("seen", System.currentTimeMillis());
            known.put("external", external);
        });
    }

    public void happened(long at, String room, String event, String data) {
        redis().xadd(
                        prefix + "history",
                        Map.of("event", event, "room", room, "data", data),
                        XAddParams.xAddParams().id(at + "-*"));
    }

    /** This many entries of one millisecond, of other rooms. */
    public void muchHappened(long at, int entries) {
        try (var pipeline = redis().pipelined()) {
            for (int i = 0; i < entries; i++) {
                pipeline.xadd(
                        prefix + "history",
                        Map.of("event", "came", "room", "other" + i, "data", "{\"number\":" + i + "}"),
                        XAddParams.xAddParams().id(new StreamEntryID(at, i)));
            }
        }
    }

    public void rests(String room, long until) {
        redis().zadd(prefix + "resting", until, room);
    }

    /** Changes a field of a hash. */
    @SuppressWarnings("unchecked")
    public void change(String hash, String field, Consumer<Map<String, Object>> change) {
        try {
            Map<String, Object> stored = JSON.readValue(redis().hget(prefix + hash, field), Map.class);
            change.accept(stored);
            put(hash, field, stored);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private UnifiedJedis redis() {
        return server.get();
    }

    private static Map<String, Object> session(String room, String channel, double firstAsked) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("room_id", room);
        session.put("channel", channel);
        session.put("source", "wa");
        session.put("name", "Customer " + room);
        session.put("first_asked", String.format(Locale.ROOT, "%017.3f", firstAsked));
        session.put("attempts", 0);
        return session;
    }

    private void put(String hash, String field, Map<String, Object> value) {
        redis().hset(prefix + hash, field, text(value));
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
