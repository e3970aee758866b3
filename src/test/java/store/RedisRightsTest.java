package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import support.FakeQiscus;
import support.LogLines;
import support.RedisNode;
import support.RunningApplication;

/** The Redis user lacks a right, loses one, or gets one back. */
class RedisRightsTest {
    private static RedisNode redis;

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

    private final RunningApplication app = new RunningApplication(qiscus);

    @BeforeAll
    static void startRedis() {
        redis = RedisNode.launch();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void admit() {
        redis.ask(Jedis::flushAll);
        redis.ask(node -> node.aclDelUser("app"));
        redis.admit("app", "secret", "acme:");
        app.with("REDIS_HOST", "127.0.0.1")
                .with("REDIS_PORT", Integer.toString(redis.port()))
                .with("REDIS_USER", "app")
                .with("REDIS_PASSWORD", "secret")
                .with("KEY_PREFIX", "acme:");
        qiscus.hasAgents("11", "12", "13", "14");
    }

    @AfterEach
    void stop() {
        app.stop();
    }

    @Test
    void afterTheRightToChannelsIsBackEveryAnswerIsThatOfItsCommand() throws Exception {
        app.start();
        await().until(() -> app.customerWrites("1").statusCode() == 200);
        await().until(() -> qiscus.agentOf("1") != null);

        allow("resetchannels");
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        allow("&acme:*");

        await().until(() -> app.customerWrites("2").statusCode() == 200);
        for (int room = 3; room <= 8; room++) {
            assertThat(app.customerWrites("" + room).statusCode()).isEqualTo(200);
        }
        await().until(() -> qiscus.assignments().size() == 8);
        assertThat(log.all()).noneMatch(line -> line.contains("cannot be cast") || line.contains("not JSON"));
    }

    private static void allow(String... rules) {
        redis.ask(node -> node.aclSetUser("app", rules));
    }
}
