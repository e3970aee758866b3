package assignment;

import java.util.List;
import java.util.Map;

/**
 * Where a room is, and how it came there.
 *
 * @param state {@code waiting}, {@code claimed} (its assign call is in flight), {@code assigned}, {@code parked},
 *     {@code resolved}, or {@code unknown}: something is remembered, but it is none of these
 * @param name the customer's
 * @param position in its line, 1 for the first; null unless it waits
 * @param reason why it still waits, or is parked; null if nothing is known
 * @param agent who has it, or is about to get it; null if nobody
 * @param history what happened, the oldest first: {@code at} (epoch milliseconds), {@code time} (ISO 8601),
 *     {@code event}, and what belongs to that event
 */
public record RoomHistory(
        String roomId,
        String state,
        String name,
        String channel,
        Integer position,
        String reason,
        Holder agent,
        List<Map<String, Object>> history) {

    /**
     * @param since epoch milliseconds
     * @param sinceTime the same in ISO 8601
     */
    public record Holder(String id, String name, long since, String sinceTime) {}
}
