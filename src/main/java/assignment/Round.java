package assignment;

import java.util.List;

/**
 * What one round decided.
 *
 * @param placements to reserve, in this order
 * @param toAsk the sessions whose agents to ask Qiscus for
 * @param waiting why sessions whose list has just come stay at their place
 * @param seen what the lists showed of agents, where that is news
 * @param isUnfinished whether further sessions of the same lines may be placed
 */
public record Round(
        List<Placement> placements,
        List<Session> toAsk,
        List<Match> waiting,
        List<AgentSeen> seen,
        boolean isUnfinished) {

    /** Camel hashes the body of each expression: hashing all agents each time would cost more than the round. */
    @Override
    public int hashCode() {
        return placements.size();
    }
}
