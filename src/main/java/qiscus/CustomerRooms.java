package qiscus;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One page of {@code POST /api/v2/customer_rooms}, newest first. Asked for unserved rooms, Qiscus also lists some that
 * are resolved or do not wait.
 *
 * @param data {@code customer_rooms}, each as bare JSON, so that an odd field of one cannot hide the others;
 *     {@code last_customer_timestamp} is ISO 8601, with or without a zone
 * @param meta {@code cursor_after} is the cursor of the next page, null or empty on the last
 */
public record CustomerRooms(
        JsonNode data, JsonNode meta, @JsonAlias("error") JsonNode errors) {}
