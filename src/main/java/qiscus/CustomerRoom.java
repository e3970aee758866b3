package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code GET /api/v2/customer_rooms/{room_id}}. {@code is_waiting} may be null. */
public record CustomerRoom(Data data) {

    public record Data(Room customerRoom) {}

    public record Room(JsonNode roomId, Boolean isResolved, Boolean isWaiting) {}
}
