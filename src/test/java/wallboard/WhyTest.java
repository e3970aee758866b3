package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Match;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wallboard.Standing.Line;
import wallboard.Standing.Waiting;
import wallboard.Why.Kind;

class WhyTest {
    @Test
    void eachReasonOfAMatchHasItsOwnKind() {
        assertThat(Stream.of(Match.Why.NO_AGENT_ONLINE, Match.Why.ALL_FULL, Match.Why.OLDER_FIRST)
                        .map(reason -> Why.of(reason.toString()).kind()))
                .doesNotContain(Why.Kind.QISCUS_FAILS);
    }

    private static final Line FULL = new Line("101", "wa", "every agent is full", 2, 0, 1);

    private static Waiting waiting(String state, String reason, boolean first, Long restsUntil) {
        return new Waiting("1", "101", "wa", "Ayu", state, reason, "Siti", first, restsUntil, 1);
    }

    @Test
    void theFirstOfAChannelWaitsForTheReasonOfItsLastTry() {
        assertThat(Why.of(waiting("waiting", "no agent is online", true, null), FULL))
                .isEqualTo(new Why(Kind.NOBODY_ONLINE, "Nobody is online"));
        assertThat(Why.of(waiting("waiting", "every agent is full", true, null), FULL))
                .isEqualTo(new Why(Kind.EVERYBODY_FULL, "Everybody is full"));
        assertThat(Why.of(waiting("waiting", null, true, null), FULL).kind()).isEqualTo(Kind.JUST_CAME);
    }

    @Test
    void theOthersWaitForTheSameReason() {
        assertThat(Why.of(waiting("waiting", null, false, null), FULL).kind()).isEqualTo(Kind.EVERYBODY_FULL);
        assertThat(Why.of(waiting("waiting", "no agent is online", false, null), FULL)
                        .kind())
                .isEqualTo(Kind.EVERYBODY_FULL);
        assertThat(Why.of(waiting("waiting", null, false, null), new Line("101", "wa", null, 2, 0, 1))
                        .kind())
                .isEqualTo(Kind.OLDER_FIRST);
    }

    @Test
    void aCustomerWhomQiscusFailedHasTheirOwnReason() {
        assertThat(Why.of(waiting("waiting", "Qiscus answered 500", false, 9L), FULL))
                .isEqualTo(new Why(Kind.QISCUS_FAILS, "Qiscus answered 500"));
    }

    @Test
    void aCustomerWhoIsBeingAssignedIsShownWithTheAgent() {
        assertThat(Why.of(waiting("chosen", null, false, null), null).words()).isEqualTo("Is being given to Siti");
        assertThat(Why.of(waiting("doubted", "no answer", false, null), null).kind())
                .isEqualTo(Kind.QISCUS_FAILS);
        assertThat(Why.of(waiting("queued", null, false, null), null).kind()).isEqualTo(Kind.JUST_CAME);
    }
}
