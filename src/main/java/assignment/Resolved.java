package assignment;

/**
 * What changed when a room was resolved, found to be served by nobody, or taken from those that are parked.
 *
 * @param outcome {@code freed}, {@code left_line}, {@code unparked}, {@code unknown}, {@code repeated}, {@code earlier},
 *     {@code stale}, {@code kept}, {@code waiting} or {@code dropped}
 * @param agentId whose slot is free again, with his name and the count that is left
 * @param name the customer's name
 */
public record Resolved(String outcome, String roomId, String agentId, String agentName, int count, String name) {

    public Resolved of(String room) {
        return new Resolved(outcome, room, agentId, agentName, count, name);
    }

    /** The sentence for the log and for who called. */
    @Override
    public String toString() {
        String customer = Words.customer(name, roomId);
        return switch (outcome) {
            case "freed" -> customer + " is resolved, " + Words.agent(agentName, agentId) + " has " + count + " left";
            case "stale" ->
                customer + " is not served any more, " + Words.agent(agentName, agentId) + " has " + count + " left";
            case "left_line" -> customer + " was resolved while waiting and left the line";
            case "unparked" -> customer + " was resolved and is not parked any more";
            case "repeated" -> customer + " was resolved before, nothing changed";
            case "earlier" -> customer + " came back since that session was resolved, nothing changed";
            case "waiting" -> customer + " is not parked any more and waits";
            case "dropped" -> customer + " is not parked any more and forgotten";
            default -> customer + " is not ours, nothing changed";
        };
    }
}
