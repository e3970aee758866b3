package bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured values, with their medians and percentiles (nearest rank). */
class Samples {
    private long[] values = new long[1024];
    private int size;

    synchronized void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    synchronized int size() {
        return size;
    }

    /** @param percent the share of values that are not larger; 50 is the median */
    synchronized long percentile(double percent) {
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * size) - 1)];
    }

    long median() {
        return percentile(50);
    }

    /** Percentiles of nanoseconds, in milliseconds. */
    double[] millis(double... percents) {
        return Arrays.stream(percents).map(percent -> percentile(percent) / 1e6).toArray();
    }

    /** Nanoseconds as {@code 1.23 ms}. */
    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
