package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import support.MovableClock;

class WitnessTest {
    private final MovableClock clock = new MovableClock();
    private final Witness witness = new Witness(Duration.ofSeconds(10), Duration.ofMinutes(10), clock);

    private static Session room(String id) {
        return Session.ofRoom(id);
    }

    private Whose fails(String id) {
        clock.pass(Duration.ofSeconds(3));
        return witness.failed(room(id)).whose();
    }

    private void serves(String id) {
        witness.served(room(id));
    }

    @Test
    void theFirstFailureSaysNothing() {
        assertThat(fails("1")).isEqualTo(Whose.OPEN);
    }

    @Test
    void whoWasServedBeforeItFailedFirstIsNoProof() {
        serves("2");

        assertThat(fails("1")).isEqualTo(Whose.OPEN);
        assertThat(fails("1")).isEqualTo(Whose.OPEN);
    }

    @Test
    void aRoomIsNoWitnessAgainstItself() {
        fails("1");
        serves("1");
        fails("1");

        assertThat(fails("1")).isEqualTo(Whose.OPEN);
    }

    @Test
    void whatMeetsRoomAfterRoomIsEverybodys() {
        serves("9");
        fails("1");

        assertThat(IntStream.range(2, 20).mapToObj(id -> fails("" + id))).containsOnly(Whose.EVERYBODYS);
        assertThat(fails("1")).isEqualTo(Whose.EVERYBODYS);
    }

    @Test
    void whatMeetsOneRoomWhileAnotherIsServedIsItsOwn() {
        fails("1");
        serves("2");
        assertThat(fails("1")).isEqualTo(Whose.THE_ROOMS);
        serves("2");
        assertThat(fails("1")).isEqualTo(Whose.THE_ROOMS);
    }

    @Test
    void whoFailsByTheirOwnFaultIsNoSignOfAnOutage() {
        fails("1");
        serves("2");
        fails("1");

        assertThat(fails("3")).isEqualTo(Whose.OPEN);
    }

    @Test
    void whileNobodyElseIsAskedAnotherAnswerIsEvidenceButNotAgainstAnother() {
        fails("1");
        witness.answered();
        assertThat(fails("1")).isEqualTo(Whose.PERHAPS_THE_ROOMS);

        fails("2");
        fails("3");
        witness.answered();
        assertThat(fails("2")).isEqualTo(Whose.EVERYBODYS);
    }

    @Test
    void anAnswerOfTheSameMomentIsEvidenceAtOnce() {
        assertThat(witness.failed(room("1"), true).whose()).isEqualTo(Whose.PERHAPS_THE_ROOMS);
        assertThat(witness.failed(room("2"), true).whose()).isEqualTo(Whose.EVERYBODYS);
    }

    @Test
    void fiveFailuresWithOthersServedBetweenProveIt() {
        for (int i = 0; i < 4; i++) {
            assertThat(witness.failed(room("1")).isProven()).isFalse();
            clock.pass(Duration.ofSeconds(3));
            serves("2");
        }

        assertThat(witness.failed(room("1")).isProven()).isTrue();
    }

    @Test
    void anOutageThatFlapsProvesNothing() {
        fails("1");
        for (int i = 0; i < 50; i++) {
            fails("2");
            serves("2");
            clock.pass(Duration.ofSeconds(1));
            assertThat(witness.failed(room("1")).isProven()).isFalse();
        }
    }

    @Test
    void whatBeganLongAgoAndWasNotTriedSinceIsForgotten() {
        for (int i = 0; i < 4; i++) {
            fails("1");
            serves("2");
        }
        clock.pass(Duration.ofMinutes(11));

        assertThat(witness.failed(room("1"))).isEqualTo(new Finding(Whose.OPEN, false, Duration.ZERO));
    }

    @Test
    void theNextSessionOfARoomBeginsAtNothing() {
        Session before = new Session("1", "wa", "wa", "Ayu", "1763882437123.456", null, 0, null, null, null, null);
        Session next = new Session("1", "wa", "wa", "Ayu", "1763882499999.456", null, 0, null, null, null, null);
        for (int i = 0; i < 4; i++) {
            witness.failed(before);
            serves("2");
        }

        assertThat(witness.failed(next).whose()).isEqualTo(Whose.OPEN);
    }

    @Test
    void itIsKnownHowLongNobodyIsServed() {
        serves("9");
        fails("1");
        clock.pass(Duration.ofSeconds(7));

        assertThat(witness.failedLikeAll(room("2")))
                .isEqualTo(new Finding(Whose.EVERYBODYS, false, Duration.ofSeconds(7)));
    }
}
