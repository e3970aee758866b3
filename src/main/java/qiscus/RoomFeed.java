package qiscus;

import assignment.ListedRoom;
import assignment.Message;
import assignment.QiscusFault;
import assignment.RoomPage;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * All rooms, page by page, those with the latest messages first: what has changed is at the top.
 *
 * @param cursor of the next page: empty before the first, null after the last
 */
public record RoomFeed(RoomPage page, String cursor) {

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {
        /** A time further in the future than this is ignored. */
        private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

        private final Clock clock;

        public Reader(Clock clock) {
            this.clock = clock;
        }

        public RoomFeed start() {
            return new RoomFeed(new RoomPage(List.of(), List.of(), null, 0, true), "");
        }

        /**
         * @param date the header of Qiscus's answer; may be null
         * @throws QiscusFault if this is not a list of rooms
         */
        public RoomFeed next(RoomFeed before, CustomerRooms answer, String date) {
            List<JsonNode> rooms = CustomerRooms.listedIn(answer);
            Instant answered = HttpDate.time(date);
            List<ListedRoom> listed = rooms.stream()
                    .map(room -> listed(room, answered))
                    .filter(Objects::nonNull)
                    .toList();
            String next = LenientJson.cursor(answer.meta(), "cursor_after");
            boolean isLast = next.isEmpty() || rooms.isEmpty() || next.equals(before.cursor());
            return new RoomFeed(
                    page(listed, List.of(), answered, before.page().number() + 1, !isLast), isLast ? null : next);
        }

        /** @param room null if Qiscus did not show it */
        public RoomPage room(CustomerRoom room, String date) {
            Instant answered = HttpDate.time(date);
            ListedRoom shown = room == null ? null : listed(room.shown(), answered);
            return page(
                    shown == null ? List.of() : List.of(shown),
                    shown == null || shown.last() == null ? List.of() : List.of(shown.last()),
                    answered,
                    1,
                    false);
        }

        private static RoomPage page(
                List<ListedRoom> rooms, List<Message> conversation, Instant answered, int number, boolean hasMore) {
            return new RoomPage(
                    rooms,
                    conversation,
                    answered == null ? null : Long.valueOf(answered.toEpochMilli()),
                    number,
                    hasMore);
        }

        private ListedRoom listed(JsonNode room, Instant answered) {
            String roomId = Ids.at(room, "room_id");
            return roomId == null
                    ? null
                    : new ListedRoom(
                            roomId,
                            room.path("user_id").asText(null),
                            LenientJson.isTrue(room.get("is_resolved")),
                            LenientJson.isTrue(room.get("is_waiting")),
                            LenientJson.time(room.get("last_comment_timestamp"))
                                    .filter(at -> at.isBefore(
                                            (answered == null ? clock.instant() : answered).plus(CLOCKS_DIFFER)))
                                    .map(at -> new Message(
                                            sender(room.get("last_comment_sender_type")), at.toEpochMilli()))
                                    .orElse(null));
        }

        /**
         * It is not documented how messages of agents are marked, so all unknown kinds are answers. This program writes
         * no messages: one would look like an admin's, and would have to be recognised here.
         */
        static Message.Sender sender(JsonNode type) {
            return switch (type == null || type.isNull()
                    ? "null"
                    : type.asText().strip().toLowerCase(Locale.ROOT)) {
                case "customer" -> Message.Sender.CUSTOMER;
                case "system", "null" -> Message.Sender.SYSTEM;
                default -> Message.Sender.ANSWER;
            };
        }
    }

    /** The body that asks for the next page. */
    public Map<String, Object> request() {
        return CustomerRooms.request(cursor);
    }
}
