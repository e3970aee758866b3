package wallboard;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import assignment.AgentState;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wallboard.BoardSnapshot.Line;
import wallboard.Trouble.Severity;

class TroublesTest {
    private static final long NOW = 1_795_544_430_000L;

    private final Troubles troubles = new Troubles();
    private final LastHour hour = new LastHour();

    private static BoardSnapshot snapshot(Long queuedSince, int parked, Long pausedUntil, Line... lines) {
        return new BoardSnapshot(
                NOW, 1, 0, 0, 0, queuedSince, 0, parked, pausedUntil, 2, List.of(lines), null, null, null);
    }

    private List<Trouble> found(BoardSnapshot snapshot) {
        return troubles.at(snapshot, reasons(snapshot), hour.figures(NOW, Duration.ofMinutes(1), 0));
    }

    private static Map<String, Why> reasons(BoardSnapshot snapshot) {
        return snapshot == null
                ? Map.of()
                : snapshot.channels().stream().collect(toMap(Line::channel, line -> Why.of(line.reason())));
    }

    private static BoardSnapshot team(long later, int waiting, int late, int... customers) {
        List<BoardSnapshot.Seen> agents = IntStream.range(0, customers.length)
                .mapToObj(i -> new BoardSnapshot.Seen("7" + i, "Siti", true, NOW, customers[i], 0, 2, null, null))
                .toList();
        return team(later, waiting, late, agents);
    }

    private static BoardSnapshot team(long later, int waiting, int late, List<BoardSnapshot.Seen> agents) {
        List<Line> lines = List.of(new Line("101", "wa", "every agent is full", waiting, late, NOW));
        return new BoardSnapshot(NOW + later, waiting, 0, late, 0, null, 0, 0, null, 2, lines, null, agents, null);
    }

