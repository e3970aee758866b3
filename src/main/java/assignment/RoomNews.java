package assignment;

/**
 * A room as Qiscus's list of rooms shows it.
 *
 * @param last the last message, all that the list tells of the conversation; null if it cannot be read
 */
public record RoomNews(String roomId, boolean isResolved, Message last) {}
