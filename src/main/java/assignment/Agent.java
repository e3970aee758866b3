package assignment;

/**
 * An agent as Qiscus lists them for one room.
 *
 * @param customerCount how many customers Qiscus shows for the agent; late by seconds, in both directions
 * @param isAvailable the agent is logged in and takes chats
 * @param forceOffline an admin set the agent offline
 * @param type {@code agent}, {@code supervisor} or {@code admin}
 */
public record Agent(String id, String name, int customerCount, boolean isAvailable, boolean forceOffline, String type) {

    /** Qiscus may also list supervisors and admins, who are not agents. */
    public boolean isAgent() {
        return "agent".equals(type);
    }

    /** The name, or the id if Qiscus sends no name. */
    public String shownName() {
        return name == null ? id : name;
    }

    public boolean isOnline() {
        return isAvailable && !forceOffline;
    }

    public boolean canServe() {
        return isOnline() && isAgent();
    }
}