    private void hears(long ago, String event, String reason) {
        troubles.add(new Event(
                (NOW - ago) + "-0",
                event,
                "1",
                JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }

    @Test
    void allIsWell() {
        assertThat(found(snapshot(null, 0, null))).isEmpty();
        assertThat(found(null)).isEmpty();
    }

    @Test
    void qiscusFailsSinceTheFirstFailureAfterTheLastSuccess() {
        hears(50_000, "set_back", "Qiscus answered 500");
        hears(40_000, "assigned", null);
        hears(30_000, "set_back", "Qiscus cannot be reached (connection refused)");
        hears(5_000, "set_back", "Qiscus failed too often, so it is not called for a while");

        assertThat(found(snapshot(null, 0, NOW + 3000)))
                .containsExactly(new Trouble(
                        Severity.BAD,
                        "Qiscus failed too often, so it is not called for a while: no customer is assigned, all keep"
                                + " their place.",
                        NOW - 30_000));
    }

    @Test
    void afterTheNextAssignmentQiscusWorks() {
        hears(5_000, "set_back", "Qiscus answered 500");
        hears(4_000, "assigned", null);

        assertThat(found(snapshot(null, 0, null))).isEmpty();
    }

    @Test
    void anOldFailureIsNotShown() {
        hears(70_000, "set_back", "Qiscus answered 500");

        assertThat(found(snapshot(null, 0, null))).isEmpty();
    }

    @Test
    void aRefusedCustomerIsCountedUntilTheyAreServed() {
        refuses("1", 9000);
        refuses("2", 8000);
        refuses("2", 7000);

        assertThat(found(snapshot(null, 0, null)))
                .containsExactly(new Trouble(
                        Severity.WARNING,
                        "Qiscus refuses 2 customers while it serves others: Qiscus answered 403.",
                        null));

        hears(6000, "assigned", null);
        assertThat(found(snapshot(null, 0, null)))
                .extracting(Trouble::text)
                .containsExactly("Qiscus refuses 1 customer while it serves others: Qiscus answered 403.");
    }

    private void refuses(String room, long ago) {
        troubles.add(new Event(
                (NOW - ago) + "-0",
                "set_back",
                room,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("reason", "Qiscus answered 403")
                        .put("refused", true)));
    }

    @Test
    void refusedCredentialsAreShownWithTheirTime() {
        troubles.credentialsRefused(NOW - 5000);

        assertThat(found(snapshot(null, 0, null))).singleElement().satisfies(trouble -> {
            assertThat(trouble.text()).startsWith("Qiscus refuses our credentials");
            assertThat(trouble.since()).isEqualTo(NOW - 5000);
        });
    }

    @Test
    void redisAwayIsShownWithItsTime() {
        troubles.redisFailed(NOW - 9000);
        troubles.redisFailed(NOW - 8000);

        assertThat(found(null)).singleElement().satisfies(trouble -> {
            assertThat(trouble.text()).startsWith("Redis cannot be reached");
            assertThat(trouble.since()).isEqualTo(NOW - 9000);
        });

        troubles.redisAnswered(NOW, Duration.ofMillis(3));
        assertThat(found(snapshot(null, 0, null))).isEmpty();
    }

    @Test
    void redisIsSlowAfterThreeSlowAnswersInARow() {
        troubles.redisAnswered(NOW - 3000, Duration.ofMillis(400));
        troubles.redisAnswered(NOW - 2000, Duration.ofMillis(400));
        assertThat(found(snapshot(null, 0, null))).isEmpty();

        troubles.redisAnswered(NOW - 1000, Duration.ofMillis(400));

        assertThat(found(snapshot(null, 0, null)))
                .containsExactly(new Trouble(Severity.WARNING, "Redis answers slowly.", NOW - 3000));
    }

    @Test
    void customersWithoutAnAgentOnlineAreCounted() {
        Line closed = new Line("101", "wa", "no agent is online", 3, 0, 1);
        Line full = new Line("102", "qiscus", "every agent is full", 5, 0, 1);

        assertThat(found(snapshot(null, 0, null, closed, full)))
                .extracting(Trouble::text)
                .containsExactly("3 customers wait where no agent is online: an agent must log in to Qiscus.");
    }

    @Test
    void customersWhoWaitForAFullTeamAreCounted() {
        assertThat(found(team(0, 0, 0, 2, 2))).isEmpty();
        assertThat(found(team(0, 282, 0, 2, 2)))
                .containsExactly(new Trouble(Severity.WARNING, "282 wait and all 2 agents are full.", NOW));
        assertThat(found(team(1000, 281, 3, 2, 1)))
                .as("a slot that is about to be taken changes nothing")
                .containsExactly(new Trouble(Severity.BAD, "281 wait and all 2 agents are full.", NOW));
        assertThat(found(team(31_000, 281, 3, 2, 1)))
                .as("an agent who stays free has another channel")
                .containsExactly(new Trouble(Severity.BAD, "281 wait where all agents are full.", NOW));
        assertThat(found(team(32_000, 0, 0, 2, 1))).isEmpty();
        assertThat(found(team(33_000, 1, 0, 2)))
                .containsExactly(new Trouble(Severity.WARNING, "1 waits and the only agent is full.", NOW + 33_000));
    }

    @Test
    void aPausedAgentIsNotAvailable() {
        AgentState.Paused pause = new AgentState.Paused(NOW, null, null, "lunch", "dewi");
        List<BoardSnapshot.Seen> agents = List.of(
                new BoardSnapshot.Seen("7", "Siti", true, NOW, 2, 0, 2, null, null),
                new BoardSnapshot.Seen("8", "Budi", true, NOW, 0, 0, 2, null, pause));

        assertThat(found(team(0, 1, 0, agents)))
                .extracting(Trouble::text)
                .containsExactly("1 waits and the only agent is full.");
    }

    @Test
    void noInstanceAssignsNewCustomers() {
        assertThat(found(snapshot(NOW - 2000, 0, null))).isEmpty();
        assertThat(found(snapshot(NOW - 11_000, 0, null)))
                .singleElement()
                .extracting(Trouble::severity)
                .isEqualTo(Severity.BAD);
    }

    @Test
    void parkedSessionsAndCorrectionsAreCounted() {
        hour.add(new Event(
                NOW + "-0",
                "corrected",
                null,
                JsonNodeFactory.instance.objectNode().put("agents", 2)));

        assertThat(found(snapshot(null, 1, null)))
                .extracting(Trouble::text)
                .containsExactly(
                        "1 customer is parked: a supervisor must decide.",
                        "Counts were wrong and corrected 2 times in the last hour.");
    }
}
