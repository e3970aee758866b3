package observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Converts times of a steady clock to the time of the machine, for people. */
final class WallTime {

    private WallTime() {}

    static Instant at(Instant then, Clock steady) {
        return Instant.now().minus(Duration.between(then, steady.instant())).truncatedTo(ChronoUnit.SECONDS);
    }
}
