package assignment;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What a failure means for the session that met it, and for all others. */
public class Setbacks {
    private static final Duration NONE = Duration.ZERO;
    private static final long ASK_EVERY = Duration.ofMillis(500).toNanos();

    private final Backoff room = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Backoff outage = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final Witness lists;
    private final Witness assigns;
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - ASK_EVERY);

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
        if (!(failure instanceof QiscusFault fault)) {
            return new Setback(
                    "an unexpected failure while looking for an agent",
                    room.after(session.attempts()),
                    NONE,
                    Whose.THE_ROOMS,
                    false,
                    false);
        }
        Finding finding = fault.isEverybodys() ? lists.failedLikeAll(session) : lists.failed(session);
        return setback(session, finding, fault.getMessage(), fault.isRefusal(), lists, fault.retryAfter());
    }

    /** This process was held up: before the assign call began, the claim was all but over. It is nobody's fault. */
    public Setback tooLate() {
        return new Setback("its turn to be assigned came too late", NONE, NONE, Whose.EVERYBODYS, false, false);
    }

    /** The assign call took no effect, and nothing was asked about the room. */
    public Setback afterAssigning(Session session, AssignAnswer answer) {
        return setback(session, assigns.failedLikeAll(session), answer.reason(), false, assigns, answer.retryAfter());
    }

    /** The assign call took no effect. @param state what Qiscus said of the room since */
    public Setback afterAssigning(Session session, AssignAnswer answer, RoomState state) {
        Finding finding = assigns.failed(session, state.isAnswer());
        boolean isUnknown = answer.isRefused() && finding.isProven() && state == RoomState.MISSING;
        return setback(
                session,
                finding,
                isUnknown ? Verdict.UNKNOWN_ROOM : answer.reason(),
                answer.isRefused(),
                assigns,
                answer.isRefused() ? answer.retryAfter() : null);
    }

    /** @param wish how long Qiscus wants to be left alone; null if it did not say */
    private Setback setback(
            Session session, Finding finding, String reason, boolean refusal, Witness witness, Duration wish) {
        if (finding.isEverybodys() || wish != null && !finding.isTheRooms()) {
            Duration pause = longer(wish, outage.during(finding.failingFor()));
            return new Setback(reason, NONE, pause, Whose.EVERYBODYS, refusal, false);
        }
        boolean isFinal = refusal && finding.isProven();
        if (isFinal) {
            witness.forget(session);
        }
        Duration rest = finding.isTheRooms() ? room.after(session.attempts()) : outage.during(finding.failingFor());
        return new Setback(reason, longer(wish, rest), NONE, finding.whose(), refusal, isFinal);
    }

    /** Never as short as Qiscus might wish, or the workers would call it as fast as it refuses. */
    private static Duration longer(Duration wish, Duration ours) {
        return wish != null && wish.compareTo(ours) > 0 ? wish : ours;
    }

    /** Whether something may be asked only to see whether Qiscus works; not more often than a person would notice. */
    public boolean mayAsk() {
        long now = System.nanoTime();
        long last = asked.get();
        return now - last >= ASK_EVERY && asked.compareAndSet(last, now);
    }
}
