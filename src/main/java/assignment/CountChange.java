package assignment;

/**
 * One change of our count of an agent, as the scripts append it to the Redis stream {@code count_changes}.
 *
 * @param at epoch milliseconds, by the clock of Redis
 * @param count our count after it
 * @param by what was added to the count: 0 for {@link Kind#CONFIRMED}
 * @param since for {@link Kind#NEVER_THERE}, when the customer was counted; else 0
 */
public record CountChange(String agentId, long at, int count, int by, Kind kind, long since) {

    /** What Qiscus can have shown of it. */
    public enum Kind {
        /** We ask Qiscus to add the agent to a room: Qiscus may show the customer from now on. */
        RESERVED,
        /** Qiscus has the agent in the room, and may begin to show it only now. */
        CONFIRMED,
        /** A chat was resolved, or left the agent for another one: Qiscus may go on showing the customer for a while. */
        RESOLVED,
        /** Qiscus refused the assignment: it never had this customer. */
        NEVER_THERE,
        /** Qiscus has no longer had this customer, for an unknown time. */
        STALE,
        /** The agent has had this customer, for an unknown time: a transfer in the dashboard. */
        TRANSFERRED_IN
    }

    int before() {
        return count - by;
    }
}
