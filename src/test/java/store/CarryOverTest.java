package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import assignment.Resolve;
import assignment.Resolved;
import assignment.Session;
import assignment.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.JedisPooled;
import support.FakeQiscus;
import support.RunningApplication;

/** The state of a version before 2 in Redis is continued. */
@Timeout(30)
class CarryOverTest {
    private static final long AGO = System.currentTimeMillis() - 60_000;

    @RegisterExtension
    final RunningApplication app = new RunningApplication().startedByTest();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();
    private JedisPooled redis;

    @BeforeEach
    void stateOfTheVersionBefore() {
        redis = given.redis();
        // Waiting: two channels, and one of them is held back.
        waits("ayu", "qiscus", AGO + ".125");
        waits("budi", "wa", (AGO + 1) + ".250");
        waits("citra", "qiscus", (AGO + 2) + ".500");
        redis.hset("session", "citra", """
                {"room_id":"citra","channel":"qiscus","source":"qiscus","name":"Citra","is_new_session":true,
                 "first_asked":"%d.500","attempts":3,"refusals":1,"reason":"every agent is full",
                 "refused_at":{"9002":%d},"gave_way_for":["9001"]}""".formatted(AGO + 2, AGO));
        redis.sadd("channels", "qiscus", "wa");
        redis.hset("held", Map.of("qiscus", AGO + 10_000 + "", "wa", "0 closed", "gone", "0"));
        redis.zadd("resting", AGO + 600_000, "budi");
        given.change("session", "budi", session -> session.put("had_turn", true));
        // Claimed by a worker: one without an agent yet, one with an agent.
        session("dewi", "wa", (AGO - 1) + ".000", "\"claim\":\"old:1\",");
        redis.zadd("claimed", AGO + 120_000, "dewi");
        session("eka", "qiscus", (AGO - 2) + ".000", "\"claim\":\"old:2\",");
        redis.zadd("claimed", AGO + 50_000, "eka");
        assigned("eka", "9001", "reserved");
        assigned("fajar", "9001", "confirmed");
        assigned("gita", "9002", "confirmed");
        redis.hset("agent_customer_count", Map.of("9001", "2", "9002", "1", "9003", "0"));
        redis.hset("agent", "9001", """
                {"name":"Siti","online":true,"seen":%d,"foreign":1,"known_at":%d,"theirs":3,"theirs_since":0,
                 "changes":[[%d,1,2]],"last_assigned":%d,"free":false}""".formatted(AGO, AGO, AGO, AGO));
        redis.hset("parked", "hadi", """
                {"at":%d,"reason":"no such room",
                 "session":{"room_id":"hadi","channel":"wa","first_asked":"%d.000","name":"Hadi","attempts":4}}""".formatted(AGO, AGO - 3));
        redis.hset("config", "max_customer_per_agent", "3");
        redis.lpush("new_session_queue", """
                {"room_id":"indah","channel":"qiscus","name":"Indah","is_new_session":true,"received_at":%d.000}""".formatted(AGO + 3));
    }

    private void waits(String room, String channel, String firstAsked) {
        session(room, channel, firstAsked, "");
        redis.zadd("waiting:" + channel, Double.parseDouble(firstAsked), room);
    }

    private void session(String room, String channel, String firstAsked, String claim) {
        redis.hset("session", room, """
                {"room_id":"%s","channel":"%s","source":"wa","name":"Customer %s",%s"first_asked":"%s","attempts":0}""".formatted(room, channel, room, claim, firstAsked));
    }

    private void assigned(String room, String agentId, String state) {
        redis.hset("assigned", room, """
                {"agent_id":"%s","agent_name":"Siti","since":%d,"state":"%s","name":"Customer %s","channel":"qiscus"}""".formatted(agentId, AGO, state, room));
    }

    @Test
    void waitingSessionsKeepTheirOrder() {
        Snapshot first = given.snapshot();

        assertThat(first.heads()).extracting(Session::roomId).containsExactly("dewi", "ayu", "citra", "indah");
        assertThat(given.line())
                .containsExactly(
                        "qiscus:" + AGO + ".125:ayu",
                        "qiscus:" + (AGO + 2) + ".500:citra",
                        "qiscus:" + (AGO + 3) + ".000:indah",
                        "wa:" + (AGO - 1) + ".000:dewi",
                        "wa:" + (AGO + 1) + ".250:budi");
        assertThat(first.heads().get(2))
                .isEqualTo(new Session(
                        "citra",
                        "qiscus",
                        "qiscus",
                        "Citra",
                        (AGO + 2) + ".500",
                        null,
                        3,
                        "every agent is full",
                        null,
                        Map.of("9002", AGO),
                        null));
    }

    @Test
    void restingSessionsKeepResting() {
        given.snapshot();
        redis.zrem("resting", "budi");

        assertThat(given.heads()).containsExactly("dewi", "ayu", "budi", "citra", "indah");
    }

