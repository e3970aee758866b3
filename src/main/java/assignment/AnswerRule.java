package assignment;

import java.time.Duration;

/**
 * How long a customer may wait for an answer from the agent who has the room. The limit differs for agents who are
 * offline.
 *
 * @param away the limit while the agent is offline; null: no limit
 * @param silent the limit while the agent is online; null: no limit
 */
public record AnswerRule(Duration away, Duration silent) {

    /**
     * @param isAway recent evidence shows the agent offline
     * @param waited for how many milliseconds the customer has had no answer
     * @return why the session must move to another agent; null if it stays
     */
    public Unanswered.Reason broken(boolean isAway, long waited) {
        Duration limit = isAway ? away : silent;
        return limit == null || waited < limit.toMillis()
                ? null
                : isAway ? Unanswered.Reason.AWAY : Unanswered.Reason.SILENT;
    }

    /** Whether at least one of the two limits is over. */
    boolean mayBeBroken(long waited) {
        return broken(true, waited) != null || broken(false, waited) != null;
    }

    /** Whether only the limit for offline agents is over, so that it matters whether the agent is online. */
    boolean dependsOnPresence(long waited) {
        return broken(true, waited) != null && broken(false, waited) == null;
    }
}
