package assignment;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure, and not all of them equally long. */
record Backoff(Duration first, Duration longest) {

    /** Between half and the whole of {@code first * 2^failures}, at most {@code longest}. */
    Duration after(int failures) {
        long whole = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole / 2, whole + 1));
    }
}
