package assignment;

import java.util.List;

/**
 * What one round decided.
 *
 * @param placements to reserve, in this order
 * @param toAsk the sessions for which to ask Qiscus for agents
 * @param waiting why sessions whose list has just come keep their place
 * @param seen what the lists showed about agents, as far as it is new
 * @param isUnfinished whether more sessions of the same lines may be placed
 */
public record Round(
        List<Placement> placements,
        List<Session> toAsk,
        List<Match> waiting,
        List<AgentSeen> seen,
        boolean isUnfinished) {

    /** Camel hashes the body of each expression. Hashing all agents each time would cost more than the round. */
    @Override
    public int hashCode() {
        return placements.size();
    }
}
