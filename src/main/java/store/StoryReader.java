package store;

import assignment.Story;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What is known of one room: where it is, and what the history says of it. */
public class StoryReader {
    private static final int ENTRIES_AT_ONCE = 1000;
    private static final int MOST_EVENTS = 500;

    private final ObjectMapper json;
    private final Scripts scripts;
    private final Duration retention;

    public StoryReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, Duration retention) {
        this.json = json;
        this.scripts = new Scripts(redis, json, keys);
        this.retention = retention;
    }

    /** @return null if nothing is known of the room */
    public Story of(String roomId) {
        List<Map<String, Object>> history = history(roomId);
        JsonNode room = scripts.run("room", Map.of("room_id", roomId));
        String state = room.path("state").asText(null);
        if (state == null && history.isEmpty()) {
            return null;
        }
        return new Story(
                roomId,
                state == null ? end(history) : state,
                known(room, history, "name"),
                known(room, history, "channel"),
                room.has("position") ? room.get("position").intValue() : null,
                room.path("reason").asText(null),
                holder(room.path("assignment")),
                history);
    }

    /** Newest first, a page at a time, because everybody's events are in one stream. */
    private List<Map<String, Object>> history(String roomId) {
        List<Map<String, Object>> events = new ArrayList<>();
        Map<String, Object> args =
                new HashMap<>(Map.of("room_id", roomId, "count", ENTRIES_AT_ONCE, "history", retention.toMillis()));
        JsonNode page;
        do {
            page = scripts.run("history", args);
            page.path("entries").forEach(entry -> events.add(event(entry)));
            args.put("before", page.path("before").asText());
        } while (page.has("before") && events.size() < MOST_EVENTS);
        Collections.reverse(events);
        return events;
    }

    private Map<String, Object> event(JsonNode entry) {
        String id = entry.get(0).asText();
        long at = Long.parseLong(id.substring(0, id.indexOf('-')));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("at", at);
        event.put("time", time(at));
        event.put("event", entry.get(1).asText());
        try {
            event.putAll(json.readValue(entry.get(2).asText(), new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException writtenByHand) {
            event.put("data", "unreadable");
        }
        return event;
    }

    private static String end(List<Map<String, Object>> history) {
        Map<String, Object> last = history.get(history.size() - 1);
        return "resolved".equals(last.get("event")) || "resolved".equals(last.get("how")) ? "resolved" : "unknown";
    }

    private static String known(JsonNode room, List<Map<String, Object>> history, String field) {
        for (String place : List.of("session", "assignment")) {
            if (room.path(place).has(field)) {
                return room.path(place).get(field).asText();
            }
        }
        return history.stream()
                .map(event -> event.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static Story.Holder holder(JsonNode assignment) {
        if (!assignment.has("agent_id")) {
            return null;
        }
        long since = assignment.path("since").asLong();
        return new Story.Holder(
                assignment.get("agent_id").asText(),
                assignment.path("agent_name").asText(null),
                since,
                time(since));
    }

    private static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }
}
