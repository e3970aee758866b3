package observe;

import assignment.DisplayNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether Redis answers and may be used. It is asked in the background, so that a health check never waits for Redis.
 */
public class RedisHealth extends AbstractHealthCheck {
    /** Longer than the time-out of the client, so that it is exceeded only if something else hangs. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private static final int LONGEST_TROUBLE = 400;

    private final Runnable question;
    private final Clock clock;
    private final Failures failures = new Failures();
    private volatile Instant lastPong;
    private volatile Trouble trouble;

    private record Trouble(Instant since, String words) {}

    /**
     * @param question to Redis; throws unless Redis answers and may be used
     * @param clock a steady one
     */
    public RedisHealth(Runnable question, Clock clock) {
        super("assignment", "redis");
        this.question = question;
        this.clock = clock;
    }

    /** Asks once. Takes as long as the client waits. */
    public void ask() {
        try {
            question.run();
            lastPong = clock.instant();
            trouble = null;
        } catch (RuntimeException failure) {
            Trouble before = trouble;
            trouble = new Trouble(
                    before == null ? clock.instant() : before.since(),
                    DisplayNames.printable(failures.words(failure), LONGEST_TROUBLE));
        }
    }

    public boolean isUp() {
        return trouble() == null;
    }

    /** Null if there is no trouble. */
    private String trouble() {
        Trouble known = trouble;
        if (known != null) {
            return "Redis cannot be used since " + WallTime.at(known.since(), clock) + " (" + known.words() + ").";
        }
        Instant pong = lastPong;
        if (pong == null) {
            return "Redis has not been asked yet.";
        }
        return pong.plus(LONGEST_SILENCE).isBefore(clock.instant())
                ? "Redis does not answer since " + WallTime.at(pong, clock) + "."
                : null;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        String words = trouble();
        if (words == null) {
            result.up().message("Redis answers.");
        } else {
            result.down().message(words);
        }
    }
}