    @Test
    void unusedKeysAreDeleted() {
        given.snapshot();

        assertThat(redis.keys("*"))
                .doesNotContain("channels", "held", "waiting:qiscus", "waiting:wa")
                .contains("waiting", "session", "assigned", "parked");
    }

    @Test
    void theCountsAndAssignmentsStay() {
        Snapshot first = given.snapshot();

        assertThat(first.counts()).isEqualTo(Map.of("9001", 2, "9002", 1, "9003", 0));
        assertThat(first.unconfirmed()).isEqualTo(Map.of("9001", 1));
        assertThat(first.lastAssigned()).isEqualTo(Map.of("9001", AGO));
        assertThat(first.capacity()).isEqualTo(3);
        store.recount();
        assertThat(redis.hgetAll("agent_customer_count")).isEqualTo(Map.of("9001", "2", "9002", "1", "9003", "0"));
        assertThat(store.resolve(new Resolve("fajar", "1")).outcome()).isEqualTo(Resolved.Outcome.FREED);
        assertThat(given.customersOf("9001")).isEqualTo("1");
    }

    @Test
    void anAssignCallThatWasUnderWayIsContinued() {
        given.snapshot();

        Session eka = store.expired().session();

        assertThat(eka.roomId()).isEqualTo("eka");
        assertThat(store.confirm(eka)).isTrue();
        assertThat(given.happened()).last().hasToString("Assigned Customer eka (room eka) to Siti");
        assertThat(given.customersOf("9001")).isEqualTo("2");
        assertThat(store.expired()).isNull();
    }

    @Test
    void parkedSessionsStayParkedAndMayBeRetried() {
        given.snapshot();
        assertThat(given.isParked("hadi")).isTrue();

        assertThat(store.unpark("hadi", true, "dewi").outcome()).isEqualTo(Resolved.Outcome.WAITING);

        assertThat(given.heads().get(0)).isEqualTo("hadi");
    }

    @Test
    void aSecondConversionChangesNothing() {
        given.snapshot();
        List<String> line = given.line();
        Map<String, String> sessions = redis.hgetAll("session");
        Map<String, String> assigned = redis.hgetAll("assigned");

        given.store(StoreInTest.LONG, StoreInTest.LONG).repair();

        assertThat(given.line()).isEqualTo(line);
        assertThat(redis.hgetAll("session")).isEqualTo(sessions);
        assertThat(redis.hgetAll("assigned")).isEqualTo(assigned);
    }

    /** While instances of both versions run. */
    @Test
    void sessionsOfTheOtherVersionAreFoundWithinAPeriod() {
        given.snapshot();
        waits("joko", "email", (AGO + 4) + ".000");
        redis.sadd("channels", "email");

        store.repair();

        assertThat(given.heads()).contains("joko");
        assertThat(redis.keys("*")).doesNotContain("channels", "waiting:email");
    }

    @Test
    void aSessionResolvedBeforeTheFirstRoundNoLongerWaits() {
        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo(Resolved.Outcome.LEFT_LINE);

        assertThat(given.heads()).containsExactly("dewi", "citra", "indah");
        assertThat(given.hasSession("ayu")).isFalse();
    }

    @Test
    void anInstanceThatDoesNotDecideLosesNoSession() {
        given.decides(given.store(StoreInTest.LONG, StoreInTest.LONG));

        assertThat(store.snapshot()).isNull();

        assertThat(redis.hlen("session")).isEqualTo(5);
        assertThat(given.line()).hasSize(4);
    }

    @Test
    void theProgramContinuesWhereTheEarlierVersionStopped() throws Exception {
        FakeQiscus qiscus = app.qiscus();
        qiscus.hasAgents("9001", "9002", "9003");
        qiscus.takenOver("eka", "9001");
        qiscus.takenOver("fajar", "9001");
        qiscus.takenOver("gita", "9002");
        List.of("ayu", "citra", "dewi", "indah").forEach(room -> qiscus.missesTheWebhookOf(room, Instant.now()));
        app.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Set.copyOf(qiscus.assignedRooms()), Set.of("dewi", "ayu", "citra", "indah")::equals);
        await().until(() -> redis.zcard("claimed") == 0);

        // Budi rests, Hadi is parked.
        assertThat(given.line()).singleElement().asString().endsWith(":budi");
        assertThat(redis.hgetAll("agent_customer_count").values().stream().mapToInt(Integer::parseInt))
                .containsOnly(2, 3);
        assertThat(redis.hkeys("assigned")).containsOnly("ayu", "citra", "dewi", "eka", "fajar", "gita", "indah");
        assertThat(redis.keys("*")).doesNotContain("channels", "held", "waiting:qiscus", "waiting:wa");
    }
}
