package assignment;

import java.util.List;
import java.util.Map;

/**
 * One episode of a customer in a room, from the first webhook until its assignment is settled. It is kept as JSON in
 * the Redis hash {@code session}; the scripts in {@code resources/redis} write its fields.
 *
 * @param roomId Qiscus's id of the room; the customer's next session has the same one
 * @param channel the line it waits in
 * @param name the customer's name, for people to read; may be null
 * @param firstAsked epoch milliseconds with a fraction, as text: its place in the line
 * @param previousService id of the previous service in the same room; null for a new customer
 * @param attempts how often placing it failed although others were served
 * @param reason why it still waits, in words; null before the first try
 * @param claim token of the worker that handles it; null while it waits
 * @param refusedAt id of each agent that Qiscus refused for this room, to the time of the refusal; null if there is
 *     none
 * @param move the move to another agent, wanted or done; null if it never had an agent
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
        Map<String, Long> refusedAt,
        Move move) {

    /** A room alone, where nothing else matters. */
    public static Session ofRoom(String roomId) {
        return new Session(roomId, null, null, null, null, null, 0, null, null, null, null);
    }

    /** Ids of the agents who had it and do not get it again. */
    List<String> had() {
        return move == null ? List.of() : move.had();
    }

    /** Its place in the line, as Redis has it. */
    public String place() {
        return channel + ":" + firstAsked + ":" + roomId;
    }

    /** Its name in a log line: {@code Ayu (room 187250792)}. */
    @Override
    public String toString() {
        return DisplayNames.customer(name, roomId);
    }
}
