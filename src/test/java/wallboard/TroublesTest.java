package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wallboard.Standing.Line;
import wallboard.Trouble.Severity;

class TroublesTest {
    private static final long NOW = 1_795_544_430_000L;

    private final Troubles troubles = new Troubles();
    private final LastHour hour = new LastHour();

    private static Standing standing(Long queuedSince, int parked, Long pausedUntil, Line... lines) {
        return new Standing(NOW, 1, 0, 0, 0, queuedSince, 0, parked, pausedUntil, 2, List.of(lines), null, null, null);
    }

    private List<Trouble> found(Standing standing) {
        return troubles.at(standing, hour.figures(NOW, Duration.ofMinutes(1)));
    }

    private void hears(long ago, String event, String reason) {
        troubles.heard(new Event(
                (NOW - ago) + "-0",
                event,
                "1",
                JsonNodeFactory.instance.objectNode().put("reason", reason)));
    }

    @Test
    void allIsWell() {
        assertThat(found(standing(null, 0, null))).isEmpty();
        assertThat(found(null)).isEmpty();
    }

    @Test
    void qiscusFailsSinceTheFirstFailureAfterTheLastSuccess() {
        hears(50_000, "set_back", "Qiscus answered 500");
        hears(40_000, "assigned", null);
        hears(30_000, "set_back", "Qiscus cannot be reached (connection refused)");
        hears(5_000, "set_back", "Qiscus failed too often and is left alone for a while");

        assertThat(found(standing(null, 0, NOW + 3000)))
                .containsExactly(new Trouble(
                        Severity.BAD,
                        "Qiscus failed too often and is left alone for a while: no customer is assigned, all keep"
                                + " their place.",
                        NOW - 30_000));
    }

    @Test
    void afterTheNextAssignmentQiscusIsWell() {
        hears(5_000, "set_back", "Qiscus answered 500");
        hears(4_000, "assigned", null);

        assertThat(found(standing(null, 0, null))).isEmpty();
    }

    @Test
    void anOldFailureIsNotShown() {
        hears(70_000, "set_back", "Qiscus answered 500");

        assertThat(found(standing(null, 0, null))).isEmpty();
    }

    @Test
    void aRefusedCustomerIsCountedUntilTheyAreServed() {
        refuses("1", 9000);
        refuses("2", 8000);
        refuses("2", 7000);

        assertThat(found(standing(null, 0, null)))
                .containsExactly(new Trouble(
                        Severity.WARNING,
                        "Qiscus refuses 2 customers while it serves others: Qiscus answered 403.",
                        null));

        hears(6000, "assigned", null);
        assertThat(found(standing(null, 0, null)))
                .extracting(Trouble::text)
                .containsExactly("Qiscus refuses 1 customer while it serves others: Qiscus answered 403.");
    }

    private void refuses(String room, long ago) {
        troubles.heard(new Event(
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

        assertThat(found(standing(null, 0, null))).singleElement().satisfies(trouble -> {
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
        assertThat(found(standing(null, 0, null))).isEmpty();
    }

    @Test
    void redisIsSlowAfterThreeSlowAnswersInARow() {
        troubles.redisAnswered(NOW - 3000, Duration.ofMillis(400));
        troubles.redisAnswered(NOW - 2000, Duration.ofMillis(400));
        assertThat(found(standing(null, 0, null))).isEmpty();

        troubles.redisAnswered(NOW - 1000, Duration.ofMillis(400));

        assertThat(found(standing(null, 0, null)))
                .containsExactly(new Trouble(Severity.WARNING, "Redis answers slowly.", NOW - 3000));
    }

    @Test
    void customersWithoutAnAgentOnlineAreCounted() {
        Line closed = new Line("101", "wa", "no agent is online", 3, 0, 1);
        Line full = new Line("102", "qiscus", "every agent is full", 5, 0, 1);

        assertThat(found(standing(null, 0, null, closed, full)))
                .extracting(Trouble::text)
                .containsExactly("3 customers wait where no agent is online: an agent must log in to Qiscus.");
    }

    @Test
    void noInstanceTakesNewCustomers() {
        assertThat(found(standing(NOW - 2000, 0, null))).isEmpty();
        assertThat(found(standing(NOW - 11_000, 0, null)))
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

        assertThat(found(standing(null, 1, null)))
                .extracting(Trouble::text)
                .containsExactly(
                        "1 customer is parked: a supervisor must decide.",
                        "Counts were wrong and corrected 2 times in the last hour.");
    }
}
