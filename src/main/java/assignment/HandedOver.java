package assignment;

/**
 * A chat that an agent of ours gave to a colleague in the dashboard.
 *
 * @param agentId who has the room now, with his name and the count of our customers that he has
 * @param fromId who had it, with his name
 */
public record HandedOver(
        String roomId, String name, String agentId, String agentName, int count, String fromId, String fromName) {

    @Override
    public String toString() {
        return Words.customer(name, roomId) + " was handed over by " + Words.agent(fromName, fromId) + ", "
                + Words.agent(agentName, agentId) + " has " + count + " from us now";
    }
}
