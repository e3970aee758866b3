package assignment;

/**
 * A room as Qiscus's list of rooms shows it.
 *
 * @param customerId id of the customer; null if it does not tell
 * @param isWaiting Qiscus shows it as not served yet
 * @param last the last message, all that the list tells of the conversation; null if it cannot be read
 */
public record RoomNews(String roomId, String customerId, boolean isResolved, boolean isWaiting, Message last) {}
