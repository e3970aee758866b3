package assignment;

/**
 * A customer who has had no answer for too long.
 *
 * @param agentId of the agent who has the room
 * @param since since when the customer has waited for an answer, epoch milliseconds
 */
public record Unanswered(String roomId, String agentId, Reason reason, long since) {

    public enum Reason {
        /** The agent is offline. */
        AWAY,
        /** The agent is online and does not answer. */
        SILENT,
        /** An operator wants another agent, with or without an answer. */
        OPERATOR;

        /** Its name in events and metrics. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
