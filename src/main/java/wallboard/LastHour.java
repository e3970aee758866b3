package wallboard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of the last hour, from the history. Not thread-safe. */
public class LastHour {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int MINUTES = 60;

    /**
     * Waits are milliseconds, of customers who got an agent; null if there were none.
     *
     * @param assignedPerMinute oldest first; the last minute is not over yet
     * @param minute when that minute began
     * @param p50 half of the customers waited no longer
     * @param p95 95 of 100 customers waited no longer
     * @param withinGoal share from 0 to 1 of customers who waited no longer than the goal, among those who got an agent
     *     and those who have already waited longer
     * @param corrections how often an agent's count differed from the number of their sessions
     * @param stale how many slots were freed although no resolve was reported
     */
    public record Figures(
            int came,
            int assigned,
            int resolved,
            List<Integer> assignedPerMinute,
            List<Integer> camePerMinute,
            long minute,
            Long p50,
            Long p95,
            Long longest,
            Double withinGoal,
            int corrections,
            int stale) {}

    /** The hour of one channel. */
    public record OfChannel(int assigned, Long p50, Double withinGoal) {}

    private record Fact(long at, Kind kind, String channel, long waited) {}

    private enum Kind {
        CAME,
        ASSIGNED,
        RESOLVED,
        CORRECTED,
        STALE
    }

    private final Deque<Fact> facts = new ArrayDeque<>();
    private String lastId;

    /** The entry of the history after which to read on. */
    public String lastId(long now) {
        // The board may not have been watched for long, but only the last hour is needed.
        return lastId == null || new Event(lastId, null, null, null).at() < now - HOUR ? (now - HOUR) + "-0" : lastId;
    }

    public void add(Event event) {
        lastId = event.id();
        Kind kind =
                switch (String.valueOf(event.event())) {
                    case "came" -> Kind.CAME;
                    case "assigned" -> Kind.ASSIGNED;
                    case "resolved" -> Kind.RESOLVED;
                    case "corrected" -> Kind.CORRECTED;
                    case "stale" -> Kind.STALE;
                    default -> null;
                };
        if (kind == null) {
            return;
        }
        String channel = event.data().path("channel").asText("");
        long waited = Math.max(0, event.data().path("waited").asLong());
        int times = kind == Kind.CORRECTED ? event.data().path("agents").asInt(1) : 1;
        for (int i = 0; i < Math.min(times, 1000); i++) {
            facts.add(new Fact(event.at(), kind, channel, waited));
        }
    }

    /** @param late how many customers still wait and have waited longer than the goal */
    public Figures figures(long now, Duration goal, int late) {
        forget(now);
        long minute = now - now % MINUTE;
        long[] waits = waits(facts);
        return new Figures(
                count(Kind.CAME),
                waits.length,
                count(Kind.RESOLVED),
                perMinute(Kind.ASSIGNED, minute),
                perMinute(Kind.CAME, minute),
                minute,
                percentile(waits, 50),
                percentile(waits, 95),
                percentile(waits, 100),
                share(waits, goal, late),
                count(Kind.CORRECTED),
                count(Kind.STALE));
    }

    /** @param late channel to how many customers still wait and have waited longer than the goal; may lack channels */
    public Map<String, OfChannel> byChannel(long now, Duration goal, Map<String, Integer> late) {
        forget(now);
        Map<String, List<Fact>> facts = this.facts.stream()
                .filter(fact -> !fact.channel().isEmpty() && (fact.kind() == Kind.CAME || fact.kind() == Kind.ASSIGNED))
                .collect(Collectors.groupingBy(Fact::channel));
        Map<String, OfChannel> channels = new TreeMap<>();
        facts.forEach((channel, its) -> {
            long[] waits = waits(its);
            channels.put(
                    channel,
                    new OfChannel(
                            waits.length, percentile(waits, 50), share(waits, goal, late.getOrDefault(channel, 0))));
        });
        late.forEach((channel, many) ->
                channels.computeIfAbsent(channel, none -> new OfChannel(0, null, share(new long[0], goal, many))));
        return channels;
    }

    private void forget(long now) {
        while (!facts.isEmpty() && facts.peek().at() <= now - HOUR) {
            facts.poll();
        }
    }

    private int count(Kind kind) {
        return (int) facts.stream().filter(fact -> fact.kind() == kind).count();
    }

    private List<Integer> perMinute(Kind kind, long minute) {
        Integer[] minutes = new Integer[MINUTES];
        Arrays.fill(minutes, 0);
        for (Fact fact : facts) {
            long ago = (minute - (fact.at() - fact.at() % MINUTE)) / MINUTE;
            if (fact.kind() == kind && ago < MINUTES) {
                minutes[MINUTES - 1 - (int) Math.max(0, ago)]++;
            }
        }
        return List.of(minutes);
    }

    /** In ascending order. */
    private static long[] waits(Collection<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.kind() == Kind.ASSIGNED)
                .mapToLong(Fact::waited)
                .sorted()
                .toArray();
    }

    /** The smallest value that at least this percentage of the values does not exceed. */
    static Long percentile(long[] ascending, int percent) {
        return ascending.length == 0 ? null : ascending[(int) Math.ceil(percent / 100.0 * ascending.length) - 1];
    }

    private static Double share(long[] waits, Duration goal, int late) {
        return waits.length + late == 0
                ? null
                : Arrays.stream(waits).filter(wait -> wait <= goal.toMillis()).count() / (double) (waits.length + late);
    }
}
