package assignment;

import java.time.Duration;

/** What a failure means for the session that met it, and for all others. */
public class Setbacks {
    private static final Duration NONE = Duration.ZERO;
    private static final int TRIES_BEFORE_OTHERS = 5;

    private static final Duration OTHERS_FIRST = Duration.ofMillis(500);

    private final Backoff room = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Backoff outage = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final Witness lists;
    private final Witness assigns;

    /**
     * @param lists knows who was answered with the available agents
     * @param assigns knows who got an agent
     */
    public Setbacks(Witness lists, Witness assigns) {
        this.lists = lists;
        this.assigns = assigns;
    }

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
        boolean isOfThisRoom = !fault.concernsEverybody()
                || isTheOnlyOne(session, lists, fault.retryAfter()) && fault.mayConcernOneRoom();
        return isOfThisRoom
                ? forThisRoom(session, fault.getMessage(), fault.isRefusal() || fault.isForbidden())
                : forEverybody(session, fault.getMessage(), fault.retryAfter());
    }

    /** It failed again and again, while others were served and Qiscus did not ask for a pause. */
    private static boolean isTheOnlyOne(Session session, Witness others, Duration wish) {
        return others.sawOthersServed(session) && wish == null && session.attempts() >= TRIES_BEFORE_OTHERS;
    }

    private Setback forThisRoom(Session session, String reason, boolean refused) {
        boolean hopeless = refused && session.refusals() + 1 >= Verdict.REFUSALS;
        return new Setback(reason, room.after(session.attempts()), NONE, refused, hopeless);
    }

    /** The assign call took no effect. */
    public Setback afterAssigning(Session session, AssignAnswer answer) {
        return switch (answer.outcome()) {
            case LATER -> forEverybody(session, answer.reason(), answer.retryAfter());
            case FORBIDDEN ->
                isTheOnlyOne(session, assigns, answer.retryAfter())
                        ? forThisRoom(session, answer.reason(), true)
                        : forEverybody(session, answer.reason(), answer.retryAfter());
            default ->
                new Setback(
                        answer.reason(), room.after(session.attempts()), NONE, answer.isRefused(), answer.isFinal());
        };
    }

    /** In an outage nobody loses his place; but a room that goes on meeting it lets others show whether it is one. */
    private Setback forEverybody(Session session, String reason, Duration wish) {
        Duration pause = pause(session, wish);
        return new Setback(
                reason,
                session.attempts() < TRIES_BEFORE_OTHERS ? NONE : pause.plus(OTHERS_FIRST),
                pause,
                false,
                false);
    }

    /** As long as Qiscus wishes; but never none, or the workers would call it as fast as it refuses. */
    private Duration pause(Session session, Duration wish) {
        return wish != null && wish.toMillis() > 0 ? wish : outage.after(session.attempts());
    }
}
