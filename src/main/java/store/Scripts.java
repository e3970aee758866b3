package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultScriptExecutor;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Runs the Lua scripts of {@code resources/redis}, each with {@code common.lua} in front of it and all keys named. */
class Scripts {
    private static final int MOST_REMEMBERED_CHANNELS = 1000;
    /** Of all of them, for they share connections. */
    private static final AtomicLong CALLS = new AtomicLong();

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final String common = source("common");
    private final Map<String, RedisScript<JsonNode>> loaded = new ConcurrentHashMap<>();
    /** Those that scripts asked for so far: naming one too many costs nothing, naming one too few a second call. */
    private volatile Set<String> channels = Set.of();

    Scripts(StringRedisTemplate redis, ObjectMapper json, Keys keys) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
    }

    /** @return the script's answer; never {@code need_channels} */
    JsonNode run(String name, Map<String, ?> args) {
        return run(name, args, null);
    }

    /** @param suffix null, or: the script gets each key a second time, with this behind it */
    JsonNode run(String name, Map<String, ?> args, String suffix) {
        while (true) {
            JsonNode answer = runOnce(name, List.copyOf(channels), args, suffix);
            if (!"need_channels".equals(answer.path("outcome").asText())) {
                return answer;
            }
            Set<String> needed = new TreeSet<>();
            answer.path("channels").forEach(channel -> needed.add(channel.asText()));
            name(needed);
        }
    }

    /** Their lines are among the keys of the next call. */
    void name(Set<String> further) {
        Set<String> known = new TreeSet<>(channels.size() < MOST_REMEMBERED_CHANNELS ? channels : Set.of());
        known.addAll(further);
        channels = known;
    }

    private JsonNode runOnce(String name, List<String> channels, Map<String, ?> args, String suffix) {
        RedisScript<JsonNode> script =
                loaded.computeIfAbsent(name, n -> RedisScript.of(common + source(n), JsonNode.class));
        List<String> named = new ArrayList<>(keys.forScript(channels));
        if (suffix != null) {
            named.addAll(named.stream().map(key -> key + suffix).toList());
        }
        Map<String, Object> all = new HashMap<>(args);
        String asked = name + " " + CALLS.incrementAndGet();
        all.put("asked", asked);
        return new Answers(asked).execute(script, redis.getStringSerializer(), null, named, text(channels), text(all));
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Believes only the answer to this call: of another one it throws while the connection can still be given up. */
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
                // Without the cause: a parser's exception means, to a route, that the caller sent what cannot be read.
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

    private static String source(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream("/redis/" + name + ".lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
