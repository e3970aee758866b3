package assignment;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure, and not all of them equally long. */
record Backoff(Duration first, Duration longest) {

    /** Between half and the whole of {@code first * 2^failures}, at most {@code longest}. */
    Duration after(int failures) {
        return about(first.toMillis() << Math.min(failures, 20));
    }

    /** Between half and the whole of what it lasts already, within the bounds. */
    Duration during(Duration lasted) {
        return about(Math.max(first.toMillis(), lasted.toMillis()));
    }

    private Duration about(long millis) {
        long whole = Math.min(longest.toMillis(), millis);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole / 2, whole + 1));
    }
}
