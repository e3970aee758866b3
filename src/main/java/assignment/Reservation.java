package assignment;

/**
 * What became of a placement.
 *
 * @param session with its claim; null unless it is reserved
 * @param agent who is reserved for it; null unless it is reserved
 */
public record Reservation(Outcome outcome, Session session, Contender agent) {

    public enum Outcome {
        RESERVED,
        /** The room no longer waits. */
        GONE,
        /** The agent has more customers by now, or another instance decides. */
        CHANGED
    }

    public boolean isReserved() {
        return outcome == Outcome.RESERVED;
    }
}
