package assignment;

/**
 * A room was resolved. It does not matter who resolved it: the agent who holds the room gets the slot back.
 *
 * @param serviceId which session of the room it was; null if Qiscus did not say
 */
public record Resolve(String roomId, String serviceId) {}
