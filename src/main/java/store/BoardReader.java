package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamReadOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import wallboard.Event;
import wallboard.Standing;
import wallboard.Wallboard;

/** What the wallboard reads in Redis; it changes nothing there. */
public class BoardReader implements Wallboard.Source {
    private static final int PAGE = 1000;

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final int capacity;
    private final Scripts scripts;

    /** @param capacity of an agent, unless it was set while running */
    public BoardReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, int capacity) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.capacity = capacity;
        this.scripts = new Scripts(redis, json, keys);
    }

    @Override
    public Standing standing(int most, Duration goal) {
        return scripts.as(
                scripts.run("board", Map.of("most", most, "goal", goal.toMillis(), "capacity", capacity)),
                Standing.class);
    }

    @Override
    public List<Event> historyAfter(String id) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .read(StreamReadOptions.empty().count(PAGE), StreamOffset.create(keys.history(), ReadOffset.from(id)));
        return entries == null
                ? List.of()
                : entries.stream()
                        .map(entry -> new Event(
                                entry.getId().getValue(),
                                entry.getValue().get("event"),
                                entry.getValue().get("room"),
                                tree(entry.getValue().get("data"))))
                        .toList();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text == null ? "" : text);
        } catch (JsonProcessingException writtenByHand) {
            return json.missingNode();
        }
    }
}
