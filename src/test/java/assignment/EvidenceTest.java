package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tells whose fault it is, and when a human may be asked. */
class EvidenceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SETTLE_TIME = Duration.ofSeconds(10);

    private static final Evidence OF_ALL = new Evidence(true, false, false, false);
    private static final Evidence OF_ONE = new Evidence(false, true, false, false);
    private static final Evidence OF_ONE_PERHAPS = new Evidence(false, false, true, false);
    private static final Evidence OPEN = new Evidence(false, false, false, false);
    private static final Evidence PASSING = new Evidence(false, true, true, true);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # others failed, others served, Qiscus answers, faults pass, scope
            false,           false,         false,          false,       OPEN
            false,           true,          false,          false,       THIS_ROOM
            false,           false,         true,           false,       PROBABLY_THIS_ROOM
            false,           true,          true,           false,       THIS_ROOM
            true,            false,         false,          false,       ALL_ROOMS
            true,            false,         true,           false,       ALL_ROOMS
            true,            true,          true,           false,       ALL_ROOMS
            true,            true,          true,           true,        ALL_ROOMS
            false,           true,          false,          true,        OPEN
            false,           false,         true,           true,        OPEN
            false,           false,         false,          true,        OPEN
            """)
    void otherSessionsTellWhoseFaultItIs(
            boolean failed, boolean served, boolean answers, boolean pass, FaultScope expected) {
        assertThat(new Evidence(failed, served, answers, pass).scope()).isEqualTo(expected);
    }

    @Test
    void aFaultIsProvenByEnoughFailuresWhileOthersWereServed() {
        assertThat(charge(OF_ONE, OF_ONE, OF_ONE).isProven(SETTLE_TIME, START.plusSeconds(99)))
                .isFalse();
        assertThat(charge(OF_ONE, OF_ONE, OF_ONE, OF_ONE).isProven(SETTLE_TIME, START.plusSeconds(9)))
                .isFalse();
        assertThat(charge(OF_ONE, OF_ONE_PERHAPS, OF_ONE, OF_ONE_PERHAPS).isProven(SETTLE_TIME, START.plusSeconds(10)))
                .isTrue();
    }

    @Test
    void anOpenFailureAddsNoProof() {
        assertThat(charge(OF_ONE, OPEN, OF_ONE, OPEN, OF_ONE)).isEqualTo(new FailureRecord(3, START));
    }

    @Test
    void failuresThatPassByThemselvesRestartTheProof() {
        assertThat(charge(OF_ONE, OF_ONE, OF_ONE, PASSING, OF_ONE)).isEqualTo(new FailureRecord(1, START));
    }

    @Test
    void anOutageEndsTheProof() {
        assertThat(charge(OF_ONE, OF_ONE, OF_ONE, OF_ALL)).isEqualTo(FailureRecord.none(START.plusSeconds(4)));
    }

    private static FailureRecord charge(Evidence... evidence) {
        FailureRecord charge = FailureRecord.none(START);
        for (int i = 0; i < evidence.length; i++) {
            charge = charge.after(evidence[i], START.plusSeconds(i + 1));
        }
        return charge;
    }
}
