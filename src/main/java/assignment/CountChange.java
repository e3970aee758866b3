package assignment;

/**
 * One change of our count of an agent, as the scripts append it to the Redis stream {@code count_changes}.
 *
 * @param at epoch milliseconds, by the clock of Redis
 * @param count our count after the change
 * @param by what was added to the count; 0 for {@link Kind#CONFIRMED}
 * @param since for {@link Kind#NEVER_THERE}, when the customer was counted; else 0
 */
public record CountChange(String agentId, long at, int count, int by, Kind kind, long since) {

    /** What Qiscus may show of the change. */
    public enum Kind {
        /** We are asking Qiscus to assign the agent to a room: Qiscus may show the customer from now on. */
        RESERVED,
        /** Qiscus has assigned the agent to the room, and may begin to show it only now. */
        CONFIRMED,
        /** A chat was resolved or transferred: Qiscus may show the customer for a while longer. */
        RESOLVED,
        /** Qiscus refused the assignment, so it never counted this customer. */
        NEVER_THERE,
        /** The customer left at an unknown time. */
        STALE,
        /** The agent got this customer at an unknown time, by a transfer in the dashboard. */
        TRANSFERRED_IN
    }

    int before() {
        return count - by;
    }
}
