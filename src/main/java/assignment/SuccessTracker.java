package assignment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which sessions one kind of call to Qiscus served and which not, in which order. It is bound as a bean, and
 * routes report each answer to it. It knows this instance only, so with several instances a proof takes longer.
 */
public class SuccessTracker {
    private static final int MOST_REMEMBERED = 10_000;

    private final Duration settleTime;
    private final Duration memory;
    private final Clock clock;

    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private long events;
    private String servedRoom;
    private long served;
    /** When a room other than {@link #servedRoom} was last served. */
    private long servedBefore;

    private long answered;
    private long recovered;
    private Instant failingSince;

    private record Failure(String roomId, long event, Instant at, boolean isItsOwn, FailureRecord charge) {}

    /**
     * @param settleTime how long a room's fault must last at least
     * @param memory how long a failure counts
     */
    public SuccessTracker(Duration settleTime, Duration memory, Clock clock) {
        this.settleTime = settleTime;
        this.memory = memory;
        this.clock = clock;
    }

    /** Qiscus answered completely and correctly for this session. */
    public synchronized void succeeded(Session session) {
        events++;
        if (!session.roomId().equals(servedRoom)) {
            servedBefore = served;
            servedRoom = session.roomId();
        }
        served = events;
        failingSince = null;
        if (failures.remove(key(session)) != null) {
            recovered = events;
        }
    }

    /** Qiscus answered another kind of call completely and correctly. */
    public synchronized void answered() {
        answered = ++events;
    }

    /** Qiscus did not serve this session. */
    public Finding failed(Session session) {
        return failed(session, false);
    }

    /** @param answersRightly Qiscus answered some other call correctly just now */
    public synchronized Finding failed(Session session, boolean answersRightly) {
        Instant now = clock.instant();
        failingSince = failingSince == null ? now : failingSince;
        Failure before = failures.remove(key(session));
        if (before != null && before.at().plus(memory).isBefore(now)) {
            before = null;
        }
        Evidence evidence = evidence(session, before, answersRightly);
        FailureRecord charge =
                before == null ? FailureRecord.none(now) : before.charge().after(evidence, now);
        remember(session, evidence.scope(), charge, now);
        return new Finding(
                evidence.scope(),
                evidence.scope().mayConcernThisRoom() && charge.isProven(settleTime, now),
                Duration.between(failingSince, now));
    }

    /** It failed in a way that cannot be its own fault. */
    public synchronized Finding failedForAll(Session session) {
        Instant now = clock.instant();
        failingSince = failingSince == null ? now : failingSince;
        failures.remove(key(session));
        remember(session, FaultScope.ALL_ROOMS, FailureRecord.none(now), now);
        return new Finding(FaultScope.ALL_ROOMS, false, Duration.between(failingSince, now));
    }

    /** A human decides about it now: its failures are forgotten. */
    public synchronized void forget(Session session) {
        failures.remove(key(session));
    }

    private Evidence evidence(Session session, Failure before, boolean answersRightly) {
        String room = session.roomId();
        long since = before == null ? Long.MAX_VALUE : before.event();
        boolean othersFailed = failures.values().stream()
                .anyMatch(other -> other.event() > served
                        && !other.isItsOwn()
                        && !other.roomId().equals(room));
        long othersServed = room.equals(servedRoom) ? servedBefore : served;
        return new Evidence(othersFailed, othersServed > since, answersRightly || answered > since, recovered > since);
    }

    private void remember(Session session, FaultScope scope, FailureRecord charge, Instant now) {
        failures.put(key(session), new Failure(session.roomId(), ++events, now, scope == FaultScope.THIS_ROOM, charge));
        if (failures.size() > MOST_REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** By episode, because the customer's next session has the same room. */
    private static String key(Session session) {
        return session.roomId() + " " + session.firstAsked();
    }
}
