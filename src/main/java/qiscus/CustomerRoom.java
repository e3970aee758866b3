package qiscus;

import assignment.Message;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * {@code GET /api/v2/customer_rooms/{room_id}}.
 *
 * @param data {@code customer_room}, of which {@code is_waiting} may be null
 */
public record CustomerRoom(JsonNode data) {

    /** Null if it is not told. */
    String roomId() {
        return Ids.text(field("room_id"));
    }

    /** Null if it is not told. */
    Boolean isResolved() {
        return Loose.flag(field("is_resolved"));
    }

    /** Null if it is not told. */
    Boolean isWaiting() {
        return Loose.flag(field("is_waiting"));
    }

    /**
     * Whether the last word in it is an answer: neither the customer's nor Qiscus's own. While nobody says who spoke last, nobody
     * answered.
     */
    public boolean isAnswered() {
        return RoomFeed.Reader.sender(field("last_comment_sender_type")) == Message.Sender.ANSWER;
    }

    /** The room as the list of rooms has it. */
    JsonNode shown() {
        return data == null ? MissingNode.getInstance() : data.path("customer_room");
    }

    private JsonNode field(String name) {
        return shown().get(name);
    }
}
