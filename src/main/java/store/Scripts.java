package store;

import assignment.Event;
import assignment.RecordedEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultScriptExecutor;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Runs the Lua scripts of {@code resources/redis}, each after {@code common.lua} and with the names of all keys. The
 * listener gets the events that a script recorded, once they have happened.
 */
public class Scripts {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};
    private static final String USES = "-- uses: ";
    /** Shared by all instances of this class, because they share connections. */
    private static final AtomicLong CALLS = new AtomicLong();

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final Duration history;
    private final Consumer<RecordedEvent> events;
    private final Map<String, RedisScript<JsonNode>> loaded = new ConcurrentHashMap<>();

    /**
     * @param history how long to keep history
     * @param events gets each event
     */
    public Scripts(
            StringRedisTemplate redis, ObjectMapper json, Keys keys, Duration history, Consumer<RecordedEvent> events) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.history = history;
        this.events = events;
    }

    /** @return the script's answer */
    JsonNode run(String name, Map<String, ?> args) {
        return run(name, args, List.of());
    }

    /** @param further keys after the usual ones */
    JsonNode run(String name, Map<String, ?> args, List<String> further) {
        RedisScript<JsonNode> script = loaded.computeIfAbsent(name, Scripts::load);
        String asked = name + " " + CALLS.incrementAndGet();
        Map<String, Object> all = new HashMap<>(args);
        all.put("asked", asked);
        all.put("history", history.toMillis());
        List<String> named = new ArrayList<>(keys.forScript());
        named.addAll(further);
        JsonNode answer = new Answers(asked).execute(script, redis.getStringSerializer(), null, named, text(all));
        answer.path("events").forEach(event -> events.accept(event(event)));
        return answer;
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Accepts only the answer to this call. It throws on another one, so that the connection is given up. */
    private class Answers extends DefaultScriptExecutor<String> {
        private final String asked;

        Answers(String asked) {
            super(redis);
            this.asked = asked;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <T> T deserializeResult(RedisSerializer<T> serializer, Object result) {
            JsonNode answer = result instanceof byte[] bytes ? read(bytes) : null;
            if (answer == null || !asked.equals(answer.path("asked").asText())) {
                throw new DataRetrievalFailureException("Redis did not answer what it was asked: script " + asked);
            }
            return (T) answer;
        }

        private JsonNode read(byte[] answer) {
            try {
                return json.readTree(answer);
            } catch (IOException notJson) {
                // Without the cause: routes take a parser's exception for an unreadable request.
                return null;
            }
        }
    }

    /** An answer, or a part of one; null for null. */
    <T> T as(JsonNode answer, Class<T> type) {
        try {
            return answer == null ? null : json.treeToValue(answer, type);
        } catch (JsonProcessingException e) {
            // Without the cause, as above.
            throw new IllegalStateException("A script's answer is no " + type.getSimpleName());
        }
    }

    /** An event that a script recorded. */
    RecordedEvent event(JsonNode recorded) {
        return new RecordedEvent(
                Event.of(recorded.path("event").asText()),
                recorded.path("room").asText(null),
                json.convertValue(recorded.path("data"), DATA));
    }

    private static RedisScript<JsonNode> load(String name) {
        String source = source(name);
        StringBuilder whole = new StringBuilder(source("common"));
        if (source.startsWith(USES)) {
            for (String used : source.lines()
                    .findFirst()
                    .orElseThrow()
                    .substring(USES.length())
                    .split(", ")) {
                whole.append(source(used));
            }
        }
        return RedisScript.of(whole.append(source).toString(), JsonNode.class);
    }

    private static String source(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream("/redis/" + name + ".lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
