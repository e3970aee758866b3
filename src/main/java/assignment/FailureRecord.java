package assignment;

import java.time.Duration;
import java.time.Instant;

/**
 * The failures of a session at one kind of call, since it was last served.
 *
 * @param times how often it failed again while Qiscus worked for others
 * @param since when it first failed
 */
public record FailureRecord(int times, Instant since) {
    private static final int ENOUGH = 4;

    static FailureRecord none(Instant now) {
        return new FailureRecord(0, now);
    }

    /** It failed again. */
    FailureRecord after(Evidence evidence, Instant now) {
        return switch (evidence.scope()) {
            case ALL_ROOMS -> none(now);
            case THIS_ROOM, PROBABLY_THIS_ROOM -> new FailureRecord(times + 1, since);
            case OPEN -> evidence.faultsPass() ? new FailureRecord(0, since) : this;
        };
    }

    /** Whether a human may be asked, or a slot freed. */
    boolean isProven(Duration settleTime, Instant now) {
        return times >= ENOUGH && !now.isBefore(since.plus(settleTime));
    }
}
