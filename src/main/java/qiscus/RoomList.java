package qiscus;

import assignment.NewSession;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rooms that wait for an agent, page after page, as if their customers had just called.
 *
 * @param page of the waiting rooms, the last one that was read
 * @param cursor of the next page: empty before the first, null after the last
 */
public record RoomList(List<NewSession> page, String cursor, int pages) {
    private static final int ROOMS_PER_PAGE = 50;
    private static final int MOST_PAGES = 1000;

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {
        private final Clock clock;

        public Reader(Clock clock) {
            this.clock = clock;
        }

        public RoomList start() {
            return new RoomList(List.of(), "", 0);
        }

        /** @throws QiscusFault if this is not a list of rooms, or a list without end */
        public RoomList next(RoomList before, CustomerRooms answer) {
            List<JsonNode> rooms = answer == null ? null : Loose.list(answer.data(), "customer_rooms", answer.errors());
            if (rooms == null) {
                throw new QiscusFault(200, "Qiscus answered without a list of rooms", null);
            }
            List<NewSession> waiting = rooms.stream()
                    .filter(room -> !Loose.isTrue(room.get("is_resolved")) && Loose.isTrue(room.get("is_waiting")))
                    .map(this::session)
                    .filter(Objects::nonNull)
                    .toList();
            String next = Loose.cursor(answer.meta(), "cursor_after");
            boolean last = next.isEmpty() || rooms.isEmpty();
            if (!last && (next.equals(before.cursor()) || before.pages() + 1 >= MOST_PAGES)) {
                throw new QiscusFault(200, "Qiscus's list of rooms does not end", null);
            }
            return new RoomList(waiting, last ? null : next, before.pages() + 1);
        }

        private NewSession session(JsonNode room) {
            String roomId = Ids.at(room, "room_id");
            return roomId == null
                    ? null
                    : CallReader.session(
                            roomId,
                            Ids.at(room, "channel_id"),
                            Ids.at(room, "source"),
                            room.get("name"),
                            null,
                            null,
                            asked(room));
        }

        /** Its place in the line; of a date that cannot be read, or that is to come, the present. */
        private Instant asked(JsonNode room) {
            Instant now = clock.instant();
            String text = room.path("last_customer_timestamp").asText("").strip();
            String iso = text.replace(' ', 'T').replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
            try {
                Instant asked = iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
                return asked.isAfter(now) ? now : asked;
            } catch (DateTimeParseException unreadable) {
                return now;
            }
        }
    }

    public boolean hasMore() {
        return cursor != null;
    }

    /** The body that asks for the next page. */
    public Map<String, Object> request() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channels", List.of());
        body.put("cursor_after", cursor.isEmpty() ? null : cursor);
        body.put("limit", ROOMS_PER_PAGE);
        body.put("serve_status", "unserved");
        return body;
    }
}
