package assignment;

import java.util.List;

/**
 * That a session moves to another agent, or had to. Its room stays with the agent before until the other one is in it.
 *
 * @param from id of the agent who did not answer
 * @param reason {@code away} or {@code silent}
 * @param since from when the customer waits for an answer, epoch milliseconds
 * @param had ids of all agents who had this session: none of them gets it again
 * @param moves how many moves of this session it makes
 * @param by the operator who wants it; null if the customer has had no answer for too long
 * @param replaced Qiscus was asked to replace the agent before, who could not be removed
 */
public record Move(
        String from,
        String fromName,
        String reason,
        long since,
        List<String> had,
        int moves,
        String by,
        boolean replaced) {

    /** An operator wants it, so an answer does not end it. */
    boolean isByHand() {
        return by != null;
    }

    String fromShown() {
        return DisplayNames.agent(fromName, from);
    }
}
