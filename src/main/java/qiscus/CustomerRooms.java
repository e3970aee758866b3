package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of {@code POST /api/v2/customer_rooms}, newest first. Asked for unserved rooms, Qiscus also lists some that
 * are resolved or do not wait.
 *
 * @param meta {@code cursor_after} is the cursor of the next page, null or empty on the last
 */
public record CustomerRooms(Data data, JsonNode meta) {

    public record Data(List<Room> customerRooms) {}

    /** @param lastCustomerTimestamp ISO 8601, with or without a zone; when the customer last wrote */
    public record Room(
            JsonNode roomId,
            JsonNode channelId,
            JsonNode source,
            JsonNode name,
            Boolean isResolved,
            Boolean isWaiting,
            JsonNode lastCustomerTimestamp) {}
}
