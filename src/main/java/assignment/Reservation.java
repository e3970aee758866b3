package assignment;

import java.util.List;

/**
 * The result of trying to reserve a placement.
 *
 * @param session with its claim; null unless it is reserved
 * @param agent who is reserved for it; null unless it is reserved
 * @param fromId during a move the agent who still has the room; else null
 * @param asked when we asked for the reservation, by {@link System#nanoTime}; the claim began no earlier
 */
public record Reservation(Outcome outcome, Session session, Contender agent, String fromId, long asked) {

    public enum Outcome {
        RESERVED,
        /** The room no longer waits. */
        GONE,
        /** The agent has more customers by now, or another instance decides. */
        CHANGED
    }

    /** The agents that we hold the room for. */
    public List<String> ours() {
        return fromId == null ? List.of(agent.id()) : List.of(agent.id(), fromId);
    }

    public boolean isReserved() {
        return outcome == Outcome.RESERVED;
    }
}
