package store;

import assignment.English;
import assignment.Event;
import assignment.NotKnown;
import assignment.RoomHistory;
import assignment.SessionState;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Reads what is known of one room: its state and its history. */
public class RoomHistoryReader {
    private static final int ENTRIES_AT_ONCE = 1000;
    private static final int MOST_EVENTS = 500;

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final SessionReader sessions;
    private final Duration retention;

    public RoomHistoryReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, Duration retention) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.sessions = new SessionReader(redis, json, keys);
        this.retention = retention;
    }

    /** @throws NotKnown if we do not know the room */
    public RoomHistory find(String roomId) {
        // The state comes first: if it changes meanwhile, the history shows how.
        SessionState now = sessions.states(List.of(roomId)).get(0);
        List<Map<String, Object>> history = history(roomId);
        if (now.state() == null && history.isEmpty()) {
            throw new NotKnown(English.say("refusal.room_unknown"));
        }
        return new RoomHistory(
                new SessionState(
                        roomId,
                        now.state() == null ? end(history) : now.state(),
                        now.name() == null ? last(history, "name") : now.name(),
                        now.channel() == null ? last(history, "channel") : now.channel(),
                        now.position(),
                        now.reason(),
                        now.since(),
                        now.sinceTime(),
                        now.agent()),
                history);
    }

    /** Newest first, page by page, because all rooms share one stream. */
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
        event.put("time", SessionReader.time(at));
        event.put("event", id);
        Stored data = Stored.read(json, entry.getValue().getOrDefault("data", "{}"));
        if (data.isAbsent()) {
            event.put("data", "unreadable");
        } else {
            Map<String, Object> fields = json.convertValue(data.json(), new TypeReference<>() {});
            event.put("text", Event.describe(id, entry.getValue().get("room"), fields));
            event.putAll(fields);
        }
        return event;
    }

    private static String end(List<Map<String, Object>> history) {
        Map<String, Object> last = history.get(history.size() - 1);
        return "resolved".equals(last.get("event")) || "resolved".equals(last.get("how")) ? "resolved" : "unknown";
    }

    private static String last(List<Map<String, Object>> history, String field) {
        return history.stream()
                .map(event -> event.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
