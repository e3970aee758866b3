package assignment;

/**
 * An agent as Qiscus lists him for one room.
 *
 * @param customerCount how many customers Qiscus shows for him: late by seconds, in both directions
 * @param isAvailable he is logged in and takes chats
 * @param forceOffline an admin took him off
 * @param type {@code agent}, {@code supervisor} or {@code admin}
 */
public record Agent(String id, String name, int customerCount, boolean isAvailable, boolean forceOffline, String type) {

    /** Not a supervisor or an admin: Qiscus may list them too. */
    public boolean isAgent() {
        return "agent".equals(type);
    }

    /** His name, or his id if Qiscus tells none. */
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
