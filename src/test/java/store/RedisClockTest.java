package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** Which time counts if the clock of a machine and the clock of Redis differ. */
class RedisClockTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void aMachineWithAWrongClockIsNotTrusted() {
        for (Duration ahead : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
            RedisClock clock = clock(Clock.offset(Clock.systemUTC(), ahead));
            clock.ask();

            assertThat(Duration.between(clock.instant(), Instant.now()).abs()).isLessThan(A_WHILE);
        }
    }

    @Test
    void beforeTheFirstAnswerTheMachineIsTrusted() {
        RedisClock clock = clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

        assertThat(clock.instant()).isAfter(Instant.now().plus(A_WHILE));
    }

    @Test
    void whileTheClocksAgreeTheMachineIsTrusted() {
        Instant fixed =
                Instant.ofEpochMilli(new StoreInTest(REDIS).store().now()).plusNanos(123_456);
        RedisClock clock = clock(Clock.fixed(fixed, ZoneOffset.UTC));
        clock.ask();

        assertThat(clock.instant()).isEqualTo(fixed);
    }

    private static RedisClock clock(Clock machine) {
        return new RedisClock(StoreInTest.template(REDIS.port()), machine);
    }
}
