package observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import support.MovableClock;

/** What the answers to our calls say about our credentials. */
class QiscusHealthTest {
    private static final boolean ACCOUNT = true;
    private static final boolean ROOM = false;

    private final MovableClock clock = new MovableClock();
    private final QiscusHealth health = new QiscusHealth(true, clock);

    @Test
    void aRefusalLeadsToAQuestionAboutTheAccountAndSaysNothingItself() {
        health.answered(200, ROOM);
        assertThat(health.isUncertain()).isFalse();

        health.answered(403, ROOM);

        assertThat(health.accepted()).isEqualTo(1);
        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void theAccountIsReadEveryTenSecondsAtMost() {
        health.answered(200, ACCOUNT);
        health.answered(403, ROOM);
        clock.pass(Duration.ofSeconds(9));
        assertThat(health.isUncertain()).isFalse();

        clock.pass(Duration.ofSeconds(2));
        assertThat(health.isUncertain()).isTrue();

        health.answered(200, ACCOUNT);
        clock.pass(Duration.ofSeconds(30));
        assertThat(health.isUncertain()).isFalse();
    }

    @Test
    void repeatedRefusalsOfARoomDoNotDelayTheQuestion() {
        for (int seconds = 0; seconds < 12; seconds += 3) {
            health.answered(403, ROOM);
            clock.pass(Duration.ofSeconds(3));
        }

        assertThat(health.isUncertain()).isTrue();
    }

    @Test
    void theAnswerAboutTheAccountCounts() {
        health.answered(200, ROOM);
        health.answered(401, ACCOUNT);
        assertThat(health.accepted()).isZero();
        assertThat(health.refusedSince()).isEqualTo(clock.instant());
        clock.pass(Duration.ofSeconds(11));
        assertThat(health.isUncertain()).isTrue();

        health.answered(200, ROOM);

        assertThat(health.accepted()).isEqualTo(1);
        assertThat(health.refusedSince()).isNull();
    }

    @Test
    void anAnswerOfAGatewayDuringADeploymentSaysNothing() {
        health.answered(401, ACCOUNT);
        health.answered(404, ROOM);
        health.answered(400, ACCOUNT);

        assertThat(health.accepted()).isZero();
    }

    @Test
    void anOutageSaysNothingAboutRefusedCredentials() {
        health.answered(401, ACCOUNT);
        health.answered(0, ROOM);
        health.answered(503, ROOM);

        assertThat(health.accepted()).isZero();
    }
}
