package assignment;

import java.util.List;

/**
 * A room that one of our agents has for certain, as far as we know.
 *
 * @param calledAgo milliseconds since Qiscus sent another webhook for its customer; null if it did not, or if that was
 *     checked
 */
public record HeldRoom(Session session, String agentId, Long calledAgo) {

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return List.of(agentId);
    }
}
