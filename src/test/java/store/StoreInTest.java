package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.Wiring;
import assignment.Agent;
import assignment.AssignAnswer;
import assignment.Capacity;
import assignment.NewSession;
import assignment.Placement;
import assignment.Session;
import assignment.Setback;
import assignment.Whose;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.JedisPooled;
import support.RealRedis;

/** A session store on a real Redis, the customers who call, and what is stored of them. */
class StoreInTest {
    static final AssignAnswer UNANSWERED = new AssignAnswer(AssignAnswer.Outcome.UNKNOWN, "no answer came", null);

    static final String CHANNEL = "whatsapp";
    private static final Capacity TWO = new Capacity(2);
    static final Duration LONG = Duration.ofHours(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    /** As a period: what is held back by it stays so for the rest of the test, at whatever moment it begins. */
    static final Duration EVER = Duration.ofDays(36_525);

    static final Duration HISTORY = Duration.ofDays(1);

    private static final ObjectMapper JSON = Wiring.json();
    private static StringRedisTemplate template;

    private final RealRedis server;
    private final long start = System.currentTimeMillis() - 600_000;
    private int calls;
    private SessionStore unsettled;
    private SessionStore settled;

    StoreInTest(RealRedis server) {
        this.server = server;
    }

    /** Nothing that happened in this test is older than its settle time, no lease runs out. */
    SessionStore store() {
        if (unsettled == null) {
            unsettled = store(LONG, LONG);
        }
        return unsettled;
    }

    /** For it every settle time is over. */
    SessionStore settled() {
        if (settled == null) {
            settled = store(Duration.ZERO, LONG);
        }
        return settled;
    }

    SessionStore store(Duration settleTime, Duration lease) {
        return store(settleTime, lease, EVER);
    }

    SessionStore store(Duration settleTime, Duration lease, Duration period) {
        SessionStore.Rules rules = new SessionStore.Rules(TWO, settleTime, lease, period, EVER, HISTORY);
        return new SessionStore(template(server.port()), JSON, new Keys(""), rules);
    }

    static synchronized StringRedisTemplate template(int port) {
        if (template == null) {
            JedisConnectionFactory connections =
                    new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
            connections.afterPropertiesSet();
            connections.start();
            template = new StringRedisTemplate(connections);
        }
        return template;
    }

    JedisPooled redis() {
        return server.client();
    }

    /** By the clock of Redis: what follows does not happen in the same one. */
    void aMillisecondPasses() {
        long now = store().now();
        await().pollInterval(Duration.ofMillis(1)).until(() -> store().now() > now);
    }

    /** Each call is a millisecond later than the one before, all some minutes ago. */
    void asks(String room) {
        asks(room, CHANNEL);
    }

    void asks(String room, String channel) {
        asks(room, channel, Long.toString(start + ++calls));
    }

    void asksNow(String room) {
        asks(room, CHANNEL, Long.toString(System.currentTimeMillis()));
    }

    void asks(String room, String channel, String receivedAt) {
        asks(room, channel, receivedAt, null);
    }

    void asks(String room, String channel, String receivedAt, String previousService) {
        redis().lpush(
                        "new_session_queue",
                        text(new NewSession(
                                room,
                                channel,
                                "wa",
                                "Customer " + room,
                                true,
                                previousService,
                                new BigDecimal(receivedAt).setScale(3))));
    }

    void asksAfterService(String room, String previousService) {
        asks(room, CHANNEL, Long.toString(start + ++calls), previousService);
    }

    /** A call that is taken at once, in a channel of its own so that none held back is in the way. */
    Session claim(String room) {
        return claim(room, store());
    }

    Session claim(String room, SessionStore taking) {
        asks(room, "channel-of-" + room);
        Session session = taking.take();
        assertThat(session).isNotNull().extracting(Session::roomId).isEqualTo(room);
        return session;
    }

    Session reserve(String room, String agentId) {
        Session session = claim(room);
        assertThat(store().reserve(session, List.of(agent(agentId, 0)), true).outcome())
                .isEqualTo("reserved");
        return session;
    }

    Session assign(String room, String agentId) {
        Session session = reserve(room, agentId);
        assertThat(store().confirm(session).outcome()).isEqualTo("confirmed");
        return session;
    }

    /** The outcome for a new customer when Qiscus shows this agent with so many customers, and no other agent. */
    Placement tryToPlace(String room, String agentId, int customerCount, SessionStore placing) {
        return placing.reserve(claim(room), List.of(agent(agentId, customerCount)), true);
    }

    static Agent agent(String id, int customerCount) {
        return new Agent(id, "Agent " + id, customerCount, true, false, "agent");
    }

    /** No rest and no pause is longer than five minutes. */
    static Setback setback(String reason, Duration rest, Duration pause) {
        return new Setback(
                reason,
                atMostFiveMinutes(rest),
                atMostFiveMinutes(pause),
                pause.isZero() ? Whose.THE_ROOMS : Whose.EVERYBODYS,
                false,
                false);
    }

    private static Duration atMostFiveMinutes(Duration time) {
        return time.compareTo(FIVE_MINUTES) < 0 ? time : FIVE_MINUTES;
    }

    String customersOf(String agentId) {
        return redis().hget("agent_customer_count", agentId);
    }

    boolean isWaiting(String room) {
        return redis().smembers("channels").stream().anyMatch(c -> redis().zscore("waiting:" + c, room) != null);
    }

    boolean isClaimed(String room) {
        return redis().zscore("claimed", room) != null;
    }

    boolean isAssigned(String room) {
        return redis().hexists("assigned", room);
    }

    boolean isParked(String room) {
        return redis().hexists("parked", room);
    }

    JsonNode stored(String hash, String field) {
        try {
            return JSON.readTree(redis().hget(hash, field));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** As if our count of him had not changed for a settle time. */
    void letHisCountStandStill(String agentId) {
        change("agent", agentId, agent -> agent.remove("changes"));
    }

    /** Changes what is stored, as if time had passed. */
    void change(String hash, String field, Consumer<ObjectNode> change) {
        ObjectNode stored = (ObjectNode) stored(hash, field);
        change.accept(stored);
        redis().hset(hash, field, text(stored));
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
