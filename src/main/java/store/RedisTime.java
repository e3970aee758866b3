package store;

/** The time of Redis by the last snapshot, for the decider: its times must be comparable with those of the scripts. */
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
