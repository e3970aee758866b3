package assignment;

/**
 * A room as Qiscus's list of rooms shows it.
 *
 * @param customerId id of the customer; null if Qiscus does not say
 * @param isWaiting Qiscus shows it as not served yet
 * @param last the last message, the only one that the list shows; null if it cannot be read
 */
public record ListedRoom(String roomId, String customerId, boolean isResolved, boolean isWaiting, Message last) {}
