package store;

/** The time of Redis as the last snapshot told it, for the decider: what it measures must fit to what the scripts note. */
public class RedisTime {
    private volatile long ahead = System.currentTimeMillis() - monotonic();

    void shows(long now) {
        ahead = now - monotonic();
    }

    /** Epoch milliseconds. */
    public long now() {
        return monotonic() + ahead;
    }

    private static long monotonic() {
        return System.nanoTime() / 1_000_000;
    }
}
