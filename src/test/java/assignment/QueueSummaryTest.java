package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSummaryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 0 | 0 |      | 0 customers wait; 0 are with an agent
            1 | 0 | 1 | 999  | 1 customer waits, the oldest for 0 s; 1 is with an agent
            2 | 0 | 8 | 1000 | 2 customers wait, the oldest for 1 s; 8 are with an agent
            3 | 1 | 0 |      | 3 customers wait; 0 are with an agent; 1 parked for a human
            0 | 7 | 2 |      | 0 customers wait; 2 are with an agent; 7 parked for a human
            """)
    void itDescribesTheQueue(int waiting, int parked, int assigned, Long oldestWaits, String sentence) {
        QueueSummary line = new QueueSummary(waiting, parked, assigned, oldestWaits);

        assertThat(line).hasToString(sentence);
    }
}
