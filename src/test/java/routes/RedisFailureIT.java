package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Protocol;
import support.Cable;
import support.FakeQiscus;
import support.LogLines;
import support.RealRedis;
import support.RunningApplication;

/** Redis is full, refuses writes or does not answer: nothing is accepted, and the program recovers by itself. */
class RedisFailureIT {
    private static final Duration RESUMED = Duration.ofSeconds(5);

    @RegisterExtension
    final RealRedis other = RealRedis.ofItsOwn();

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn()).startedByTest();

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aFullRedisAcceptsNothingAndLosesNothing() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.start();
        app.customerWrites("1");
        await().until(() -> redis.client().zcard("waiting") == 1);

        redis.client().configSet("maxmemory", "1");
        qiscus.setAvailable("11", true);

        assertThat(app.customerWrites("2").statusCode()).isEqualTo(503);
        assertThat(app.put("/config", "{\"max_customer_per_agent\":3}").statusCode())
                .isEqualTo(503);
        assertThat(redis.client().exists("assigned")).isFalse();

        redis.client().configSet("maxmemory", "0");

        assertThat(app.customerWrites("2").statusCode()).isEqualTo(200);
        await().atMost(RESUMED).until(() -> qiscus.assignments().size() == 2);
        assertThat(qiscus.assignedRooms()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void afterAFailoverTheNewMasterIsFoundAlthoughTheOldOneStillAnswers() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        replicate(other, "127.0.0.1", redis.port() + "");
        await().until(() -> other.client().info("replication").contains("master_link_status:up"));
        try (Cable wire = new Cable(redis.port())) {
            app.with("REDIS_PORT", Integer.toString(wire.port())).start();
            app.customerWrites("1");
            await().until(() -> other.client().zcard("waiting") == 1);

            wire.leadsTo(other.port());
            replicate(other, "NO", "ONE");
            replicate(redis, "127.0.0.1", other.port() + "");
            qiscus.setAvailable("11", true);

            await().atMost(RESUMED).until(() -> "11".equals(qiscus.agentOf("1")));
            await().atMost(RESUMED).until(() -> app.customerWrites("2").statusCode() == 200);
            await().until(() -> "11".equals(qiscus.agentOf("2")));
            assertThat(other.client().hkeys("assigned")).containsExactlyInAnyOrder("1", "2");
        }
    }

    private static void replicate(RealRedis follower, String... master) {
        follower.client().sendCommand(Protocol.Command.REPLICAOF, master);
    }

    @Test
    void nothingIsAcceptedThatCannotReachRedis() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        try (Cable wire = new Cable(redis.port())) {
            app.with("REDIS_PORT", Integer.toString(wire.port())).start();
            app.customerWrites("1");
            await().until(() -> redis.client().zcard("waiting") == 1);

            wire.goesDead();
            qiscus.setAvailable("11", true);
            assertThat(app.customerWrites("2").statusCode()).isEqualTo(503);
            assertThat(app.post("/resolve", RunningApplication.resolve("1", 1)).statusCode())
                    .isEqualTo(503);

            wire.comesAlive();
            await().atMost(RESUMED).until(() -> "11".equals(qiscus.agentOf("1")));
        }
    }

    @Test
    void anAbsentRedisIsReportedOnceAndNotEachPeriod() throws Exception {
        app.start();
        await().until(() -> app.customerWrites("1").statusCode() == 200);

        redis.kill();

        await().until(() -> !log.of("store.RedisTrouble").isEmpty());
        await().during(Duration.ofSeconds(2))
                .until(() -> log.of("leave-to-recovery").isEmpty());
        assertThat(log.of("store.RedisTrouble")).hasSize(1);
    }

    @Test
    void afterABurstTheWorkersResumeAtOnceToo() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.start();
        List<CompletableFuture<HttpResponse<String>>> burst = IntStream.range(100, 400)
                .mapToObj(room -> app.postAsync("/webhook", RunningApplication.newSession("" + room, "qiscus")))
                .toList();
        burst.forEach(CompletableFuture::join);
        await().until(() -> redis.client().zcard("waiting") == 300);

        redis.kill();
        redis.start();
        qiscus.setAvailable("11", true);

        await().atMost(RESUMED).until(() -> qiscus.assignments().size() == 2);
    }
}
