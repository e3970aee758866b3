package assignment;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Decides what a failure means for the session that met it, and for all others. */
public class RetryPolicy {
    private static final Duration NONE = Duration.ZERO;
    private static final long ASK_EVERY = Duration.ofMillis(500).toNanos();

    private final Backoff room = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Backoff outage = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final SuccessTracker lists;
    private final SuccessTracker assigns;
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - ASK_EVERY);

    /**
     * @param lists tracks the sessions whose available agents Qiscus listed
     * @param assigns tracks the sessions that got an agent
     */
    public RetryPolicy(SuccessTracker lists, SuccessTracker assigns) {
        this.lists = lists;
        this.assigns = assigns;
    }

    /** @param isOvertaken Qiscus answered for other sessions after it was asked for this one */
    public Retry afterListFailed(Session session, Exception failure, boolean isOvertaken) {
        Retry retry = afterListFailed(session, failure);
        return isOvertaken ? retry.overtaken() : retry;
    }

    /** A step before the assign call failed, so nothing can have happened at Qiscus. */
    Retry afterListFailed(Session session, Exception failure) {
        if (!(failure instanceof QiscusFault fault)) {
            return new Retry(
                    English.say("reason.unexpected_looking"),
                    room.after(session.attempts()),
                    NONE,
                    FaultScope.THIS_ROOM,
                    false,
                    false);
        }
        Finding finding = fault.concernsAllRooms() ? lists.failedForAll(session) : lists.failed(session);
        return retry(session, finding, fault.getMessage(), fault.isRefusal(), lists, fault.retryAfter());
    }

    /** This process was held up: the claim was nearly over before the assign call began. It is no session's fault. */
    public Retry tooLate() {
        return new Retry(English.say("reason.too_late"), NONE, NONE, FaultScope.ALL_ROOMS, false, false);
    }

    /** An operator took the session back from its agent. */
    public Retry takenBack() {
        return new Retry(null, NONE, NONE, FaultScope.ALL_ROOMS, false, false);
    }

    /** The assign call took no effect, and the room was not read. */
    public Retry afterAssignFailed(Session session, AssignAnswer answer) {
        return retry(session, assigns.failedForAll(session), answer.reason(), false, assigns, answer.retryAfter());
    }

    /**
     * The room of a moving session cannot be read.
     *
     * @param finding whose fault that is; null: Qiscus did not say who is in it
     */
    public Retry roomNotRead(Session session, Finding finding) {
        String reason = English.say("reason.room_unreadable");
        return finding != null && finding.concernsAllRooms()
                ? new Retry(reason, NONE, outage.during(finding.failingFor()), FaultScope.ALL_ROOMS, false, false)
                : new Retry(reason, room.after(session.attempts()), NONE, FaultScope.THIS_ROOM, false, false);
    }

    /** The assign call took no effect. @param state what Qiscus has said about the room since */
    public Retry afterAssignFailed(Session session, AssignAnswer answer, RoomState state) {
        Finding finding = assigns.failed(session, state.isAnswer());
        boolean isUnknown = answer.isRefused() && finding.isProven() && state == RoomState.MISSING;
        return retry(
                session,
                finding,
                isUnknown ? AssignmentCheck.UNKNOWN_ROOM : answer.reason(),
                answer.isRefused(),
                assigns,
                answer.isRefused() ? answer.retryAfter() : null);
    }

    /** @param wish how long Qiscus asked us to wait; null if it did not say */
    private Retry retry(
            Session session, Finding finding, String reason, boolean refusal, SuccessTracker tracker, Duration wish) {
        if (finding.concernsAllRooms() || wish != null && !finding.concernsThisRoom()) {
            Duration pause = longer(wish, outage.during(finding.failingFor()));
            return new Retry(reason, NONE, pause, FaultScope.ALL_ROOMS, refusal, false);
        }
        boolean isFinal = refusal && finding.isProven();
        if (isFinal) {
            tracker.forget(session);
        }
        Duration rest =
                finding.concernsThisRoom() ? room.after(session.attempts()) : outage.during(finding.failingFor());
        return new Retry(reason, longer(wish, rest), NONE, finding.scope(), refusal, isFinal);
    }

    /** Qiscus may ask for too short a wait: then the workers would call it as fast as it refuses. */
    private static Duration longer(Duration wish, Duration ours) {
        return wish != null && wish.compareTo(ours) > 0 ? wish : ours;
    }

    /** Whether to make a call only to see whether Qiscus works. That happens seldom enough to cost little. */
    public boolean mayAsk() {
        long now = System.nanoTime();
        long last = asked.get();
        return now - last >= ASK_EVERY && asked.compareAndSet(last, now);
    }
}
