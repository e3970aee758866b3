package assignment;

import java.time.Duration;

/** What a failure means for the session that met it, and for all others. */
public class Setbacks {
    private static final Duration NONE = Duration.ZERO;
    private static final int REFUSALS_BEFORE_PARKING = 3;

    private final Backoff room = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Backoff outage = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** A step before the assign call failed, so that nothing can have happened at Qiscus. */
    public Setback beforeAssigning(Session session, Exception failure) {
        if (failure instanceof QiscusFault fault) {
            return fault(session, fault);
        }
        return new Setback(
                failure.getClass().getSimpleName() + " while looking for an agent",
                room.after(session.attempts()),
                NONE,
                false,
                false);
    }

    private Setback fault(Session session, QiscusFault fault) {
        if (fault.concernsEverybody()) {
            return new Setback(fault.getMessage(), NONE, pause(session, fault.retryAfter()), false, false);
        }
        boolean hopeless = fault.isRefusal() && session.refusals() + 1 >= REFUSALS_BEFORE_PARKING;
        return new Setback(fault.getMessage(), room.after(session.attempts()), NONE, fault.isRefusal(), hopeless);
    }

    /** The assign call took no effect. */
    public Setback afterAssigning(Session session, AssignAnswer answer) {
        boolean outageOfAll = answer.outcome() == AssignAnswer.Outcome.LATER;
        return new Setback(
                answer.reason(),
                outageOfAll ? NONE : room.after(session.attempts()),
                outageOfAll ? pause(session, answer.retryAfter()) : NONE,
                answer.outcome() == AssignAnswer.Outcome.REFUSED,
                answer.isFinal());
    }

    /** As long as Qiscus wishes; but never none, or the workers would call it as fast as it refuses. */
    private Duration pause(Session session, Duration wish) {
        return wish != null && wish.toMillis() > 0 ? wish : outage.after(session.attempts());
    }
}
