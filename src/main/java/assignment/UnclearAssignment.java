package assignment;

import java.util.List;

/**
 * A claim whose lease ran out while an agent was reserved: Qiscus may have the agent in the room or not.
 *
 * @param agentId of the agent who is reserved
 * @param fromId in a move the agent who has the room meanwhile; else null
 * @param unknownForMillis milliseconds since that is unknown
 */
public record UnclearAssignment(Session session, String agentId, String fromId, long unknownForMillis) {

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return fromId == null ? List.of(agentId) : List.of(agentId, fromId);
    }
}
