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

    /**
     * @param customerRooms each as bare JSON, so that an odd field of one cannot hide the others;
     *     {@code last_customer_timestamp} is ISO 8601, with or without a zone
     */
    public record Data(List<JsonNode> customerRooms) {}
}
