package assignment;

import java.util.List;

/**
 * A room that an agent of ours has for certain, as far as we know.
 *
 * @param calledAgo milliseconds since Qiscus called about its customer again; null if it did not, or that was looked into
 */
public record HeldRoom(Session session, String agentId, Long calledAgo) {

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return List.of(agentId);
    }
}
