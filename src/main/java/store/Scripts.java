package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Runs the Lua scripts of {@code resources/redis}, each with {@code common.lua} in front of it and all keys named. */
class Scripts {
    private static final int MOST_REMEMBERED_CHANNELS = 1000;

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final String common = source("common");
    private final Map<String, RedisScript<String>> loaded = new ConcurrentHashMap<>();
    /** Those that scripts asked for so far: naming one too many costs nothing, naming one too few a second call. */
    private volatile Set<String> channels = Set.of();

    Scripts(StringRedisTemplate redis, ObjectMapper json, Keys keys) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
    }

    /** @return the script's answer; never {@code need_channels} */
    JsonNode run(String name, Map<String, ?> args) {
        while (true) {
            JsonNode answer = runOnce(name, channels, args);
            if (!"need_channels".equals(answer.path("outcome").asText())) {
                return answer;
            }
            Set<String> known = new TreeSet<>(channels.size() < MOST_REMEMBERED_CHANNELS ? channels : Set.of());
            answer.path("channels").forEach(channel -> known.add(channel.asText()));
            channels = known;
        }
    }

    private JsonNode runOnce(String name, Set<String> channels, Map<String, ?> args) {
        RedisScript<String> script =
                loaded.computeIfAbsent(name, n -> RedisScript.of(common + source(n), String.class));
        List<String> named = List.copyOf(channels);
        try {
            return json.readTree(redis.execute(
                    script, keys.forScript(named), json.writeValueAsString(named), json.writeValueAsString(args)));
        } catch (JsonProcessingException e) {
            // Without the cause: a parser's exception means, to a route, that the caller sent what cannot be read.
            throw new IllegalStateException("Script " + name + " answered what is not JSON");
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
