package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** Claims of a stopped worker, left in Redis by another instance. */
class RecoveryTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aSessionWhoseWorkerDiedBeforeTheChoiceReturnsToItsPlaceAndIsAssigned() throws Exception {
        qiscus.hasAgents("11");

        leaveClaim("1", null);

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        await().until(() -> REDIS.client().zcard("claimed") == 0);
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aSessionWhoseAssignCallTookEffectIsConfirmedWithoutASecondCall() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "11");

        leaveClaim("1", "11");

        await().until(() -> REDIS.isAssigned("1"));
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
        assertThat(qiscus.calls("assign_agent")).isEmpty();
    }

    @Test
    void aSessionWhoseAssignCallTookNoEffectIsAssignedAfterAWhile() throws Exception {
        qiscus.hasAgents("11", "12");

        leaveClaim("1", "11");

        await().until(() -> qiscus.agentOf("1") != null);
        await().until(() -> REDIS.client().zcard("claimed") == 0);
        assertThat(qiscus.calls("customer_rooms/").size()).isGreaterThan(1);
        assertThat(REDIS.client().hget("agent_customer_count", qiscus.agentOf("1")))
                .isEqualTo("1");
        assertThat(REDIS.client().hlen("assigned")).isEqualTo(1);
    }

    @Test
    void aResolvedSessionIsDroppedAndItsSlotFreed() throws Exception {
        qiscus.hasAgents("11");
        qiscus.resolves("1");

        leaveClaim("1", "11");

        await().until(() -> "0".equals(REDIS.client().hget("agent_customer_count", "11")));
        assertThat(REDIS.client().exists("session", "claimed", "assigned")).isZero();
    }

    @Test
    void aRoomThatQiscusDoesNotKnowIsParked() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(
                call -> call.path().contains("customer_rooms/"),
                Fault.answering(404, "{\"errors\":{\"message\":\"Not found\"}}"));

        leaveClaim("1", "11");

        await().until(() -> REDIS.client().hexists("parked", "1"));
        assertThat(REDIS.client().hget("parked", "1")).contains("Qiscus does not know the room");
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("0");
    }

    @Test
    void aRoomThatCannotBeReadKeepsItsSlotUntilItCan() throws Exception {
        qiscus.hasAgents("11");
        for (int i = 0; i < 3; i++) {
            qiscus.nextTo("customer_rooms/", Fault.answering(500, ""));
        }
        qiscus.takenOver("1", "11");

        leaveClaim("1", "11");
        await().until(() -> qiscus.calls("customer_rooms/").size() == 3);
        assertThat(REDIS.client().hkeys("assigned")).containsExactly("1");
        assertThat(REDIS.isAssigned("1")).isFalse();

        await().atMost(Duration.ofSeconds(10)).until(() -> REDIS.isAssigned("1"));
    }

    /** The state after kill -9. */
    @Test
    void anIdleProgramRarelyCallsRedis() {
        long before = scriptsRun();
        long begin = System.nanoTime();

        await().during(Duration.ofSeconds(2)).until(() -> REDIS.client().zcard("claimed") == 0);

        // A worker and Recovery each look once per period of 200 ms, everything else far less often.
        long periods = (System.nanoTime() - begin) / Duration.ofMillis(200).toNanos();
        assertThat(scriptsRun() - before).isBetween(1L, 10 * (periods + 2));
    }

    private static long scriptsRun() {
        return Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                .matcher(REDIS.client().info("commandstats"))
                .results()
                .mapToLong(calls -> Long.parseLong(calls.group(1)))
                .sum();
    }

    private static void leaveClaim(String room, String reservedFor) {
        if (reservedFor != null) {
            REDIS.client().hset("assigned", room, """
                    {"agent_id":"%s","agent_name":"Agent %s","since":%d}""".formatted(reservedFor, reservedFor, System.currentTimeMillis()));
            REDIS.client().hset("agent_customer_count", reservedFor, "1");
        }
        REDIS.client().hset("session", room, """
                {"room_id":"%s","channel":"qiscus","first_asked":"1763880000123.456","attempts":0,"claim":"another:1"}""".formatted(room));
        REDIS.client().zadd("claimed", System.currentTimeMillis() + 300.0, room);
    }
}
