package assignment;

import java.util.List;

/**
 * A claim whose lease ran out while an agent was reserved: Qiscus may or may not have assigned the agent.
 *
 * @param agentId of the agent who is reserved
 * @param fromId during a move the agent who still has the room; else null
 * @param unknownForMillis milliseconds since the outcome became unknown
 */
public record UnclearAssignment(Session session, String agentId, String fromId, long unknownForMillis) {

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return fromId == null ? List.of(agentId) : List.of(agentId, fromId);
    }
}
