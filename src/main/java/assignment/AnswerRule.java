package assignment;

import java.time.Duration;

/**
 * How long a customer waits for an answer of the agent who has the room: one time for agents who are offline, one for all
 * others.
 *
 * @param away while the agent is offline; null: without end
 * @param silent while the agent is online; null: without end
 */
public record AnswerRule(Duration away, Duration silent) {

    /**
     * @param isAway the agent is offline, as something recent says
     * @param waited for how many milliseconds the customer has had no answer
     * @return why the customer leaves the agent; null if they stay
     */
    public Unanswered.Reason broken(boolean isAway, long waited) {
        Duration limit = isAway ? away : silent;
        return limit == null || waited < limit.toMillis()
                ? null
                : isAway ? Unanswered.Reason.AWAY : Unanswered.Reason.SILENT;
    }

    /** The customer leaves the agent, if they are or are not online. */
    boolean mayBeBroken(long waited) {
        return broken(true, waited) != null || broken(false, waited) != null;
    }

    /** The customer leaves the agent, should the agent be offline. */
    boolean dependsOnPresence(long waited) {
        return broken(true, waited) != null && broken(false, waited) == null;
    }
}
