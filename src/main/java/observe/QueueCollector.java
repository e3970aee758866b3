package observe;

import assignment.QueueStats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Metrics of the shared state, read from Redis at most once a second, when they are scraped. All instances report the
 * same. While Redis is away they report nothing, because old values would mislead.
 */
public class QueueCollector implements MultiCollector {
    private static final long FRESH_MILLIS = 1000;
    /** A label must have few values, and the names of channels come from outside. */
    private static final int MOST_CHANNELS = 20;

    private static final String ALL_OTHERS = "others";

    private final Supplier<QueueStats> stats;
    private final BooleanSupplier redisIsUp;
    private final Clock clock;
    private MetricSnapshots last = MetricSnapshots.of();
    private long lastAsked;

    public QueueCollector(Supplier<QueueStats> stats, BooleanSupplier redisIsUp, Clock clock) {
        this.stats = stats;
        this.redisIsUp = redisIsUp;
        this.clock = clock;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        if (clock.millis() - lastAsked >= FRESH_MILLIS) {
            last = ask();
            lastAsked = clock.millis();
        }
        return last;
    }

    private MetricSnapshots ask() {
        if (!redisIsUp.getAsBoolean()) {
            return MetricSnapshots.of();
        }
        try {
            return snapshots(stats.get());
        } catch (RuntimeException redisFailed) {
            return MetricSnapshots.of();
        }
    }

    private static MetricSnapshots snapshots(QueueStats now) {
        GaugeSnapshot.Builder waiting = named("assignment_waiting_sessions", "Sessions in line, by channel");
        List<Map.Entry<String, Integer>> longestFirst = now.channels().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        longestFirst.stream()
                .limit(MOST_CHANNELS)
                .forEach(channel -> waiting.dataPoint(point(channel.getValue(), "channel", channel.getKey())));
        waiting.dataPoint(point(
                longestFirst.stream()
                        .skip(MOST_CHANNELS)
                        .mapToInt(Map.Entry::getValue)
                        .sum(),
                "channel",
                ALL_OTHERS));
        return MetricSnapshots.of(
                waiting.build(),
                gauge("assignment_queued_webhooks", "Webhook calls that are not admitted yet", now.queued()),
                gauge("assignment_deciding_sessions", "Sessions that a worker is placing", now.claimed()),
                gauge(
                        "assignment_oldest_wait_seconds",
                        "How long the oldest in line waits",
                        now.oldestWaits() / 1000.0),
                gauge("assignment_parked_sessions", "Sessions that a human must decide about", now.parked()),
                gauge("assignment_held_rooms", "Rooms that our agents hold", now.assigned()),
                named("assignment_agents", "Agents, by their last known state")
                        .dataPoint(point(now.offline(), "state", "offline"))
                        .dataPoint(point(now.full(), "state", "full"))
                        .dataPoint(point(now.free(), "state", "free"))
                        .build(),
                gauge("assignment_agent_customers", "Customers of the agents online", now.customers()),
                gauge("assignment_agent_capacity", "Customers that the agents online may have", now.capacity()));
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return named(name, help).dataPoint(point(value)).build();
    }

    private static GaugeSnapshot.Builder named(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeDataPointSnapshot point(double value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build();
    }
}
