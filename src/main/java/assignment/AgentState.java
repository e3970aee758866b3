package assignment;

/**
 * An agent as operators see them.
 *
 * @param online as last seen; null if nobody looked yet
 * @param customers ours and those from elsewhere
 * @param capacity in force
 * @param ownCapacity null if the agent has that of all
 * @param paused null if the agent gets new chats
 */
public record AgentState(
        String id, String name, Boolean online, int customers, int capacity, Integer ownCapacity, Paused paused) {

    /** @param since epoch milliseconds @param until null: until an operator resumes the agent @param by null: the program */
    public record Paused(Long since, Long until, String untilTime, String reason, String by) {}
}
