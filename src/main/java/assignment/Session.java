package assignment;

import java.util.Map;

/**
 * One episode of a customer in a room, as long as it waits or is being decided. Kept as JSON in the Redis hash
 * {@code session}; the fields are written by the scripts in {@code resources/redis}.
 *
 * @param roomId Qiscus's id of the room; the customer's next session has the same one
 * @param channel the line it waits in
 * @param name the customer's name, for people to read; may be null
 * @param firstAsked epoch milliseconds with a fraction, as text: its place in the line
 * @param previousService id of the service before this one in the same room; null for a new customer
 * @param attempts how often placing it failed, though others were served
 * @param reason why it still waits, in words; null before the first try
 * @param claim token of the worker who decides about it; null while it waits
 * @param refusedAt ids of the agents that Qiscus refused for this room, by the time; null if it refused none
 */
public record Session(
        String roomId,
        String channel,
        String source,
        String name,
        String firstAsked,
        String previousService,
        int attempts,
        String reason,
        String claim,
        Map<String, Long> refusedAt) {

    /** Of a room of which nothing else matters. */
    public static Session ofRoom(String roomId) {
        return new Session(roomId, null, null, null, null, null, 0, null, null, null);
    }

    /** Where it stands in the line, as Redis has it. */
    public String place() {
        return channel + ":" + firstAsked + ":" + roomId;
    }

    /** How people call it in a log line: {@code Ayu (room 187250792)}. */
    @Override
    public String toString() {
        return DisplayNames.customer(name, roomId);
    }
}
