package assignment;

import java.util.List;

/**
 * A room that one of our agents has. All times are epoch milliseconds.
 *
 * @param reserved before this time the agent was not in the room
 * @param since from this time on the agent is in the room for certain
 * @param isInFlight an assign call for it is under way
 */
public record WatchedRoom(String roomId, String agentId, long reserved, long since, boolean isInFlight) {

    public Session session() {
        return Session.ofRoom(roomId);
    }

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return List.of(agentId);
    }

    boolean isSameAs(WatchedRoom other) {
        return agentId.equals(other.agentId) && since == other.since;
    }
}
