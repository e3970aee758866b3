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

    /** Neither a supervisor nor an admin, whom Qiscus may list too. */
    public boolean isAgent() {
        return "agent".equals(type);
    }

    public boolean canServe() {
        return isAvailable && !forceOffline && isAgent();
    }
}
