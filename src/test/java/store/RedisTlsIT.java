package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import support.FakeQiscus;
import support.LogLines;
import support.RealRedis;
import support.RedisNode;
import support.RunningApplication;
import support.SelfSigned;

/** The whole program on a Redis that uses TLS, knows our user, and permits them nothing but our keys. */
class RedisTlsIT {
    private static final String PASSWORD = "p@ss/w:rd #1";
    private static final String ENCODED = "p%40ss%2Fw:rd%20%231";
    private static final int DATABASE = 3;
    private static final int TLS_PORT = RealRedis.freePort();

    @TempDir
    static Path directory;

    private static SelfSigned files;
    private static RedisNode redis;

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = RunningApplication.onAnotherRedis();

    private final FakeQiscus qiscus = app.qiscus();

    @BeforeAll
    static void startRedis() throws Exception {
        files = SelfSigned.in(directory);
        redis = RedisNode.launch(
                "--tls-port",
                Integer.toString(TLS_PORT),
                "--tls-cert-file",
                files.certificate().toString(),
                "--tls-key-file",
                files.key().toString(),
                "--tls-auth-clients",
                "no");
        redis.admit("app", PASSWORD, "acme:");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void emptyIt() {
        redis.ask(Jedis::flushAll);
        app.with("KEY_PREFIX", "acme:")
                .with("REDIS_CA_FILE", files.certificate().toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void customersAreAssignedAndResolved(boolean byUrl) throws Exception {
        qiscus.hasAgents("11");
        if (byUrl) {
            app.with("REDIS_URL", "rediss://app:" + ENCODED + "@localhost:" + TLS_PORT + "/" + DATABASE);
        } else {
            app.with("REDIS_HOST", "localhost").with("REDIS_PORT", Integer.toString(TLS_PORT));
            app.with("REDIS_USER", "app").with("REDIS_PASSWORD", PASSWORD);
            app.with("REDIS_DATABASE", Integer.toString(DATABASE)).with("REDIS_TLS", "true");
        }
        app.with("DISPATCH_PERIOD", "10m").start();
        app.customerWrites("101");

        await().until(() -> "11".equals(qiscus.agentOf("101")));
        await().until(() -> ours(node -> node.zcard("acme:claimed")) == 0);
        assertThat(RedisTlsIT.<String>ours(node -> node.hget("acme:agent_customer_count", "11")))
                .isEqualTo("1");
        qiscus.resolves("101");
        assertThat(app.post("/resolve", RunningApplication.resolve("101", 1)).statusCode())
                .isEqualTo(200);
        assertThat(RedisTlsIT.<String>ours(node -> node.hget("acme:agent_customer_count", "11")))
                .isEqualTo("0");
        assertThat(app.put("/config", "{\"max_customer_per_agent\":3}").statusCode())
                .isEqualTo(200);
        assertThat(log.of(RedisTrouble.class)).isEmpty();
        assertThat(log.all()).noneMatch(line -> line.contains(PASSWORD) || line.contains(ENCODED));
    }

    @Test
    void aWrongPasswordIsReportedOnceAndTheProgramWaitsForTheRightOne() throws Exception {
        qiscus.hasAgents("11");
        app.with("REDIS_URL", "rediss://app:not-%74he-right-one@localhost:" + TLS_PORT + "/" + DATABASE);
        app.start();
        assertThat(app.customerWrites("101").statusCode()).isEqualTo(503);
        assertThat(log.of(RedisTrouble.class))
                .isEqualTo(List.of("WARN Redis at localhost:" + TLS_PORT
                        + " refuses the user or the password, check REDIS_URL. Calls are answered with 503 until it can be"
                        + " used"));

        redis.ask(node -> node.aclSetUser("app", ">not-the-right-one"));

        await().until(() -> app.customerWrites("101").statusCode() == 200);
        await().until(() -> "11".equals(qiscus.agentOf("101")));
        await().until(() -> log.of(RedisTrouble.class).size() == 2);
        assertThat(log.of(RedisTrouble.class).get(1))
                .isEqualTo("INFO Redis at localhost:" + TLS_PORT + " can be used again");
        assertThat(log.all()).noneMatch(line -> line.contains("right-one"));
    }

    private static <T> T ours(Function<Jedis, T> question) {
        return redis.ask(node -> {
            node.select(DATABASE);
            return question.apply(node);
        });
    }
}
