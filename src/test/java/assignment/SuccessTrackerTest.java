package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import support.MovableClock;

class SuccessTrackerTest {
    private final MovableClock clock = new MovableClock();
    private final SuccessTracker tracker = new SuccessTracker(Duration.ofSeconds(10), Duration.ofMinutes(10), clock);

    private static Session room(String id) {
        return Session.ofRoom(id);
    }

    private FaultScope fails(String id) {
        clock.pass(Duration.ofSeconds(3));
        return tracker.failed(room(id)).scope();
    }

    private void serves(String id) {
        tracker.succeeded(room(id));
    }

    @Test
    void theFirstFailureSaysNothing() {
        assertThat(fails("1")).isEqualTo(FaultScope.OPEN);
    }

    @Test
    void aSessionServedBeforeTheFirstFailureProvesNothing() {
        serves("2");

        assertThat(fails("1")).isEqualTo(FaultScope.OPEN);
        assertThat(fails("1")).isEqualTo(FaultScope.OPEN);
    }

    @Test
    void aRoomIsNoEvidenceAgainstItself() {
        fails("1");
        serves("1");
        fails("1");

        assertThat(fails("1")).isEqualTo(FaultScope.OPEN);
    }

    @Test
    void aFailureOfRoomAfterRoomConcernsAll() {
        serves("9");
        fails("1");

        assertThat(IntStream.range(2, 20).mapToObj(id -> fails("" + id))).containsOnly(FaultScope.ALL_ROOMS);
        assertThat(fails("1")).isEqualTo(FaultScope.ALL_ROOMS);
    }

    @Test
    void aFailureWhileAnotherRoomIsServedIsTheRoomsOwn() {
        fails("1");
        serves("2");
        assertThat(fails("1")).isEqualTo(FaultScope.THIS_ROOM);
        serves("2");
        assertThat(fails("1")).isEqualTo(FaultScope.THIS_ROOM);
    }

    @Test
    void aRoomsOwnFailureIsNoSignOfAnOutage() {
        fails("1");
        serves("2");
        fails("1");

        assertThat(fails("3")).isEqualTo(FaultScope.OPEN);
    }

    @Test
    void withoutOtherSessionsAnotherAnswerIsEvidenceForOneRoomOnly() {
        fails("1");
        tracker.answered();
        assertThat(fails("1")).isEqualTo(FaultScope.PROBABLY_THIS_ROOM);

        fails("2");
        fails("3");
        tracker.answered();
        assertThat(fails("2")).isEqualTo(FaultScope.ALL_ROOMS);
    }

    @Test
    void anAnswerAtTheSameTimeIsEvidenceAtOnce() {
        assertThat(tracker.failed(room("1"), true).scope()).isEqualTo(FaultScope.PROBABLY_THIS_ROOM);
        assertThat(tracker.failed(room("2"), true).scope()).isEqualTo(FaultScope.ALL_ROOMS);
    }

    @Test
    void fiveFailuresWithOthersServedInBetweenAreAProof() {
        for (int i = 0; i < 4; i++) {
            assertThat(tracker.failed(room("1")).isProven()).isFalse();
            clock.pass(Duration.ofSeconds(3));
            serves("2");
        }

        assertThat(tracker.failed(room("1")).isProven()).isTrue();
    }

    @Test
    void anOutageThatFlapsProvesNothing() {
        fails("1");
        for (int i = 0; i < 50; i++) {
            fails("2");
            serves("2");
            clock.pass(Duration.ofSeconds(1));
            assertThat(tracker.failed(room("1")).isProven()).isFalse();
        }
    }

    @Test
    void anOldFailureIsForgotten() {
        for (int i = 0; i < 4; i++) {
            fails("1");
            serves("2");
        }
        clock.pass(Duration.ofMinutes(11));

        assertThat(tracker.failed(room("1"))).isEqualTo(new Finding(FaultScope.OPEN, false, Duration.ZERO));
    }

    @Test
    void theNextSessionOfARoomStartsWithoutFailures() {
        Session before = new Session("1", "wa", "wa", "Ayu", "1763882437123.456", null, 0, null, null, null, null);
        Session next = new Session("1", "wa", "wa", "Ayu", "1763882499999.456", null, 0, null, null, null, null);
        for (int i = 0; i < 4; i++) {
            tracker.failed(before);
            serves("2");
        }

        assertThat(tracker.failed(next).scope()).isEqualTo(FaultScope.OPEN);
    }

    @Test
    void theDurationOfAnOutageIsKnown() {
        serves("9");
        fails("1");
        clock.pass(Duration.ofSeconds(7));

        assertThat(tracker.failedForAll(room("2")))
                .isEqualTo(new Finding(FaultScope.ALL_ROOMS, false, Duration.ofSeconds(7)));
    }
}
