package qiscus;

import assignment.English;
import assignment.NewSession;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rooms that wait for an agent, page by page, as if their customers had just called.
 *
 * @param page the waiting rooms of the last page that was read
 * @param old rooms of that page whose customers last wrote too long ago; like the {@code ofBot} rooms, which the bot
 *     handles, they are not in {@code page}
 * @param botsWait leave rooms that the bot handles alone
 * @param cursor of the next page: empty before the first, null after the last
 * @param pastOld a page was read on which every room is old
 * @param whole the list was read to its end
 */
public record RoomList(
        List<NewSession> page,
        List<NewSession> old,
        List<NewSession> ofBot,
        boolean botsWait,
        String cursor,
        int pages,
        boolean pastOld,
        boolean whole) {
    private static final int MOST_PAGES = 1000;
    /** In between, the list is read only up to the first page on which every room is old. */
    private static final Duration WHOLE_EVERY = Duration.ofMinutes(10);

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {
        private final Clock clock;
        private final Clock steady;
        private final Duration maxAge;
        private Instant wholeAt = Instant.MIN;
        /** Qiscus lists the newest first, as far as we have seen. */
        private boolean ordered = true;

        /** No room is too old for this reader. */
        public Reader(Clock clock) {
            this(clock, clock, null);
        }

        /**
         * @param clock to compare the rooms' times with
         * @param steady measures durations
         * @param maxAge a room is old if its customer last wrote longer ago; null: no room is old
         */
        public Reader(Clock clock, Clock steady, Duration maxAge) {
            this.clock = clock;
            this.steady = steady;
            this.maxAge = maxAge;
        }

        public RoomList start() {
            return start(false);
        }

        public RoomList start(boolean botsWait) {
            return new RoomList(List.of(), List.of(), List.of(), botsWait, "", 0, false, false);
        }

        /** @throws QiscusFault if this is not a list of rooms, or a list without end */
        public RoomList next(RoomList before, CustomerRooms answer) {
            List<JsonNode> rooms = CustomerRooms.listedIn(answer);
            Instant now = clock.instant();
            List<NewSession> page = new ArrayList<>();
            List<NewSession> old = new ArrayList<>();
            List<NewSession> ofBot = new ArrayList<>();
            rooms.stream()
                    .filter(room ->
                            !LenientJson.isTrue(room.get("is_resolved")) && LenientJson.isTrue(room.get("is_waiting")))
                    .forEach(room -> Optional.ofNullable(session(room, now))
                            .ifPresent(
                                    (isOld(asked(room, now), now)
                                                    ? old
                                                    : before.botsWait() && isOfBot(room) ? ofBot : page)::add));
            String next = LenientJson.cursor(answer.meta(), "cursor_after");
            boolean last = next.isEmpty() || rooms.isEmpty();
            if (!last && (next.equals(before.cursor()) || before.pages() + 1 >= MOST_PAGES)) {
                throw new QiscusFault(200, English.say("reason.endless_rooms"), null);
            }
            ordered = ordered && !(before.pastOld() && !(page.isEmpty() && ofBot.isEmpty()));
            boolean pastOld = before.pastOld()
                    || !rooms.isEmpty() && rooms.stream().allMatch(room -> isOld(lastComment(room, now), now));
            wholeAt = last ? steady.instant() : wholeAt;
            boolean enough = pastOld && ordered && steady.instant().isBefore(wholeAt.plus(WHOLE_EVERY));
            return new RoomList(
                    page,
                    old,
                    ofBot,
                    before.botsWait(),
                    last || enough ? null : next,
                    before.pages() + 1,
                    pastOld,
                    last);
        }

        private static NewSession session(JsonNode room, Instant now) {
            String roomId = Ids.at(room, "room_id");
            return roomId == null
                    ? null
                    : CallReader.session(
                            roomId,
                            Ids.at(room, "channel_id"),
                            Ids.at(room, "source"),
                            room.get("name"),
                            null,
                            NewSession.UNKNOWN_SERVICE,
                            asked(room, now));
        }

        private static boolean isOfBot(JsonNode room) {
            return LenientJson.isTrue(room.get("is_handled_by_bot"));
        }

        private boolean isOld(Instant wrote, Instant now) {
            return maxAge != null && wrote.isBefore(now.minus(maxAge));
        }

        /**
         * Its place in the line. The customer wrote no later than the last comment. A time that cannot be read or is in
         * the future counts as now.
         */
        private static Instant asked(JsonNode room, Instant now) {
            return Stream.of("last_customer_timestamp", "last_comment_timestamp")
                    .flatMap(name -> LenientJson.time(room.get(name)).stream())
                    .findFirst()
                    .filter(asked -> asked.isBefore(now))
                    .orElse(now);
        }

        /** The list is ordered by this time, which includes messages of Qiscus itself. */
        private static Instant lastComment(JsonNode room, Instant now) {
            return LenientJson.time(room.get("last_comment_timestamp")).orElseGet(() -> asked(room, now));
        }
    }

    public boolean hasMore() {
        return cursor != null;
    }

    /** The body that asks for the next page. */
    public Map<String, Object> request() {
        Map<String, Object> body = CustomerRooms.request(cursor);
        body.put("serve_status", "unserved");
        return body;
    }
}
