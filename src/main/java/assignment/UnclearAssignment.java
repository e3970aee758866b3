package assignment;

/**
 * A claim whose lease ran out while an agent was reserved: Qiscus may have the agent in the room or not.
 *
 * @param agentId of the agent who is reserved
 * @param unclearFor milliseconds since that is unknown
 */
public record UnclearAssignment(Session session, String agentId, long unknownForMillis) {}
