package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastHourTest {
    private static final long NOW = 1_795_544_430_000L; // half past a minute
    private static final Duration GOAL = Duration.ofSeconds(60);

    private final LastHour hour = new LastHour();
    private int sequence;

    private void happens(long ago, String event, String channel, long waited) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("channel", channel).put("waited", waited);
        hour.add(new Event((NOW - ago) + "-" + sequence++, event, "1", data));
    }

    @Test
    void aQuietHourHasNoWaits() {
        LastHour.Figures figures = hour.figures(NOW, GOAL, 0);

        assertThat(figures.assigned()).isZero();
        assertThat(figures.p50()).isNull();
        assertThat(figures.p95()).isNull();
        assertThat(figures.withinGoal()).isNull();
        assertThat(figures.assignedPerMinute()).hasSize(60).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"1, 50, 1", "1, 95, 1", "2, 50, 1", "3, 50, 2", "4, 50, 2", "20, 95, 19", "21, 95, 20", "100, 95, 95"})
    void aPercentileIsTheSmallestWaitThatThisShareDidNotExceed(int waits, int percent, long expected) {
        assertThat(LastHour.percentile(LongStream.rangeClosed(1, waits).toArray(), percent))
                .isEqualTo(expected);
    }

    @Test
    void waitsAndTheShareWithinTheGoalCountAssignedCustomers() {
        for (long waited : new long[] {70_000, 1_000, 60_000, 61_000, 2_000}) {
            happens(1000, "assigned", "wa", waited);
        }
        happens(900, "came", "wa", 0);
        happens(800, "waits", "wa", 0);
        happens(700, "resolved", "wa", 0);

        LastHour.Figures figures = hour.figures(NOW, GOAL, 0);

        assertThat(figures.assigned()).isEqualTo(5);
        assertThat(figures.came()).isEqualTo(1);
        assertThat(figures.resolved()).isEqualTo(1);
        assertThat(figures.p50()).isEqualTo(60_000);
        assertThat(figures.p95()).isEqualTo(70_000);
        assertThat(figures.longest()).isEqualTo(70_000);
        assertThat(figures.withinGoal()).isEqualTo(0.6);
    }

    @Test
    void aCustomerWhoStillWaitsTooLongIsNotInTime() {
        happens(1000, "assigned", "wa", 1_000);

        assertThat(hour.figures(NOW, GOAL, 3).withinGoal()).isEqualTo(0.25);
        assertThat(hour.figures(NOW, GOAL, 3).longest())
                .as("of those with an agent")
                .isEqualTo(1_000);
        assertThat(hour.byChannel(NOW, GOAL, Map.of("wa", 1, "line", 2, "fb", 0)))
                .containsEntry("wa", new LastHour.OfChannel(1, 1_000L, 0.5))
                .containsEntry("line", new LastHour.OfChannel(0, null, 0.0))
                .containsEntry("fb", new LastHour.OfChannel(0, null, null));
    }

    @Test
    void eventsOlderThanAnHourAreForgotten() {
        happens(Duration.ofMinutes(61).toMillis(), "assigned", "wa", 500_000);
        happens(Duration.ofMinutes(59).toMillis(), "assigned", "wa", 10);

        assertThat(hour.figures(NOW, GOAL, 0).assigned()).isEqualTo(1);
        assertThat(hour.figures(NOW, GOAL, 0).longest()).isEqualTo(10);
        assertThat(hour.figures(NOW + Duration.ofMinutes(2).toMillis(), GOAL, 0).assigned())
                .isZero();
    }

    @Test
    void eachMinuteHasItsOwnCountAndTheLastIsIncomplete() {
        happens(Duration.ofMinutes(59).toMillis(), "assigned", "wa", 1);
        happens(Duration.ofSeconds(31).toMillis(), "assigned", "wa", 1);
        happens(Duration.ofSeconds(30).toMillis(), "assigned", "wa", 1);
        happens(Duration.ofSeconds(1).toMillis(), "assigned", "wa", 1);

        LastHour.Figures figures = hour.figures(NOW, GOAL, 0);

        assertThat(figures.minute()).isEqualTo(NOW - 30_000);
        assertThat(figures.assignedPerMinute()).startsWith(1).endsWith(1, 2);
        assertThat(figures.assignedPerMinute().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void eachChannelHasItsOwnFigures() {
        happens(3000, "assigned", "wa", 1_000);
        happens(2000, "assigned", "wa", 90_000);
        happens(1000, "came", "line", 0);

        assertThat(hour.byChannel(NOW, GOAL, Map.of()))
                .containsOnlyKeys("wa", "line")
                .containsEntry("wa", new LastHour.OfChannel(2, 1_000L, 0.5))
                .containsEntry("line", new LastHour.OfChannel(0, null, null));
    }

    @Test
    void aCorrectionCountsForEachAgentWhoseCountWasWrong() {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("agents", 3);
        hour.add(new Event(NOW + "-0", "corrected", null, data));
        happens(0, "stale", "wa", 0);

        assertThat(hour.figures(NOW, GOAL, 0).corrections()).isEqualTo(3);
        assertThat(hour.figures(NOW, GOAL, 0).stale()).isEqualTo(1);
    }

    @Test
    void itReadsOnAfterTheLastEntryButNothingOlderThanAnHour() {
        long anHour = Duration.ofHours(1).toMillis();
        assertThat(hour.lastId(NOW)).isEqualTo((NOW - anHour) + "-0");

        happens(5000, "set_back", "wa", 0);

        assertThat(hour.lastId(NOW)).isEqualTo((NOW - 5000) + "-0");
        assertThat(hour.lastId(NOW + anHour)).isEqualTo(NOW + "-0");
    }
}
