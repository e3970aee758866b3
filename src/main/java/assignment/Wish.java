package assignment;

/**
 * The agent that an operator wants for a session.
 *
 * @param agentId null: the next in turn
 * @param beyondCapacity also if the agent is full
 */
public record Wish(String agentId, boolean beyondCapacity) {}
