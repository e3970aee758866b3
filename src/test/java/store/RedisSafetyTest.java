package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import support.RealRedis;

/** The warning about a Redis that may lose data. */
class RedisSafetyTest {
    private static final RedisAdmission.Owner OWNER =
            new RedisAdmission.Owner(new Keys(""), "app-code", true, "a KEY_PREFIX of its own");
    private final Logger logger = (Logger) LoggerFactory.getLogger(RedisSafety.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private RealRedis redis;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        redis.close();
    }

    @Test
    void aRiskOfLosingDataIsReportedOnceWithItsRemedy() throws Exception {
        redis = RealRedis.ofItsOwn("--appendonly", "no", "--maxmemory-policy", "allkeys-lru");
        redis.start();

        check();

        assertThat(warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .contains("127.0.0.1:" + redis.port(), "appendonly yes", "allkeys-lru", "maxmemory-policy noeviction"));
    }

    @Test
    void aSafeRedisIsNotMentioned() throws Exception {
        redis = RealRedis.ofItsOwn();
        redis.start();

        check();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void withoutTheRightToInfoThereIsNoWarning() throws Exception {
        redis = RealRedis.ofItsOwn("--appendonly", "no", "--rename-command", "INFO", "");
        redis.start();

        check();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void whenRedisIsBackItIsCheckedAgain() throws Exception {
        redis = RealRedis.ofItsOwn("--appendonly", "no");
        try (RedisConnections connections = connections()) {
            connections.check();
            assertThat(warnings()).isEmpty();

            redis.start();

            await().until(() -> {
                try {
                    connections.template().hasKey("anything");
                } catch (DataAccessException notYet) {
                    // It is checked when a call needs it.
                }
                return !warnings().isEmpty();
            });
            assertThat(warnings()).hasSize(1);
        }
    }

    private void check() throws IOException {
        try (RedisConnections connections = connections()) {
            connections.check();
        }
    }

    private RedisConnections connections() throws IOException {
        return new RedisConnections(RedisAccess.server("127.0.0.1", redis.port()), 2, OWNER);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
