package store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What a Redis says about itself, and what it permits. Each method may throw what Spring Data throws. */
public class RedisFacts {
    private final StringRedisTemplate redis;
    private final RedisAdmission admission;
    private final RedisTrouble trouble;

    RedisFacts(StringRedisTemplate redis, RedisAdmission admission, RedisTrouble trouble) {
        this.redis = redis;
        this.admission = admission;
        this.trouble = trouble;
    }

    public void ping() {
        redis.execute((RedisCallback<String>) RedisConnection::ping);
    }

    /** All that INFO answers. */
    public Info info() {
        return new Info(redis.execute((RedisCallback<Properties>)
                connection -> connection.serverCommands().info("all")));
    }

    /** By how much its clock is ahead of ours; negative if it is behind. */
    public Duration clockAhead() {
        long before = System.currentTimeMillis();
        long theirs = admission.now();
        long ours = (before + System.currentTimeMillis()) / 2;
        return Duration.ofMillis(theirs - ours);
    }

    /** @throws UnusableRedis if our user lacks a right that the program needs */
    public void demandRights() {
        admission.demandRights();
    }

    /** @throws UnusableRedis if it has keys with our names that are not ours */
    public void demandOwnKeys() {
        admission.demandOwnKeys();
    }

    /** What a failure of these methods means and which setting to check, as the rest of a sentence about Redis. */
    public String words(DataAccessException failure) {
        String words = trouble.words(failure);
        return words != null
                ? words
                : "refuses: " + failure.getMostSpecificCause().getMessage();
    }

    /** In a Cluster each name has one value per node. */
    public record Info(Properties properties) {

        /** The distinct values; empty if this Redis does not say. */
        public List<String> of(String name) {
            List<String> values = new ArrayList<>();
            properties.forEach((key, value) -> {
                if (key.equals(name) || key.toString().endsWith("." + name)) {
                    values.add(value.toString().strip());
                }
            });
            return values.stream().distinct().sorted().toList();
        }
    }
}
