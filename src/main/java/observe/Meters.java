package observe;

import assignment.Event;
import assignment.Match;
import assignment.NewSession;
import assignment.Placement;
import assignment.RecordedEvent;
import assignment.Resolved;
import assignment.Retry;
import assignment.Unanswered;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What this instance has done since its start, and how long it took. The numbers of several instances may be added.
 * Every counter exists from the start with all of its labels, so that the first event is a step from 0.
 */
public class Meters {
    /** The routes that Qiscus calls, to the name under which their calls are counted. */
    private static final Map<String, String> WEBHOOKS =
            Map.of("new-session-webhook", "new_session", "resolve-webhook", "resolve");

    private static final List<String> ANSWERS = List.of("accepted", "refused", "not_stored");
    private static final List<String> RESOLVES =
            List.of("freed", "left_line", "unparked", "unknown", "repeated", "earlier");

    /** From what feels immediate to what no customer should wait. */
    private static final Duration[] OF_A_WAIT =
            seconds(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);

    private static final Duration[] OF_A_REFILL = seconds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
    private static final Duration[] OF_A_CALL = seconds(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16);
    private static final Duration[] IN_REDIS = seconds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2);

    private final MeterRegistry registry;
    private final Map<String, Map<String, Counter>> webhooks = new HashMap<>();
    private final Map<String, Counter> resolves;
    private final Map<String, Counter> moves;
    private final Map<LoopBack, Counter> loopBacks = new EnumMap<>(LoopBack.class);
    private final Map<Event, Counter> events = new EnumMap<>(Event.class);
    private final Counter missedSessions;
    private final Counter redisErrors;
    private final Timer wait;
    private final Timer refill;
    private final Timer redisCalls;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        WEBHOOKS.values()
                .forEach(kind -> webhooks.put(
                        kind,
                        each(
                                ANSWERS.stream(),
                                outcome -> counter(
                                        "webhooks",
                                        "Webhook calls that a route answered",
                                        "kind",
                                        kind,
                                        "outcome",
                                        outcome))));
        resolves = each(
                RESOLVES.stream(),
                outcome -> counter("resolves", "Resolve webhooks, by what they changed", "outcome", outcome));
        moves = each(
                Arrays.stream(Unanswered.Reason.values()).map(Unanswered.Reason::id),
                reason -> counter(
                        "moves",
                        "Sessions that moved to another agent, because the one before did not answer or an operator wanted it",
                        "reason",
                        reason));
        Arrays.stream(LoopBack.values())
                .forEach(reason -> loopBacks.put(
                        reason,
                        counter(
                                "loop.backs",
                                "Times that a session could not be placed and went back to its place",
                                "reason",
                                reason.label())));
        Arrays.stream(Event.values())
                .filter(event -> event.metric() != null)
                .forEach(event -> events.put(event, counter(event.metric(), event.counts())));
        missedSessions = counter("missed.sessions", "Sessions found waiting in Qiscus: their webhook was lost");
        redisErrors = counter("redis.errors", "Calls to Redis that failed or stayed unanswered");
        wait = timer("wait", "From a customer's first webhook to their agent", OF_A_WAIT);
        refill = timer(
                "refill", "From a slot that comes free to the choice of a session that waits for one", OF_A_REFILL);
        redisCalls = timer("redis.call", "Calls to Redis, those that failed too", IN_REDIS);
    }

    /**
     * An HTTP call was answered.
     *
     * @param route the one that handled the call
     * @param status null for 200
     */
    public void answered(String route, Integer status) {
        String kind = WEBHOOKS.get(route);
        if (kind != null) {
            String outcome = status == null || status < 400 ? "accepted" : status < 500 ? "refused" : "not_stored";
            webhooks.get(kind).get(outcome).increment();
        }
    }

    /** What Qiscus's resolve changed. */
    public void resolved(Resolved resolved) {
        resolves.get(resolved.outcome().name().toLowerCase(Locale.ROOT)).increment();
    }

    /** A reservation filled a slot for which its session had waited. */
    public void reserved(Placement placement) {
        if (placement.freeFor() != null) {
            refill.record(Duration.ofMillis(placement.freeFor()));
        }
    }

    /** Sessions whose agents were listed, but none was available to them. */
    public void stayed(List<Match> waiting) {
        waiting.forEach(match -> loopBacks.get(LoopBack.of(match.why())).increment());
    }

    /** A session could not be placed because a call to Qiscus failed. */
    public void setBack(Retry retry) {
        loopBacks.get(LoopBack.of(retry)).increment();
    }

    void count(RecordedEvent recorded) {
        Counter counter = events.get(recorded.event());
        if (counter != null) {
            counter.increment(recorded.times());
        }
        if (recorded.event() == Event.ASSIGNED) {
            wait.record(Duration.ofMillis(recorded.number("waited")));
        } else if (recorded.event() == Event.MOVED && moves.containsKey(recorded.text("reason"))) {
            moves.get(recorded.text("reason")).increment();
        } else if (recorded.event() == Event.RECOVERED) {
            loopBacks.get(LoopBack.WORKER_GONE).increment();
        }
    }

    /** A session was found waiting in Qiscus, and no webhook had reported it. */
    public NewSession foundMissed(NewSession session) {
        missedSessions.increment();
        return session;
    }

    /** @param status of the answer, or {@code none} */
    void calledQiscus(String endpoint, String status, long nanos) {
        Timer.builder("assignment.qiscus.call")
                .description("Calls to Qiscus until the head of its answer, or until it was given up")
                .tags("endpoint", endpoint, "status", status)
                .serviceLevelObjectives(OF_A_CALL)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    void calledRedis(long nanos) {
        redisCalls.record(nanos, TimeUnit.NANOSECONDS);
    }

    void redisFailed() {
        redisErrors.increment();
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder("assignment." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Timer timer(String name, String description, Duration... buckets) {
        return Timer.builder("assignment." + name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static Map<String, Counter> each(
            Stream<String> labels, java.util.function.Function<String, Counter> counter) {
        Map<String, Counter> counters = new HashMap<>();
        labels.forEach(label -> counters.put(label, counter.apply(label)));
        return counters;
    }

    private static Duration[] seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(s -> Duration.ofNanos(Math.round(s * 1e9)))
                .toArray(Duration[]::new);
    }
}
