package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * {@code GET /api/v2/customer_rooms/{room_id}}.
 *
 * @param data {@code customer_room}, of which {@code is_waiting} may be null
 */
public record CustomerRoom(JsonNode data) {

    /** Null if it is not told. */
    Boolean isResolved() {
        return flag("is_resolved");
    }

    Boolean isWaiting() {
        return flag("is_waiting");
    }

    private Boolean flag(String name) {
        return data == null ? null : Loose.flag(data.path("customer_room").get(name));
    }
}
