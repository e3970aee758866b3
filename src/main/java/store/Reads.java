package store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.DecoratedRedisConnection;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Reads that go to Redis in one round trip. Cluster connections have no pipelines, so there they go one by one. The
 * values are available after {@link #send}.
 */
final class Reads {
    private final StringRedisTemplate redis;
    private final List<Function<RedisConnection, Object>> commands = new ArrayList<>();
    private List<?> answers;

    Reads(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Epoch milliseconds by the clock of Redis, so that all instances agree. */
    static long now(StringRedisTemplate redis) {
        return redis.execute(
                (RedisCallback<Long>) connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
    }

    Supplier<Long> llen(String list) {
        return ask(connection -> connection.listCommands().lLen(raw(list)));
    }

    Supplier<List<String>> lrange(String list, long from, long to) {
        return ask(connection -> connection.listCommands().lRange(raw(list), from, to));
    }

    Supplier<Long> hlen(String hash) {
        return ask(connection -> connection.hashCommands().hLen(raw(hash)));
    }

    Supplier<String> hget(String hash, String field) {
        return ask(connection -> connection.hashCommands().hGet(raw(hash), raw(field)));
    }

    /** One value, or null, for each field. */
    Supplier<List<String>> hmget(String hash, Collection<String> fields) {
        return fields.isEmpty()
                ? List::of
                : ask(connection -> connection
                        .hashCommands()
                        .hMGet(raw(hash), fields.stream().map(Reads::raw).toArray(byte[][]::new)));
    }

    Supplier<Map<String, String>> hgetall(String hash) {
        return ask(connection -> connection.hashCommands().hGetAll(raw(hash)));
    }

    Supplier<Long> zcard(String set) {
        return ask(connection -> connection.zSetCommands().zCard(raw(set)));
    }

    Supplier<Double> zscore(String set, String member) {
        return ask(connection -> connection.zSetCommands().zScore(raw(set), raw(member)));
    }

    Supplier<List<String>> zrange(String set, long from, long to) {
        return ask(connection -> connection.zSetCommands().zRange(raw(set), from, to));
    }

    Supplier<List<String>> zrangebylex(String set, Range<String> range, int most) {
        return ask(connection -> connection
                .zSetCommands()
                .zRangeByLex(raw(set), raw(range), Limit.limit().count(most)));
    }

    Supplier<Long> zlexcount(String set, Range<String> range) {
        return ask(connection -> connection.zSetCommands().zLexCount(raw(set), raw(range)));
    }

    void send() {
        if (commands.isEmpty()) {
            return;
        }
        List<Object> raw = redis.execute((RedisCallback<List<Object>>) decorated -> answers(bare(decorated)), true);
        answers = (List<?>) text(raw);
    }

    private List<Object> answers(RedisConnection connection) {
        if (connection instanceof RedisClusterConnection) {
            List<Object> each = new ArrayList<>();
            commands.forEach(command -> each.add(command.apply(connection)));
            return each;
        }
        connection.openPipeline();
        commands.forEach(command -> command.apply(connection));
        return connection.closePipeline();
    }

    /** Spring's wrapper tracks pipelined commands, and its tracking is wrong for ZLEXCOUNT. */
    private static RedisConnection bare(RedisConnection connection) {
        return connection instanceof DecoratedRedisConnection decorated ? bare(decorated.getDelegate()) : connection;
    }

    @SuppressWarnings("unchecked")
    private <T> Supplier<T> ask(Function<RedisConnection, Object> command) {
        int place = commands.size();
        commands.add(command);
        return () -> (T) answers.get(place);
    }

    /** All bytes in it as text. */
    private static Object text(Object answer) {
        if (answer instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (answer instanceof Collection<?> list) {
            List<Object> texts = new ArrayList<>();
            list.forEach(each -> texts.add(text(each)));
            return texts;
        }
        if (answer instanceof Map<?, ?> fields) {
            Map<Object, Object> texts = new LinkedHashMap<>();
            fields.forEach((field, value) -> texts.put(text(field), text(value)));
            return texts;
        }
        return answer;
    }

    private static Range<byte[]> raw(Range<String> range) {
        return Range.of(raw(range.getLowerBound()), raw(range.getUpperBound()));
    }

    private static Range.Bound<byte[]> raw(Range.Bound<String> bound) {
        return bound.getValue()
                .map(Reads::raw)
                .map(value -> bound.isInclusive() ? Range.Bound.inclusive(value) : Range.Bound.exclusive(value))
                .orElse(Range.Bound.unbounded());
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
