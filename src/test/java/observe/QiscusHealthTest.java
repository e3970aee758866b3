package observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import support.MovableClock;

/** What the answers to our calls say of our credentials. */
class QiscusHealthTest {
    private static final boolean ACCOUNT = true;
    private static final boolean ROOM = false;

    private final MovableClock clock = new MovableClock();
    private final QiscusHealth health = new QiscusHealth(true, clock);

    @Test
    void aRefusalCountsAtOnceAndTheAccountIsAskedSoon() {
        health.answered(200, ROOM);
        health.answered(403, ROOM);

        assertThat(health.accepted()).isZero();
        assertThat(health.isUncertain()).isFalse();
        clock.pass(Duration.ofSeconds(11));
        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void aRoomThatIsRefusedAgainAndAgainDoesNotPutOffTheQuestion() {
        for (int seconds = 0; seconds < 12; seconds += 3) {
            health.answered(403, ROOM);
            clock.pass(Duration.ofSeconds(3));
        }

        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void whoIsClearedIsNotBlamedForOneRoomAWhile() {
        health.answered(403, ROOM);
        health.answered(200, ACCOUNT);
        clock.pass(Duration.ofSeconds(59));

        health.answered(403, ROOM);
        assertThat(health.accepted()).isEqualTo(1);

        clock.pass(Duration.ofSeconds(2));
        health.answered(403, ROOM);
        assertThat(health.accepted()).isZero();
    }

    @Test
    void aRefusalOfTheAccountItselfAlwaysCounts() {
        health.answered(403, ROOM);
        health.answered(200, ACCOUNT);

        health.answered(401, ACCOUNT);

        assertThat(health.accepted()).isZero();
        clock.pass(Duration.ofSeconds(11));
        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void anOutageSaysNothingOfRefusedCredentials() {
        health.answered(401, ACCOUNT);
        health.answered(0, ROOM);
        health.answered(503, ROOM);

        assertThat(health.accepted()).isZero();
    }
}
