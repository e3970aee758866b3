package store;

import assignment.Event;
import assignment.RoomHistory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What is known of one room: where it is, and what the history says of it. */
public class RoomHistoryReader {
    private static final int ENTRIES_AT_ONCE = 1000;
    private static final int MOST_EVENTS = 500;
    private static final int NEWEST_CALLS = 200;

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final Lines lines;
    private final Duration retention;

    public RoomHistoryReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, Duration retention) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.lines = new Lines(redis, keys);
        this.retention = retention;
    }

    /** Where a room is; {@code session} and {@code assignment} may be absent. @param state null if it is nowhere */
    private record Whereabouts(String state, Stored session, Stored assignment, Integer position, String reason) {}

    /** @return null if nothing is known of the room */
    public RoomHistory find(String roomId) {
        // First where it is: if it leaves meanwhile, the history says how.
        Whereabouts room = whereabouts(roomId);
        List<Map<String, Object>> history = history(roomId);
        if (room.state() == null && history.isEmpty()) {
            return null;
        }
        return new RoomHistory(
                roomId,
                room.state() == null ? end(history) : room.state(),
                known(room, history, "name"),
                known(room, history, "channel"),
                room.position(),
                room.reason(),
                holder(room.assignment()),
                history);
    }

    private Whereabouts whereabouts(String roomId) {
        Reads reads = new Reads(redis);
        Supplier<String> sessionRead = reads.hget(keys.session(), roomId);
        Supplier<String> assignmentRead = reads.hget(keys.assigned(), roomId);
        Supplier<String> parkedRead = reads.hget(keys.parked(), roomId);
        Supplier<List<String>> newestCalls = reads.lrange(keys.queue(), 0, NEWEST_CALLS - 1);
        reads.send();

        Stored session = Stored.read(json, sessionRead.get());
        Stored assigned = Stored.read(json, assignmentRead.get());
        Stored assignment = assigned.text("agent_id") == null ? Stored.NOTHING : assigned;
        if (session.isSessionOf(roomId)) {
            Integer position = position(session, roomId);
            String state = position == null ? "claimed" : "waiting";
            return new Whereabouts(state, session, assignment, position, session.text("reason"));
        }
        Stored parked = Stored.read(json, parkedRead.get());
        Stored aside = parked.object("session").isSessionOf(roomId) ? parked.object("session") : Stored.NOTHING;
        if (!assignment.isAbsent()) {
            return new Whereabouts("assigned", aside, assignment, null, null);
        }
        if (parkedRead.get() != null) {
            return new Whereabouts("parked", aside, assignment, null, parked.text("reason"));
        }
        // It may have come just now.
        return newestCalls.get().stream()
                .map(call -> Stored.read(json, call))
                .filter(call -> roomId.equals(call.text("room_id")))
                .findFirst()
                .map(call -> new Whereabouts("waiting", call, assignment, null, null))
                .orElse(new Whereabouts(null, aside, assignment, null, null));
    }

    /** 1 for the first of its line; null if it does not stand in line. */
    private Integer position(Stored session, String roomId) {
        Place place = Place.of(session.text("channel"), session.number("first_asked"), roomId);
        Reads reads = new Reads(redis);
        Supplier<Boolean> stands = lines.has(reads, place);
        Supplier<Long> before = lines.before(reads, place);
        reads.send();
        return stands.get() ? before.get().intValue() + 1 : null;
    }

    /** Newest first, a page at a time, because everybody's events are in one stream. */
    private List<Map<String, Object>> history(String roomId) {
        List<Map<String, Object>> events = new ArrayList<>();
        Bound<String> oldest = Bound.inclusive(Long.toString(Reads.now(redis) - retention.toMillis()));
        Bound<String> newest = Bound.unbounded();
        List<MapRecord<String, String, String>> page;
        do {
            page = redis.<String, String>opsForStream()
                    .reverseRange(
                            keys.history(),
                            Range.of(oldest, newest),
                            Limit.limit().count(ENTRIES_AT_ONCE));
            page.stream()
                    .filter(entry -> roomId.equals(entry.getValue().get("room")))
                    .filter(entry -> entry.getValue().get("event") != null)
                    .forEach(entry -> events.add(event(entry)));
            if (!page.isEmpty()) {
                newest = Bound.exclusive(page.get(page.size() - 1).getId().getValue());
            }
        } while (page.size() == ENTRIES_AT_ONCE && events.size() < MOST_EVENTS);
        Collections.reverse(events);
        return events;
    }

    private Map<String, Object> event(MapRecord<String, String, String> entry) {
        long at = entry.getId().getTimestamp();
        String id = entry.getValue().get("event");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("at", at);
        event.put("time", time(at));
        event.put("event", id);
        Stored data = Stored.read(json, entry.getValue().getOrDefault("data", "{}"));
        if (data.isAbsent()) {
            event.put("data", "unreadable");
        } else {
            Map<String, Object> fields = json.convertValue(data.json(), new TypeReference<>() {});
            event.put("text", Event.tell(id, entry.getValue().get("room"), fields));
            event.putAll(fields);
        }
        return event;
    }

    private static String end(List<Map<String, Object>> history) {
        Map<String, Object> last = history.get(history.size() - 1);
        return "resolved".equals(last.get("event")) || "resolved".equals(last.get("how")) ? "resolved" : "unknown";
    }

    private static String known(Whereabouts room, List<Map<String, Object>> history, String field) {
        Stream<String> present = Stream.of(room.session(), room.assignment())
                .map(place -> place.text(field))
                .filter(Objects::nonNull);
        return present.findFirst().orElseGet(() -> history.stream()
                .map(event -> event.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .reduce((earlier, later) -> later)
                .orElse(null));
    }

    private static RoomHistory.Holder holder(Stored assignment) {
        if (assignment.isAbsent()) {
            return null;
        }
        long since = assignment.whole("since", 0);
        return new RoomHistory.Holder(assignment.text("agent_id"), assignment.text("agent_name"), since, time(since));
    }

    private static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }
}
