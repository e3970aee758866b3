package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRuleTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            2, 10, true,  1, -
            2, 10, true,  2, AWAY
            2, 10, true, 99, AWAY
            2, 10, false, 2, -
            2, 10, false, 9, -
            2, 10, false, 10, SILENT
            -, 10, true, 99, -
            -, 10, false, 10, SILENT
            2,  -, true,  2, AWAY
            2,  -, false, 99, -
            -,  -, true, 99, -
            -,  -, false, 99, -
            """)
    void aSessionMovesAfterTheLimitForItsAgent(
            Integer away, Integer silent, boolean isAway, long waited, Unanswered.Reason reason) {
        AnswerRule rule = new AnswerRule(minutes(away), minutes(silent));

        Unanswered.Reason broken =
                rule.broken(isAway, Duration.ofMinutes(waited).toMillis());

        assertThat(broken).isEqualTo(reason);
    }

    private static Duration minutes(Integer minutes) {
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }
}
