package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueReportTest {
    private final QueueReport news = new QueueReport();

    @Test
    void anEmptyQueueIsNotReportedAtTheStart() {
        QueueSummary empty = new QueueSummary(0, 0, 0, null);

        QueueSummary said = news.ifChanged(empty);

        assertThat(said).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 1", "1, 2, 1", "1, 1, 2", "0, 0, 0"})
    void aChangedNumberIsReported(int waiting, int parked, int assigned) {
        news.ifChanged(new QueueSummary(1, 1, 1, 5000L));
        QueueSummary line = new QueueSummary(waiting, parked, assigned, 5000L);

        QueueSummary said = news.ifChanged(line);

        assertThat(said).isSameAs(line);
    }

    @Test
    void passingTimeIsNotReported() {
        news.ifChanged(new QueueSummary(1, 1, 1, 5000L));

        QueueSummary said = news.ifChanged(new QueueSummary(1, 1, 1, 15000L));

        assertThat(said).isNull();
    }

    @Test
    void anEarlierStateIsReportedAgain() {
        news.ifChanged(new QueueSummary(1, 0, 0, 0L));
        news.ifChanged(new QueueSummary(0, 0, 1, null));
        QueueSummary line = new QueueSummary(1, 0, 0, 0L);

        QueueSummary said = news.ifChanged(line);

        assertThat(said).isSameAs(line);
    }
}
