package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AgentState;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wallboard.BoardSnapshot.Line;
import wallboard.BoardSnapshot.Seen;
import wallboard.BoardSnapshot.Waiting;
import wallboard.Why.Kind;

class LineReasonsTest {
    private static final long NOW = 1_795_544_430_000L;

    private final LineReasons reasons = new LineReasons();
    private final List<Line> lines = new ArrayList<>();
    private final List<Waiting> sessions = new ArrayList<>();
    private final List<Seen> agents = new ArrayList<>();
    private Long pausedUntil;

    private void waits(String room, String reason, Long restsUntil, BoardSnapshot.Move move) {
        if (lines.isEmpty()) {
            lines.add(new Line("wa", "wa", reason, 2, 0, NOW - 60_000));
        }
        sessions.add(new Waiting(
                room, "wa", "wa", null, "waiting", reason, null, sessions.isEmpty(), restsUntil, NOW - 60_000, move));
    }

    private void agent(boolean online, int customers, boolean paused) {
        AgentState.Paused pause = paused ? new AgentState.Paused(NOW, null, null, null, "dewi") : null;
        agents.add(new Seen("7" + agents.size(), "Siti", online, NOW, customers, 0, 2, null, pause));
    }

    private Why held() {
        return reasons.of(
                "wa", new BoardSnapshot(NOW, 2, 0, 0, 0, null, 0, 0, pausedUntil, 2, lines, sessions, agents, null));
    }

    private void hears(long ago, String reason) {
        reasons.add(new Event(
                (NOW - ago) + "-0",
                "waits",
                "9",
                JsonNodeFactory.instance.objectNode().put("reason", reason).put("channel", "wa")));
    }

    @Test
    void theReasonOfTheFirstSessionHoldsUpTheLine() {
        agent(true, 0, false);
        waits("1", "every agent is full", null, null);
        waits("2", "no agent is online", null, null);

        assertThat(held().kind()).isEqualTo(Kind.EVERYBODY_FULL);
    }

    @Test
    void beforeTheFirstTryTheAgentsAreTheReason() {
        waits("1", null, null, null);
        assertThat(held()).isEqualTo(Why.NEXT);

        agent(false, 0, false);
        assertThat(held()).isEqualTo(new Why(Kind.NOBODY_ONLINE, "Nobody is online"));
        agent(true, 0, true);
        assertThat(held().kind()).isEqualTo(Kind.EVERYBODY_PAUSED);
        agent(true, 2, false);
        assertThat(held()).isEqualTo(new Why(Kind.EVERYBODY_FULL, "Everybody is full or paused"));
        hears(5000, "every agent is full");
        assertThat(held())
                .as("no agent of this channel is paused")
                .isEqualTo(new Why(Kind.EVERYBODY_FULL, "Everybody is full"));
        hears(4000, "no agent is online");
        assertThat(held().kind()).as("that is over").isEqualTo(Kind.EVERYBODY_FULL);
    }

    @Test
    void ifAnAgentIsFreeTheFirstSessionIsNext() {
        waits("1", null, null, null);
        agent(true, 1, false);
        assertThat(held()).isEqualTo(Why.NEXT);
    }

    @Test
    void theNextSessionInheritsTheReasonOfTheOneBefore() {
        agent(true, 1, false);
        waits("2", null, null, null);
        hears(61_000, "every agent is full");
        assertThat(held()).as("that was another line").isEqualTo(Why.NEXT);

        hears(59_000, "every agent is full");
        assertThat(held().kind()).isEqualTo(Kind.EVERYBODY_FULL);
    }

    @Test
    void slotsThatWentToOlderSessionsMeanFull() {
        agent(true, 1, false);
        waits("1", "older sessions come first", null, null);

        assertThat(held().kind()).isEqualTo(Kind.EVERYBODY_FULL);
    }

    @Test
    void aChannelMayHaveNoAgentsWhileOthersDo() {
        agent(true, 0, false);
        waits("1", "no agent is online", null, null);

        assertThat(held().words()).isEqualTo("Nobody of this channel is online");
    }

    @Test
    void aReasonOfOneSessionDoesNotHoldUpTheLine() {
        agent(true, 2, false);
        waits("1", "Qiscus answered 422", NOW + 5000, null);
        waits("2", "every agent online had it before", null, new BoardSnapshot.Move("7", "Siti", NOW));

        assertThat(held().kind()).isEqualTo(Kind.EVERYBODY_FULL);
        pausedUntil = NOW + 5000;
        assertThat(held().kind()).as("Qiscus serves no session").isEqualTo(Kind.QISCUS_FAILS);
    }
}
