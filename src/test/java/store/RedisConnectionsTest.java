package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import assignment.Session;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import qiscus.Json;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import support.FakeQiscus;
import support.LogLines;
import support.RedisNode;
import support.RunningApplication;

/** A small plan of a managed Redis permits few connections. */
class RedisConnectionsTest {
    private RedisNode redis;

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication one = RunningApplication.onAnotherRedis();

    private final FakeQiscus qiscus = one.qiscus();
    private final RunningApplication other = one.another();

    @BeforeEach
    void startRedis() {
        redis = RedisNode.launch();
        for (RunningApplication app : List.of(one, other)) {
            app.with("REDIS_HOST", "127.0.0.1").with("REDIS_PORT", Integer.toString(redis.port()));
        }
        qiscus.hasAgents("11", "12", "13");
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void twoInstancesTakeABurstOnTwentyConnections() throws Exception {
        redis.ask(node -> node.configSet("maxclients", "20"));
        one.start();
        other.start();
        AtomicLong most = new AtomicLong();
        List<CompletableFuture<HttpResponse<String>>> burst = IntStream.range(0, 600)
                .mapToObj(room -> (room % 2 == 0 ? one : other)
                        .postAsync("/webhook", RunningApplication.newSession("" + room, "qiscus")))
                .toList();
        await().until(() -> {
            most.accumulateAndGet(connections(), Math::max);
            return burst.stream().allMatch(CompletableFuture::isDone);
        });

        assertThat(burst).allMatch(answer -> answer.join().statusCode() == 200);
        await().until(() -> qiscus.assignments().size() == 6);
        // Including the connection that asks.
        assertThat(most.get()).isBetween(5L, 17L);
        assertThat(log.of(RedisTrouble.class)).isEmpty();
    }

    @Test
    void oneConnectionBesidesTheSubscriptionIsEnough() throws Exception {
        one.with("REDIS_MAX_CONNECTIONS", "2").start();
        List<CompletableFuture<HttpResponse<String>>> burst = IntStream.range(0, 100)
                .mapToObj(room -> one.postAsync("/webhook", RunningApplication.newSession("" + room, "qiscus")))
                .toList();

        assertThat(burst).allMatch(answer -> answer.join().statusCode() == 200);
        await().until(() -> qiscus.assignments().size() == 6);
        assertThat(connections()).isLessThanOrEqualTo(3);
    }

    @Test
    void tooManyConnectionsAreReportedAndTheProgramRecovers() throws Exception {
        try (Jedis first = new Jedis("127.0.0.1", redis.port())) {
            first.configSet("maxclients", "1");
            one.start();
            assertThat(one.customerWrites("1").statusCode()).isEqualTo(503);
            await().untilAsserted(() -> assertThat(log.of(RedisTrouble.class))
                    .singleElement()
                    .asString()
                    .contains("takes no more connections from us", "REDIS_MAX_CONNECTIONS"));

            first.configSet("maxclients", "20");

            await().until(() -> one.customerWrites("1").statusCode() == 200);
            await().until(() -> qiscus.agentOf("1") != null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return 'PONG'",
                "return 1",
                "return {1, 2}",
                "return '{\"outcome\":\"nothing\",\"asked\":\"snapshot 0\"}'"
            })
    void anAnswerToAnotherCallIsRejectedWithItsConnection(String script) throws Exception {
        try (RedisConnections connections = new RedisConnections(
                RedisAccess.server("127.0.0.1", redis.port()),
                2,
                new RedisAdmission.Owner(new Keys(""), "app-code", true, "a KEY_PREFIX of its own"))) {
            StringRedisTemplate template = connections.template();
            Duration hour = Duration.ofHours(1);
            Keys keys = new Keys("");
            SessionStore store = new SessionStore(
                    template,
                    Json.mapper(),
                    keys,
                    new SessionStore.Rules(2, hour, hour, hour, 8, 3, 2),
                    new Scripts(template, Json.mapper(), keys, hour, event -> {}),
                    new RedisTime());
            store.lead();
            store.snapshot();
            template.opsForList()
                    .leftPush(
                            "new_session_queue", "{\"room_id\":\"7\",\"channel\":\"c\",\"received_at\":1700000000000}");
            leaveUnread(template, script);

            assertThatThrownBy(store::snapshot).isInstanceOf(DataAccessException.class);

            assertThat(store.snapshot().heads()).extracting(Session::roomId).containsExactly("7");
            if (!script.equals("return 1")) {
                leaveUnread(template, script);
                assertThatThrownBy(() -> template.opsForList().leftPush("new_session_queue", "{}"))
                        .isInstanceOf(RuntimeException.class);
            }
            assertThat(template.opsForHash().size("session")).isEqualTo(1);
        }
    }

    private static void leaveUnread(StringRedisTemplate template, String script) {
        template.execute((RedisCallback<Void>) connection -> {
            ((Jedis) connection.getNativeConnection()).getConnection().sendCommand(Protocol.Command.EVAL, script, "0");
            return null;
        });
    }

    private long connections() {
        return redis.<String>ask(Jedis::clientList).lines().count();
    }
}
