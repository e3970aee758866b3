package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;

/** The program while Redis comes and goes. */
class SessionQueueTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn()).startedByTest();

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void anUnstoredCallIsNotAcceptedAndTheProgramRecoversWithRedis() throws Exception {
        qiscus.hasAgents("11");
        app.start();
        redis.kill();
        assertThat(app.customerWrites("1").statusCode()).isEqualTo(503);
        assertThat(app.post("/resolve", RunningApplication.resolve("1", 1)).statusCode())
                .isEqualTo(503);
        assertThat(app.get("/config").statusCode()).isEqualTo(503);

        redis.start();

        await().pollInterval(Duration.ofMillis(200))
                .until(() -> app.customerWrites("1").statusCode() == 200);
        await().atMost(Duration.ofSeconds(5)).until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void sessionsFromBeforeARestartOfRedisAreAssignedAfterIt() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.start();
        app.customerWrites("1");
        await().until(() -> redis.client().zcard("waiting") == 1);
        redis.kill();
        qiscus.setAvailable("11", true);

        redis.start();

        await().atMost(Duration.ofSeconds(5)).until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void theProgramStartsWithoutRedisAndServesOnceItIsThere() throws Exception {
        qiscus.hasAgents("11");
        redis.kill();
        app.start();
        assertThat(app.customerWrites("1").statusCode()).isEqualTo(503);

        redis.start();

        await().pollInterval(Duration.ofMillis(200))
                .until(() -> app.customerWrites("1").statusCode() == 200);
        await().atMost(Duration.ofSeconds(5)).until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void allKeysHaveThePrefix() throws Exception {
        qiscus.hasAgents("11");
        app.with("KEY_PREFIX", "{acme}:").start();
        app.customerWrites("1");
        await().until(() -> "11".equals(qiscus.agentOf("1")));

        assertThat(redis.client().keys("*")).isNotEmpty().allMatch(key -> key.startsWith("{acme}:"));
    }

    @Test
    void wakeUpsWorkAgainAfterRedisWasAwayEvenAtTheStart() throws Exception {
        qiscus.hasAgents("11", "12");
        redis.kill();
        app.with("DISPATCH_PERIOD", "10m").start();
        redis.start();
        await().pollInterval(Duration.ofMillis(200)).until(() -> wroteAndWasAssigned("1"));

        redis.kill();
        redis.start();

        await().pollInterval(Duration.ofMillis(200)).until(() -> wroteAndWasAssigned("2"));
    }

    private boolean wroteAndWasAssigned(String room) throws Exception {
        app.customerWrites(room);
        return qiscus.agentOf(room) != null;
    }
}
