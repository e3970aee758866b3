package qiscus;

import assignment.Message;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * {@code GET /api/v2/customer_rooms/{room_id}}.
 *
 * @param data {@code customer_room}, whose {@code is_waiting} may be null
 */
public record CustomerRoom(JsonNode data) {

    /** Null if Qiscus does not say. */
    String roomId() {
        return Ids.text(field("room_id"));
    }

    /** Null if Qiscus does not say. */
    Boolean isResolved() {
        return LenientJson.flag(field("is_resolved"));
    }

    /** Null if Qiscus does not say. */
    Boolean isWaiting() {
        return LenientJson.flag(field("is_waiting"));
    }

    /**
     * Whether the last message in it is an answer, from neither the customer nor Qiscus itself. Without a known sender
     * it is not an answer.
     */
    public boolean isAnswered() {
        return RoomFeed.Reader.sender(field("last_comment_sender_type")) == Message.Sender.ANSWER;
    }

    /** The room in the form of the list of rooms. */
    JsonNode shown() {
        return data == null ? MissingNode.getInstance() : data.path("customer_room");
    }

    private JsonNode field(String name) {
        return shown().get(name);
    }
}
