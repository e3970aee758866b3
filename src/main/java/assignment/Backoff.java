package assignment;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure, with jitter. */
record Backoff(Duration first, Duration longest) {

    /** Between half of {@code first * 2^failures} and all of it, at most {@code longest}. */
    Duration after(int failures) {
        return about(first.toMillis() << Math.min(failures, 20));
    }

    /** Between half of the time that the failure has lasted and all of it, within the bounds. */
    Duration during(Duration lasted) {
        return about(Math.max(first.toMillis(), lasted.toMillis()));
    }

    private Duration about(long millis) {
        long whole = Math.min(longest.toMillis(), millis);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole / 2, whole + 1));
    }
}
