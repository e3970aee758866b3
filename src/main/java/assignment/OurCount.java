package assignment;

import java.util.ArrayList;
import java.util.List;

/**
 * Our count of an agent's customers, and the range of our counts that Qiscus's late count may reflect.
 *
 * @param now our count
 * @param lowest the fewest of ours that Qiscus may show
 * @param highest the most of ours that Qiscus may show
 */
public record OurCount(int now, int lowest, int highest) {

    static OurCount steady(int count) {
        return new OurCount(count, count, count);
    }

    /**
     * @param changes of this agent, the oldest first, as far back as Qiscus may be late
     * @param unconfirmed how many of {@code now} wait for the answer to their assign call
     */
    public static OurCount of(int now, List<CountChange> changes, int unconfirmed) {
        if (changes.isEmpty()) {
            // The quick path: this is so for most agents most of the time.
            return new OurCount(now, Math.max(0, now - unconfirmed), now);
        }
        List<int[]> ranges = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (CountChange change : changes) {
            switch (change.kind()) {
                case NEVER_THERE -> {
                    for (int i = 0; i < ranges.size(); i++) {
                        if (times.get(i) >= change.since()) {
                            ranges.get(i)[0]--;
                            ranges.get(i)[1]--;
                        }
                    }
                }
                case STALE -> ranges.forEach(range -> range[0]--);
                case TRANSFERRED_IN -> ranges.forEach(range -> range[1]++);
                default -> {}
            }
            if (change.kind() != CountChange.Kind.NEVER_THERE) {
                int other = change.kind() == CountChange.Kind.CONFIRMED ? change.count() - 1 : change.before();
                ranges.add(new int[] {Math.min(change.count(), other), Math.max(change.count(), other)});
                times.add(change.at());
            }
        }
        int lowest = now;
        int highest = now;
        for (int[] range : ranges) {
            lowest = Math.min(lowest, range[0]);
            highest = Math.max(highest, range[1]);
        }
        return new OurCount(now, Math.max(0, lowest - unconfirmed), highest);
    }
}
