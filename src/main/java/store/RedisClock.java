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
 * The time to compare with times in Redis. It is the time of this machine while the two agree, and the time of Redis
 * once one of them was changed: a place in the line must not depend on which instance took the call.
 */
public class RedisClock extends Clock {
    private static final Duration AGREED = Duration.ofSeconds(1);

    private final StringRedisTemplate redis;
    private final Clock machine;
    /** By how much Redis's time is ahead of {@link System#nanoTime()}; null until it was read. */
    private volatile Duration ahead;

    public RedisClock(StringRedisTemplate redis, Clock machine) {
        this.redis = redis;
        this.machine = machine;
    }

    /** Reads the time of Redis. While Redis is away, we assume that its clock goes on. */
    public void ask() {
        try {
            Long now = redis.execute((RedisCallback<Long>)
                    connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
            ahead = Duration.ofMillis(now).minusNanos(System.nanoTime());
        } catch (DataAccessException away) {
            // The commands that need Redis report this.
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
