package observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times of a steady clock, as people know them: by the clock on the wall. */
final class ForPeople {

    private ForPeople() {}

    static Instant at(Instant then, Clock steady) {
        return Instant.now().minus(Duration.between(then, steady.instant())).truncatedTo(ChronoUnit.SECONDS);
    }
}
