package qiscus;

import assignment.English;
import assignment.QiscusFault;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of {@code POST /api/v2/customer_rooms}, newest first. A request for unserved rooms also returns some that
 * are resolved or do not wait.
 *
 * @param data {@code customer_rooms}, each as raw JSON, so that an odd field of one room does not hide the others;
 *     {@code last_customer_timestamp} is ISO 8601, with or without a zone
 * @param meta {@code cursor_after} is the cursor of the next page, null or empty on the last
 */
public record CustomerRooms(
        JsonNode data, JsonNode meta, @JsonAlias("error") JsonNode errors) {
    private static final int ROOMS_PER_PAGE = 50;

    /**
     * @param page null if Qiscus answered nothing
     * @throws QiscusFault if this is not a list of rooms
     */
    static List<JsonNode> listedIn(CustomerRooms page) {
        List<JsonNode> rooms = page == null ? null : LenientJson.list(page.data(), "customer_rooms", page.errors());
        if (rooms == null) {
            throw new QiscusFault(200, English.say("reason.no_rooms"), null);
        }
        return rooms;
    }

    /** The body that asks for the page after a cursor: empty before the first. */
    static Map<String, Object> request(String cursor) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channels", List.of());
        body.put("cursor_after", cursor.isEmpty() ? null : cursor);
        body.put("limit", ROOMS_PER_PAGE);
        return body;
    }
}
