package assignment;

import java.util.List;

/**
 * A move of a session to another agent, wanted or done. The previous agent keeps the room until the next one is in it.
 *
 * @param from id of the agent who did not answer
 * @param reason {@code away} or {@code silent}
 * @param since since when the customer has waited for an answer, epoch milliseconds
 * @param had ids of all agents who had this session; none of them gets it again
 * @param moves how many moves of this session there are with this one
 * @param by the operator who wants it; null if the customer has had no answer for too long
 * @param replaced we asked Qiscus to replace the previous agent, who could not be removed
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

    /** An operator wants it, so it goes on even if the agent answers. */
    boolean isByHand() {
        return by != null;
    }

    String fromShown() {
        return DisplayNames.agent(fromName, from);
    }
}
