package assignment;

/**
 * What became of a placement.
 *
 * @param session with its claim; null unless it is reserved
 * @param agent who is reserved for it; null unless it is reserved
 * @param asked when it was asked for, by {@link System#nanoTime}: no later than the claim began
 */
public record Reservation(Outcome outcome, Session session, Contender agent, long asked) {

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
