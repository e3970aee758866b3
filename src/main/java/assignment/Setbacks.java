package assignment;

import java.time.Duration;

/** What a failure means for the session that met it, and for all others. */
public class Setbacks {
    private static final Duration NONE = Duration.ZERO;
    private static final int TRIES_BEFORE_PARKING = 3;

    private final Backoff room = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Backoff outage = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** A step before the assign call failed, so that nothing can have happened at Qiscus. */
    public Setback beforeAssigning(Session session, Exception failure) {
        if (failure instanceof QiscusFault fault) {
            return fault(session, fault);
        }
        return new Setback(failure.getClass().getSimpleName() + " while looking for an agent",
                room.after(session.attempts()), NONE, false);
    }

    private Setback fault(Session session, QiscusFault fault) {
        if (fault.concernsEverybody()) {
            Duration pause = fault.retryAfter() != null ? fault.retryAfter() : outage.after(session.attempts());
            return new Setback(fault.getMessage(), NONE, pause, false);
        }
        boolean hopeless = fault.isRefusal() && session.attempts() + 1 >= TRIES_BEFORE_PARKING;
        return new Setback(fault.getMessage(), room.after(session.attempts()), NONE, hopeless);
    }

    /** The assign call took no effect. */
    public Setback afterAssigning(Session session, AssignAnswer answer) {
        boolean outageOfAll = answer.outcome() == AssignAnswer.Outcome.LATER;
        Duration pause = answer.retryAfter() != null ? answer.retryAfter() : outage.after(session.attempts());
        return new Setback(answer.reason(), outageOfAll ? NONE : room.after(session.attempts()),
                outageOfAll ? pause : NONE, answer.isFinal());
    }
}
