package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "0, 500, 1000",
        "1, 1000, 2000",
        "2, 2000, 4000",
        "4, 8000, 16000",
        "5, 15000, 30000",
        "20, 15000, 30000",
        "63, 15000, 30000",
        "64, 15000, 30000",
        "2147483647, 15000, 30000"
    })
    void itDoublesUpToTheLongest(int failures, long least, long most) {
        List<Duration> waits =
                Stream.generate(() -> backoff.after(failures)).limit(500).toList();

        assertThat(waits).allMatch(wait -> wait.toMillis() >= least && wait.toMillis() <= most);
    }

    @ParameterizedTest
    @CsvSource({"0, 500, 1000", "999, 500, 1000", "8000, 4000, 8000", "9999999999, 15000, 30000"})
    void itGrowsWithTheTimeThatTheFailureHasLasted(long lasted, long least, long most) {
        List<Duration> waits = Stream.generate(() -> backoff.during(Duration.ofMillis(lasted)))
                .limit(500)
                .toList();

        assertThat(waits).allMatch(wait -> wait.toMillis() >= least && wait.toMillis() <= most);
    }

    @Test
    void waitsDiffer() {
        List<Duration> waits =
                Stream.generate(() -> backoff.after(3)).limit(500).distinct().toList();

        assertThat(waits).hasSizeGreaterThan(100);
    }
}
