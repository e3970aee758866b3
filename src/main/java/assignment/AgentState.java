package assignment;

/**
 * An agent as operators see them.
 *
 * @param online as last seen; null if not seen yet
 * @param customers ours and external ones
 * @param capacity the one in force
 * @param ownCapacity null if the capacity of all agents applies
 * @param paused null if the agent gets new chats
 */
public record AgentState(
        String id, String name, Boolean online, int customers, int capacity, Integer ownCapacity, Paused paused) {

    /** @param since epoch milliseconds @param until null: until an operator resumes the agent @param by null: the program */
    public record Paused(Long since, Long until, String untilTime, String reason, String by) {}
}
