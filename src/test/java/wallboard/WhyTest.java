package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Match;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import wallboard.BoardSnapshot.Waiting;
import wallboard.Why.Kind;

class WhyTest {
    private static final Why FULL = new Why(Kind.EVERYBODY_FULL, "Everybody is full");

    private static Waiting waiting(
            String state, String reason, boolean first, Long restsUntil, BoardSnapshot.Move move) {
        return new Waiting("1", "101", "wa", "Ayu", state, reason, "Siti", first, restsUntil, 1, move);
    }

    private static Waiting waiting(String state, String reason, boolean first) {
        return waiting(state, reason, first, null, null);
    }

    @Test
    void noReasonOfADecisionIsAFailureOfQiscus() {
        assertThat(Arrays.stream(Match.Why.values())
                        .filter(why -> why.name().startsWith("ALL")
                                || why.name().startsWith("N")
                                || why == Match.Why.OLDER_FIRST))
                .hasSize(6)
                .allSatisfy(why -> assertThat(Why.of(why.toString()).kind()).isNotEqualTo(Kind.QISCUS_FAILS));
    }

    @Test
    void aCustomerWaitsForTheReasonOfTheLine() {
        assertThat(Why.of(waiting("waiting", null, true), FULL)).isEqualTo(FULL);
        assertThat(Why.of(waiting("waiting", null, false), FULL)).isEqualTo(FULL);
        assertThat(Why.of(waiting("waiting", "no agent is online", false), FULL))
                .isEqualTo(FULL);
        assertThat(Why.of(waiting("queued", null, false), FULL)).isEqualTo(FULL);
    }

    @Test
    void inAFreeLineTheFirstIsNextAndTheOthersFollow() {
        assertThat(Why.of(waiting("waiting", null, true), Why.NEXT).kind()).isEqualTo(Kind.NEXT);
        assertThat(Why.of(waiting("waiting", null, false), Why.NEXT).kind()).isEqualTo(Kind.OLDER_FIRST);
    }

    @Test
    void aCustomerOfAFailedCallHasTheirOwnReason() {
        assertThat(Why.of(waiting("waiting", "Qiscus answered 500", false, 9L, null), FULL))
                .isEqualTo(new Why(Kind.QISCUS_FAILS, "Qiscus answered 500"));
    }

    @Test
    void aCustomerWhoMovesHasTheirOwnReason() {
        BoardSnapshot.Move move = new BoardSnapshot.Move("7", "Siti", 1L);
        assertThat(Why.of(waiting("waiting", "every agent online had it before", true, null, move), FULL)
                        .kind())
                .isEqualTo(Kind.EVERYBODY_TRIED);
    }

    @Test
    void aCustomerWhoIsBeingAssignedIsNext() {
        assertThat(Why.of(waiting("chosen", "every agent is full", false), FULL).kind())
                .isEqualTo(Kind.NEXT);
        assertThat(Why.of(waiting("doubted", "no answer", false), FULL).words())
                .isEqualTo("Qiscus did not say whether Siti has them");
    }
}
