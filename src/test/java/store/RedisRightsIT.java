package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import support.FakeQiscus;
import support.LogLines;
import support.RedisNode;
import support.RunningApplication;

/** The Redis user lacks a right, loses one, or gets one back. */
class RedisRightsIT {
    private static RedisNode redis;

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = RunningApplication.onAnotherRedis();

    private final FakeQiscus qiscus = app.qiscus();

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

    @Test
    void afterTheRightToChannelsIsBackEveryAnswerBelongsToItsCommand() throws Exception {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-@scripting         | scripting",
                "-evalsha            | +evalsha",
                "-publish            | +publish",
                "-subscribe          | +subscribe",
                "resetchannels       | &acme:*",
                "resetkeys           | ~acme:*",
                "-lpush              | +lpush",
                "-xadd               | +xadd",
                "-hset               | +hset",
                "-zadd -zrem         | +zadd +zrem",
                "-time               | +time",
                "-@write             | +lpush",
                "-@read              | +hget",
                "-renamenx           | +renamenx",
                "resetkeys ~acme:session ~acme:qiscus* | ~acme:*",
            })
    void aMissingRightIsNamedAndTheProgramWaitsForIt(String rules, String missing) throws Exception {
        allow(rules.split(" "));
        app.start();

        await().untilAsserted(() -> assertThat(app.get("/observe/health/ready").body())
                .contains("DOWN", "check REDIS_USER: it lacks", missing));
        assertThat(app.get("/observe/health/ready").statusCode()).isEqualTo(503);
        await().untilAsserted(
                        () -> assertThat(app.customerWrites("1").statusCode()).isEqualTo(503));
        assertThat(RedisRightsIT.redis.<Boolean>ask(node -> node.exists("acme:new_session_queue")))
                .isFalse();
        assertThat(log.of(RedisTrouble.class)).singleElement().asString().contains("it lacks", missing);

        redis.admit("app", "secret", "acme:");

        await().until(() -> app.customerWrites("1").statusCode() == 200);
        await().until(() -> qiscus.agentOf("1") != null);
        await().until(() -> app.get("/observe/health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-lpush", "-@scripting", "resetchannels", "-hset", "-del"})
    void aLostRightIsNoticedBeforeACustomerComes(String rule) throws Exception {
        app.start();
        await().until(() -> app.get("/observe/health/ready").statusCode() == 200);

        allow(rule);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> app.get("/observe/health/ready").statusCode() == 503);
        assertThat(app.customerWrites("1").statusCode()).isEqualTo(503);
        await().during(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(log.of(RedisTrouble.class))
                .singleElement()
                .asString()
                .contains("it lacks"));

        redis.admit("app", "secret", "acme:");

        await().until(() -> app.customerWrites("1").statusCode() == 200);
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void everyConnectionBelongsToOurUser() throws Exception {
        app.start();
        for (int room = 1; room <= 20; room++) {
            app.customerWrites("" + room);
        }

        assertThat(redis.<String>ask(Jedis::clientList).lines())
                .filteredOn(client -> !client.contains("cmd=client|list"))
                .isNotEmpty()
                .allMatch(client -> client.contains("user=app"));
    }

    private static void allow(String... rules) {
        redis.ask(node -> node.aclSetUser("app", rules));
    }
}
