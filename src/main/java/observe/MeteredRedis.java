package observe;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Measures every call to Redis, by scripts and by Camel's component, and counts failures. */
public class MeteredRedis extends StringRedisTemplate {
    private final StringRedisTemplate redis;
    private final Meters meters;

    public MeteredRedis(StringRedisTemplate redis, Meters meters) {
        super(redis.getRequiredConnectionFactory());
        this.redis = redis;
        this.meters = meters;
    }

    /** All other methods call this one. */
    @Override
    public <T> T execute(RedisCallback<T> action, boolean exposeConnection, boolean pipeline) {
        long start = System.nanoTime();
        try {
            return redis.execute(action, exposeConnection, pipeline);
        } catch (RuntimeException failure) {
            meters.redisFailed();
            throw failure;
        } finally {
            meters.calledRedis(System.nanoTime() - start);
        }
    }
}
