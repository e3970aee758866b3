package assignment;

/**
 * A customer has had no answer for too long.
 *
 * @param agentId of the agent who has the room
 * @param since from when the customer waits for an answer, epoch milliseconds
 */
public record Unanswered(String roomId, String agentId, Reason reason, long since) {

    public enum Reason {
        /** The agent is offline. */
        AWAY,
        /** The agent is online and does not answer. */
        SILENT,
        /** An operator wants it, answered or not. */
        OPERATOR;

        /** As events and metrics name it. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
