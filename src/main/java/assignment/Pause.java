package assignment;

/**
 * An operator wants an agent to get no new chats.
 *
 * @param until epoch milliseconds; null: until an operator resumes the agent
 * @param reason null if none is given
 */
public record Pause(Long until, String reason) {}
