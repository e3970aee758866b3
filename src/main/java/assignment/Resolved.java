package assignment;

/**
 * What a resolve, or a decision about a parked session, changed.
 *
 * @param sentence for the caller
 * @param isSlotWanted whether a slot came free and a session waits
 */
public record Resolved(Outcome outcome, String sentence, boolean isSlotWanted) {

    public enum Outcome {
        /** The agent who held the room has a slot again. */
        FREED,
        LEFT_LINE,
        UNPARKED,
        /** We do not know the room. */
        UNKNOWN,
        /** The same resolve came before. */
        REPEATED,
        /** It is about an earlier session of the room. */
        EARLIER,
        /** A parked session waits again. */
        WAITING,
        /** A parked session is forgotten. */
        DROPPED
    }

    public static Resolved nothingChanged(Outcome outcome, String roomId) {
        return new Resolved(
                outcome,
                "Room " + roomId
                        + switch (outcome) {
                            case REPEATED -> " was resolved before, nothing changed";
                            case EARLIER -> " has a new session since, nothing changed";
                            default -> " is not ours, nothing changed";
                        },
                false);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
