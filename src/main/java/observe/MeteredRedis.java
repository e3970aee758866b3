package observe;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Times every call to Redis, of the scripts and of Camel's component, and counts those that fail. */
public class MeteredRedis extends StringRedisTemplate {
    private final StringRedisTemplate redis;
    private final Meters meters;

    public MeteredRedis(StringRedisTemplate redis, Meters meters) {
        super(redis.getRequiredConnectionFactory());
        this.redis = redis;
        this.meters = meters;
    }

    /** All other methods end here. */
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
