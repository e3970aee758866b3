package observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What the answers to our calls say of our credentials. */
class QiscusHealthTest {
    private static final boolean ACCOUNT = true;
    private static final boolean ROOM = false;

    private final Watch watch = new Watch();
    private final QiscusHealth health = new QiscusHealth(true, watch);

    @Test
    void aRefusalCountsAtOnceAndTheAccountIsAskedSoon() {
        health.answered(200, ROOM);
        health.answered(403, ROOM);

        assertThat(health.accepted()).isZero();
        assertThat(health.isUncertain()).isFalse();
        watch.goesOn(Duration.ofSeconds(11));
        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void aRoomThatIsRefusedAgainAndAgainDoesNotPutOffTheQuestion() {
        for (int seconds = 0; seconds < 12; seconds += 3) {
            health.answered(403, ROOM);
            watch.goesOn(Duration.ofSeconds(3));
        }

        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void whoIsClearedIsNotBlamedForOneRoomAWhile() {
        health.answered(403, ROOM);
        health.answered(200, ACCOUNT);
        watch.goesOn(Duration.ofSeconds(59));

        health.answered(403, ROOM);
        assertThat(health.accepted()).isEqualTo(1);

        watch.goesOn(Duration.ofSeconds(2));
        health.answered(403, ROOM);
        assertThat(health.accepted()).isZero();
    }

    @Test
    void aRefusalOfTheAccountItselfAlwaysCounts() {
        health.answered(403, ROOM);
        health.answered(200, ACCOUNT);

        health.answered(401, ACCOUNT);

        assertThat(health.accepted()).isZero();
        watch.goesOn(Duration.ofSeconds(11));
        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void anOutageSaysNothingOfRefusedCredentials() {
        health.answered(401, ACCOUNT);
        health.answered(0, ROOM);
        health.answered(503, ROOM);

        assertThat(health.accepted()).isZero();
    }

    private static class Watch extends Clock {
        private Instant time = Instant.parse("2026-11-25T08:00:00Z");

        void goesOn(Duration duration) {
            time = time.plus(duration);
        }

        @Override
        public Instant instant() {
            return time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
