package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.params.SetParams;
import settings.WrongSetting;
import support.FakeQiscus;
import support.LogLines;
import support.RealRedis;
import support.RunningApplication;

/** Keys with our names that another program wrote, and keys of earlier versions of this program. */
class ForeignRedisIT {
    private static final String MARKER = "qiscus_agent_assignment";

    private static final RealRedis REDIS = RealRedis.ofItsOwn();

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(REDIS).startedByTest();

    private final FakeQiscus qiscus = app.qiscus();
    private JedisPooled redis;

    @BeforeEach
    void emptyIt() {
        redis = REDIS.client();
        redis.flushAll();
        qiscus.hasAgents("11");
    }

    @Test
    void anEmptyRedisBecomesOurs() throws Exception {
        app.start();

        assertThat(redis.get(MARKER)).isEqualTo(FakeQiscus.APP_ID);
        assertThat(app.customerWrites("1").statusCode()).isEqualTo(200);
        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "session              | set session keep",
                "history              | rpush history a",
                "session              | hset session 5f3a {\"user\":1}",
                "session              | hset session 7 {\"room_id\":\"8\",\"channel\":\"c\",\"first_asked\":\"1700000000000\"}",
                "new_session_queue    | rpush new_session_queue job",
                "new_session_queue    | rpush new_session_queue {\"room_id\":\"7\"} [7]",
                "channels             | sadd channels #general",
                "claimed              | zadd claimed 5 7",
                "assigned             | hset assigned 7 agent",
                "agent_customer_count | hset agent_customer_count 7 2.5",
                "parked               | hset parked 7 {}",
                "config               | hset config debug true",
                "held                 | hset held 7 yes",
                "resting              | zadd resting 0 7",
                "agent                | hset agent 7 {\"name\":\"Ayu\"}",
                "resolved             | zadd resolved 1700000000000 7",
                "history              | xadd history * type login",
                "checked              | sadd checked 7",
                "reconciled           | set reconciled 1",
                "admin_token          | set admin_token forever",
                "waiting              | zadd waiting 1 job",
                "waiting              | zadd waiting 0 mail:1700000000000.000:a:b",
                "count_changes        | xadd count_changes * page home",
                "decider              | set decider ayu",
                "waiting:list         | zadd waiting:list 3 7",
                "waiting:list         | set waiting:list 7"
            })
    void keysOfAnotherProgramAreNotTouched(String key, String command) {
        write(command);
        Map<String, String> before = REDIS.contents();

        assertThatThrownBy(app::start).satisfies(failure -> assertThat(sentence(failure))
                .isEqualTo("Redis at 127.0.0.1:" + REDIS.port() + " holds " + key
                        + ", which another program wrote: set a KEY_PREFIX of its own."));

        assertThat(REDIS.contents()).isEqualTo(before);
    }

    @Test
    void withItsOwnPrefixTheProgramStarts() throws Exception {
        write("set session keep");
        write("rpush history a");
        Map<String, String> before = REDIS.contents();

        app.with("KEY_PREFIX", "acme:").with("RECONCILE_PERIOD", "200ms").start();

        assertThat(app.customerWrites("1").statusCode()).isEqualTo(200);
        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(redis.get("acme:" + MARKER)).isEqualTo(FakeQiscus.APP_ID);
        assertThat(REDIS.contents()).containsAllEntriesOf(before);
    }

    @Test
    void keysOfAnotherAppAreNotTouched() {
        redis.set(MARKER, "other-app");
        write("hset assigned 7 {\"agent_id\":\"9\",\"since\":1700000000000}");
        Map<String, String> before = REDIS.contents();

        assertThatThrownBy(app::start).satisfies(failure -> assertThat(sentence(failure))
                .contains("another app, other-app", "KEY_PREFIX")
                .doesNotContain("\n"));

        assertThat(REDIS.contents()).isEqualTo(before);
    }

    @Test
    void theStateOfAnEarlierVersionIsConverted() throws Exception {
        app.start();
        app.customerWrites("1");
        app.customerWrites("2");
        app.customerWrites("3");
        await().until(() -> redis.hlen("assigned") == 2 && redis.zcard("waiting") == 1);
        app.put("/config", "{\"max_customer_per_agent\":2}");
        app.stop();
        redis.del(MARKER);
        redis.lpush("new_session_queue", "{\"candidate_agent\":{\"id\":1},\"name\":\"x\",\"room_id\":77}");
        redis.set("admin_token", "t0ken", SetParams.setParams().ex(60));
        redis.zadd("resolved", System.currentTimeMillis(), "5 6");
        redis.hset(
                "parked",
                "unreadable:12",
                "{\"at\":1700000000000,\"reason\":\"unreadable queue entry\",\"entry\":\"t0p\"}");
        write("xadd history * event corrected data {}");

        app.start();

        assertThat(redis.get(MARKER)).isEqualTo(FakeQiscus.APP_ID);
        await().until(() -> redis.zlexcount("waiting", "[default:", "(default;") == 1);
        assertThat(redis.zlexcount("waiting", "[qiscus:", "(qiscus;")).isEqualTo(1);
        assertThat(redis.hlen("assigned")).isEqualTo(2);
        assertThat(app.get("/parked").body()).contains("unreadable queue entry").doesNotContain("t0p");
    }

    @Test
    void afterFlushallTheMarkerIsWrittenAgain() throws Exception {
        app.start();

        redis.flushAll();
        redis.set("session", "another program's");

        assertThat(app.customerWrites("1").statusCode()).isEqualTo(200);
        await().until(() -> FakeQiscus.APP_ID.equals(redis.get(MARKER)));
        assertThat(app.customerWrites("2").statusCode()).isEqualTo(200);
        assertThat(redis.keys("session*")).anyMatch(key -> "string".equals(redis.type(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session",
                "history",
                "checked",
                "reconciled",
                "waiting",
                "count_changes",
                "decider",
                MARKER,
                "new_session_queue"
            })
    void anOverwrittenKeyIsSetAsideAndReported(String key) throws Exception {
        qiscus.setAvailable("11", false);
        app.with("RECONCILE_PERIOD", "500ms").start();
        app.customerWrites("1");
        await().until(() -> redis.zcard("waiting") == 1);

        redis.del(key);
        if (List.of("reconciled", "decider", MARKER).contains(key)) {
            redis.rpush(key, "another program's");
        } else {
            redis.set(key, "another program's");
        }

        await().until(() -> redis.keys(key + ".replaced-*").size() == 1);
        String aside = redis.keys(key + ".replaced-*").iterator().next();
        assertThat(log.of("event").stream().filter(line -> line.contains("overwritten")))
                .containsExactly("WARN " + key + " was overwritten in Redis: the other value is kept as " + aside
                        + ", and our key is empty now");
        qiscus.setAvailable("11", true);
        await().until(() -> app.customerWrites("2").statusCode() == 200);
        await().until(() -> "11".equals(qiscus.agentOf("2")));
        assertThat(redis.exists(aside)).isTrue();
    }

    @Test
    void aRedisThatReturnsWithKeysOfAnotherIsNotTouched() throws Exception {
        app.start();
        await().until(() -> app.get("/observe/health/ready").statusCode() == 200);

        REDIS.kill();
        await().until(() -> app.get("/observe/health/ready").statusCode() == 503);
        app.stop();
        REDIS.start();
        redis = REDIS.client();
        redis.flushAll();
        redis.set("session", "keep");
        Map<String, String> before = REDIS.contents();
        REDIS.kill();
        app.start();
        REDIS.start();
        redis = REDIS.client();

        await().untilAsserted(() -> assertThat(app.get("/observe/health/ready").body())
                .contains("DOWN", "holds session, which another program wrote", "KEY_PREFIX"));
        assertThat(app.customerWrites("1").statusCode()).isEqualTo(503);
        assertThat(REDIS.contents()).isEqualTo(before);
        await().during(Duration.ofSeconds(2))
                .until(() -> log.of("store.RedisTrouble").stream()
                                .filter(line -> line.contains("KEY_PREFIX"))
                                .count()
                        == 1);

        redis.del("session");

        await().until(() -> app.customerWrites("1").statusCode() == 200);
        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    private void write(String command) {
        String[] parts = command.split(" ");
        String[] args = Arrays.copyOfRange(parts, 1, parts.length);
        redis.sendCommand(() -> parts[0].getBytes(), args);
    }

    private static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting) {
                return cause.getMessage();
            }
        }
        return "no WrongSetting: " + failure;
    }
}
