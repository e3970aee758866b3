package assignment;

/**
 * A room was resolved. Who clicked does not matter: the slot is that of the agent who holds the room.
 *
 * @param serviceId which session of the room it was; null if Qiscus did not say
 */
public record Resolve(String roomId, String serviceId) {}
