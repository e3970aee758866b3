package qiscus;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One page of {@code POST /api/v2/customer_rooms}, newest first. A request for unserved rooms also returns some that
 * are resolved or do not wait.
 *
 * @param data {@code customer_rooms}, each as raw JSON, so that an odd field of one room does not hide the others;
 *     {@code last_customer_timestamp} is ISO 8601, with or without a zone
 * @param meta {@code cursor_after} is the cursor of the next page, null or empty on the last
 */
public record CustomerRooms(
        JsonNode data, JsonNode meta, @JsonAlias("error") JsonNode errors) {}
