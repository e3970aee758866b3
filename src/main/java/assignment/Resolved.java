package assignment;

/**
 * What a resolve changed.
 *
 * @param outcome {@code freed}, {@code left_line}, {@code unparked}, {@code unknown}, {@code repeated} or {@code earlier}
 * @param agentId whose slot is free again, with his name and the count that is left
 * @param name the customer's name
 */
public record Resolved(String outcome, String roomId, String agentId, String agentName, int count, String name) {

    /** The sentence for the log and for who called. */
    @Override
    public String toString() {
        String customer = Words.customer(name, roomId);
        return switch (outcome) {
            case "freed" -> customer + " is resolved, " + (agentName == null ? "agent " + agentId : Words.printable(agentName))
                    + " has " + count + " left";
            case "left_line" -> customer + " was resolved while waiting and left the line";
            case "unparked" -> customer + " was resolved and is not parked any more";
            case "repeated" -> customer + " was resolved before, nothing changed";
            case "earlier" -> customer + " came back since that session was resolved, nothing changed";
            default -> customer + " is not ours, nothing changed";
        };
    }
}
