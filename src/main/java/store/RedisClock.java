package store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The time to compare with times in Redis. It is that of this machine while the two agree, and that of Redis when one of
 * them was set: a place in the line must not depend on which instance took the call.
 */
public class RedisClock extends Clock {
    private static final Duration AGREED = Duration.ofSeconds(1);

    private final StringRedisTemplate redis;
    private final Clock machine;
    /** What Redis's time is ahead of {@link System#nanoTime()}; null before it was asked. */
    private volatile Duration ahead;

    public RedisClock(StringRedisTemplate redis, Clock machine) {
        this.redis = redis;
        this.machine = machine;
    }

    /** Asks Redis what time it is. While it is away its clock is believed to go on. */
    public void ask() {
        try {
            Long now = redis.execute((RedisCallback<Long>)
                    connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
            ahead = Duration.ofMillis(now).minusNanos(System.nanoTime());
        } catch (DataAccessException away) {
            // That is said where Redis is needed.
        }
    }

    @Override
    public Instant instant() {
        Instant here = machine.instant();
        Duration known = ahead;
        if (known == null) {
            return here;
        }
        Instant there = Instant.EPOCH.plus(known).plusNanos(System.nanoTime());
        return Duration.between(here, there).abs().compareTo(AGREED) < 0 ? here : there;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
