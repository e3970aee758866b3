package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer;
import assignment.Candidate;
import assignment.Contender;
import assignment.FaultScope;
import assignment.Match;
import assignment.NewSession;
import assignment.Placement;
import assignment.RecordedEvent;
import assignment.Reservation;
import assignment.Retry;
import assignment.Session;
import assignment.Snapshot;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import qiscus.Json;
import redis.clients.jedis.JedisPooled;
import support.RealRedis;

/** A session store on a real Redis, the customers who call, and the state that is stored. */
class StoreInTest {
    static final AssignAnswer UNANSWERED = new AssignAnswer(AssignAnswer.Outcome.UNKNOWN, "no answer came", null);

    static final String CHANNEL = "whatsapp";
    private static final int TWO = 2;
    /** No rest and no pause is longer. */
    static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    static final Duration LONG = Duration.ofHours(1);
    static final Duration EVER = Duration.ofDays(36_525);
    static final Duration HISTORY = Duration.ofDays(1);
    private static final int ANY_NUMBER = 10_000;

    private static final ObjectMapper JSON = Json.mapper();
    private static StringRedisTemplate template;

    private final RealRedis server;
    private final long start = System.currentTimeMillis() - 600_000;
    private final List<RecordedEvent> happened = new ArrayList<>();
    private int calls;
    private SessionStore unsettled;
    private SessionStore settled;
    private SessionStore leaseless;

    StoreInTest(RealRedis server) {
        this.server = server;
    }

    /** Everything in this test is newer than its settle time, and no lease runs out. */
    SessionStore store() {
        if (unsettled == null) {
            unsettled = store(LONG, LONG);
        }
        return unsettled;
    }

    /** For this store every settle time is over. */
    SessionStore settled() {
        if (settled == null) {
            settled = store(Duration.ZERO, LONG);
        }
        return settled;
    }

    /** The lease of its claims runs out at once. */
    SessionStore leaseless() {
        if (leaseless == null) {
            leaseless = store(LONG, Duration.ZERO);
        }
        return leaseless;
    }

    SessionStore store(Duration settleTime, Duration lease) {
        return store(settleTime, lease, ANY_NUMBER);
    }

    SessionStore store(Duration settleTime, Duration lease, int headsAtOnce) {
        Keys keys = new Keys("");
        StringRedisTemplate redis = template(server.port());
        return new SessionStore(
                redis,
                JSON,
                keys,
                new SessionStore.Rules(TWO, settleTime, lease, EVER, headsAtOnce, 3, 2),
                new Scripts(redis, JSON, keys, HISTORY, happened::add),
                new RedisTime());
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

    /** The events of the stores. */
    List<RecordedEvent> happened() {
        return happened;
    }

    // ---- calls of customers

    /** Each call is a millisecond later than the previous one, and all are some minutes old. */
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

    void asksAfterService(String room, String previousService) {
        asks(room, CHANNEL, Long.toString(start + ++calls), previousService);
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

    // ---- the decider

    /** From now on only this store decides. */
    SessionStore decides(SessionStore store) {
        redis().del("decider");
        assertThat(store.lead()).isTrue();
        return store;
    }

    Snapshot snapshot() {
        return snapshot(store());
    }

    Snapshot snapshot(SessionStore store) {
        return decides(store).snapshot();
    }

    /** The queued calls are in line. @return the waiting sessions, the oldest first */
    List<String> heads() {
        return heads(store());
    }

    List<String> heads(SessionStore store) {
        return snapshot(store).heads().stream().map(Session::roomId).toList();
    }

    /** The session as it waits in its line. */
    Session waiting(String room) {
        return snapshot().heads().stream()
                .filter(session -> session.roomId().equals(room))
                .findFirst()
                .orElseThrow();
    }

    /** Its call is admitted, and it waits. */
    Session comes(String room) {
        asks(room);
        return waiting(room);
    }

    /** With as many customers as we count for the agent. */
    Placement placement(Session session, String agentId) {
        String count = customersOf(agentId);
        return placement(session, agentId, count == null ? 0 : Integer.parseInt(count));
    }

    static Placement placement(Session session, String agentId, int expected) {
        Contender agent = new Contender(agentId, "Agent " + agentId, 2, expected, expected, false, 0);
        Candidate candidate = new Candidate(session, Set.of(agentId), true, Set.of());
        return new Placement(new Match(candidate, agent, Match.Why.ONLY_ONE_FREE, List.of(agent)), expected, null);
    }

    Session reserve(String room, String agentId) {
        return reserve(room, agentId, store());
    }

    Session reserve(String room, String agentId, SessionStore store) {
        asks(room);
        return reserveWaiting(room, agentId, store);
    }

    /** For a room that has called already. */
    Session reserveWaiting(String room, String agentId, SessionStore store) {
        Session session = waiting(room);
        Reservation reservation = decides(store).reserve(placement(session, agentId));
        assertThat(reservation.outcome()).isEqualTo(Reservation.Outcome.RESERVED);
        return reservation.session();
    }

    Session assign(String room, String agentId) {
        Session session = reserve(room, agentId);
        assertThat(store().confirm(session)).isTrue();
        return session;
    }

    static Retry retry(String reason, Duration rest, Duration pause) {
        return new Retry(
                reason,
                atMostFiveMinutes(rest),
                atMostFiveMinutes(pause),
                pause.isZero() ? FaultScope.THIS_ROOM : FaultScope.ALL_ROOMS,
                false,
                false);
    }

    private static Duration atMostFiveMinutes(Duration time) {
        return time.compareTo(FIVE_MINUTES) < 0 ? time : FIVE_MINUTES;
    }

    // ---- stored state

    String customersOf(String agentId) {
        return redis().hget("agent_customer_count", agentId);
    }

    /** The places of all waiting sessions, sorted by channel name. */
    List<String> line() {
        return redis().zrange("waiting", 0, -1);
    }

    boolean isWaiting(String room) {
        return line().stream().anyMatch(place -> place.endsWith(":" + room));
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

    /** The stored session of a room that waits or is claimed. */
    boolean hasSession(String room) {
        return redis().hexists("session", room);
    }

    JsonNode stored(String hash, String field) {
        return json(redis().hget(hash, field));
    }

    /** Changes stored state, as if time had passed. */
    void change(String hash, String field, Consumer<ObjectNode> change) {
        ObjectNode stored = (ObjectNode) stored(hash, field);
        change.accept(stored);
        redis().hset(hash, field, text(stored));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
