package assignment;

import java.time.Duration;
import java.time.Instant;

/**
 * What a session has against it: it failed at one kind of call and was not served since.
 *
 * @param times how often it failed again while Qiscus worked for others
 * @param since when it failed first
 */
public record Charge(int times, Instant since) {
    private static final int ENOUGH = 4;

    static Charge none(Instant now) {
        return new Charge(0, now);
    }

    /** It failed again. */
    Charge after(Evidence evidence, Instant now) {
        return switch (evidence.whose()) {
            case EVERYBODYS -> none(now);
            case THE_ROOMS, PERHAPS_THE_ROOMS -> new Charge(times + 1, since);
            case OPEN -> evidence.faultsPass() ? new Charge(0, since) : this;
        };
    }

    /** A human may be asked, or a slot freed. */
    boolean isProven(Duration settleTime, Instant now) {
        return times >= ENOUGH && !now.isBefore(since.plus(settleTime));
    }
}
