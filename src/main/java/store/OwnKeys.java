package store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Tells our keys from another program's: the values in our keys have the form in which we write them. */
class OwnKeys {
    /** How many of many entries to read, from both ends if there are two. */
    private static final int SAMPLE = 200;

    /** The time to live of a key without an end. */
    private static final long NO_END = -1;

    private static final double FIRST_TIME = 1e12;
    private static final double LAST_TIME = 1e14;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern RESOLVE = Pattern.compile("[A-Za-z0-9_-]+ [A-Za-z0-9_-]+");
    private static final Pattern INSTANCE = Pattern.compile("\\p{XDigit}+(-\\p{XDigit}+){4}");
    private static final Pattern HELD = Pattern.compile("\\d+( closed ?\\d*)?");

    /**
     * A field and its value, or a member and its score; else only a value. In a stream it is the entry's first field.
     */
    private record Entry(String name, String value) {}

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final List<String> names;

    OwnKeys(StringRedisTemplate redis, ObjectMapper json, Keys keys) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.names = keys.forScript();
    }

    /** @return the first key that another program wrote; null if there is none */
    String foreign(List<String> earlierLines) {
        return Stream.concat(names.stream(), earlierLines.stream())
                .filter(key -> !isOurs(key))
                .findFirst()
                .orElse(null);
    }

    private boolean isOurs(String key) {
        DataType expected = names.contains(key) ? DataType.fromCode(Keys.TYPES.get(names.indexOf(key))) : DataType.ZSET;
        try {
            DataType type = redis.type(key);
            return type == DataType.NONE
                    || type == expected && entries(key, type).stream().allMatch(entry -> reads(key, entry));
        } catch (IllegalArgumentException typeOfAModule) {
            return false;
        }
    }

    private Collection<Entry> entries(String key, DataType type) {
        return switch (type) {
            case STRING ->
                Stream.ofNullable(redis.opsForValue().get(key))
                        .map(value -> new Entry(null, value))
                        .toList();
            case LIST ->
                ends((from, to) -> redis.opsForList().range(key, from, to))
                        .map(value -> new Entry(null, value))
                        .toList();
            case ZSET ->
                ends((from, to) -> redis.opsForZSet().rangeWithScores(key, from, to))
                        .map(member -> new Entry(member.getValue(), String.valueOf(member.getScore())))
                        .toList();
            case SET ->
                some(redis.opsForSet().scan(key, part())).stream()
                        .map(value -> new Entry(null, value))
                        .toList();
            case HASH ->
                some(redis.<String, String>opsForHash().scan(key, part())).stream()
                        .map(field -> new Entry(field.getKey(), field.getValue()))
                        .toList();
            default ->
                redis
                        .<String, String>opsForStream()
                        .reverseRange(key, Range.unbounded(), Limit.limit().count(SAMPLE))
                        .stream()
                        .map(entry ->
                                new Entry(null, entry.getValue().get(key.equals(keys.history()) ? "event" : "agent")))
                        .toList();
        };
    }

    private static ScanOptions part() {
        return ScanOptions.scanOptions().count(SAMPLE).build();
    }

    private static <T> Stream<T> ends(BiFunction<Long, Long, Collection<T>> range) {
        return Stream.concat(range.apply(0L, SAMPLE - 1L).stream(), range.apply((long) -SAMPLE, -1L).stream());
    }

    private static <T> List<T> some(Cursor<T> cursor) {
        try (cursor) {
            List<T> found = new ArrayList<>();
            while (found.size() < SAMPLE && cursor.hasNext()) {
                found.add(cursor.next());
            }
            return found;
        }
    }

    private boolean reads(String key, Entry entry) {
        String name = entry.name();
        String value = entry.value();
        if (key.equals(keys.queue())) {
            JsonNode room = Stored.tree(json, value).path("room_id");
            return (room.isTextual() || room.isIntegralNumber()) && isId(room.asText());
        } else if (key.equals(keys.waiting())) {
            Place place = Place.read(name);
            return place != null && isId(place.channel()) && isTime(place.firstAsked()) && isId(place.roomId());
        } else if (key.equals(keys.session())) {
            JsonNode session = Stored.tree(json, value);
            return isId(name)
                    && session.path("room_id").asText().equals(name)
                    && isId(session.path("channel").asText())
                    && isNumber(session.path("first_asked").asText());
        } else if (key.equals(keys.assigned())) {
            JsonNode assignment = Stored.tree(json, value);
            return isId(name)
                    && assignment.path("agent_id").isTextual()
                    && assignment.path("since").isNumber();
        } else if (key.equals(keys.count())) {
            return isId(name) && value.matches("\\d+");
        } else if (key.equals(keys.parked())) {
            JsonNode parked = Stored.tree(json, value);
            return parked.path("at").isNumber() && parked.path("reason").isTextual();
        } else if (key.equals(keys.config())) {
            return name.startsWith("max_customer_per_agent") && isNumber(value);
        } else if (key.equals(keys.resting())) {
            return (name.equals(Keys.EVERYBODY) || isId(name)) && isTime(value);
        } else if (key.equals(keys.agent())) {
            JsonNode agent = Stored.tree(json, value);
            return isId(name)
                    && (agent.path("seen").isNumber()
                            || agent.path("last_assigned").isNumber());
        } else if (key.equals(keys.resolved())) {
            return RESOLVE.matcher(name).matches() && isTime(value);
        } else if (key.equals(keys.history())) {
            return value != null;
        } else if (key.equals(keys.changes())) {
            return value != null && isId(value);
        } else if (key.equals(keys.reconciled())) {
            return INSTANCE.matcher(value).matches() && expires(key);
        } else if (List.of(keys.decider(), keys.adminToken(), keys.check()).contains(key)) {
            return expires(key);
        } else if (key.equals(keys.earlierChannels())) {
            return isId(value);
        } else if (key.equals(keys.earlierHeld())) {
            return isId(name) && HELD.matcher(value).matches();
        } else if (key.equals(keys.owner())) {
            return true;
        }
        // Rooms by time: the claimed and checked ones, and the lines of earlier versions.
        return name != null && isId(name) && isTime(value);
    }

    private boolean expires(String key) {
        return redis.getExpire(key, TimeUnit.MILLISECONDS) != NO_END;
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static boolean isTime(String text) {
        return isNumber(text) && Double.parseDouble(text) > FIRST_TIME && Double.parseDouble(text) < LAST_TIME;
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException no) {
            return false;
        }
    }
}
