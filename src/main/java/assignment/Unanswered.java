package assignment;

/**
 * A customer who waits for an answer of the agent who has the room, longer than they should.
 *
 * @param since from when they wait, epoch milliseconds
 */
public record Unanswered(String roomId, String agentId, Reason reason, long since) {

    public enum Reason {
        /** The agent is offline. */
        AWAY,
        /** The agent is online, or nobody knows. */
        SILENT
    }
}
