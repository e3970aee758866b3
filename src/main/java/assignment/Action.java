package assignment;

/**
 * What became of something that an operator wished.
 *
 * @param at when, epoch milliseconds
 * @param event null if nothing changed
 */
public record Action(Outcome outcome, long at, RecordedEvent event) {

    public enum Outcome {
        DONE,
        /** It was so already. */
        UNCHANGED,
        /** The time that it was to last until is over. */
        PAST,
        /** Nothing is known of who or what it was about. */
        UNKNOWN
    }

    /** Whether there is nothing to act on. */
    public boolean isUnknown() {
        return outcome == Outcome.UNKNOWN;
    }
}
