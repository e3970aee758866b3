package observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether Qiscus accepts our credentials, by the answers to all calls that we make anyway. A call that is refused counts
 * at once, and soon the account is asked about; if that is accepted, refusals of single rooms do not count for a minute.
 * Refused credentials make this instance not ready: it can serve nobody until a human acts, and a rollout with wrong
 * ones stops. A Qiscus that is away does not: webhooks must still be taken in, and it comes back by itself.
 */
public class QiscusHealth extends AbstractHealthCheck {
    private static final Duration LATELY = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final boolean needed;
    private final Clock clock;
    private volatile Belief belief;
    /** When the account itself was asked about last, and when that cleared it of a refusal. */
    private volatile Instant askedAt = Instant.EPOCH;

    private volatile Instant clearedAt = Instant.EPOCH;

    private enum Answer {
        ACCEPTED,
        REFUSED,
        NONE
    }

    /** @param since when it was the first of its kind */
    private record Belief(Answer answer, int status, Instant since, Instant last) {}

    /**
     * @param needed false: this instance has no workers, and no use for credentials
     * @param clock a steady one
     */
    public QiscusHealth(boolean needed, Clock clock) {
        super("assignment", "qiscus");
        this.needed = needed;
        this.clock = clock;
    }

    /**
     * @param status 0 if none came
     * @param isOfTheAccount the call was about the account; others may be refused for their room's sake
     */
    void answered(int status, boolean isOfTheAccount) {
        Answer answer = status == 401 || status == 403
                ? Answer.REFUSED
                : status > 0 && status < 500 ? Answer.ACCEPTED : Answer.NONE;
        Belief before = belief;
        Instant now = clock.instant();
        boolean wasRefused = before != null && before.answer() == Answer.REFUSED;
        if (isOfTheAccount) {
            askedAt = now;
            clearedAt = wasRefused && answer == Answer.ACCEPTED ? now : clearedAt;
        }
        boolean isOfOneRoom = answer == Answer.REFUSED && !isOfTheAccount && now.isBefore(clearedAt.plus(LATELY));
        // An outage says nothing about refused credentials.
        boolean saysNothing = answer == Answer.NONE && wasRefused;
        if (!isOfOneRoom && !saysNothing) {
            Instant since = before != null && before.answer() == answer ? before.since() : now;
            belief = new Belief(answer, status, since, now);
        }
    }

    /** Nobody called Qiscus lately, or it refused a call: so somebody should ask about the account. */
    public boolean isUncertain() {
        Belief now = belief;
        if (now == null) {
            return true;
        }
        Instant known =
                switch (now.answer()) {
                    case ACCEPTED -> now.last().plus(LATELY);
                    case REFUSED -> (askedAt.isAfter(now.since()) ? askedAt : now.since()).plus(SOON);
                    case NONE -> now.last().plus(SOON);
                };
        return known.isBefore(clock.instant());
    }

    /** 1 or 0; not a number while unknown. */
    public double accepted() {
        Belief now = belief;
        return now == null || now.answer() == Answer.NONE ? Double.NaN : now.answer() == Answer.ACCEPTED ? 1 : 0;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        if (!needed) {
            result.up().message("This instance has no workers, so it needs no credentials.");
            return;
        }
        Belief now = belief;
        if (now == null) {
            result.down().message("Qiscus was not asked yet.");
            return;
        }
        Instant since = ForPeople.at(now.since(), clock);
        switch (now.answer()) {
            case ACCEPTED ->
                result.up().message("Qiscus accepted our credentials at " + ForPeople.at(now.last(), clock) + ".");
            case REFUSED ->
                result.down()
                        .message("Qiscus refuses our credentials with " + now.status() + " since " + since
                                + ": check QISCUS_APP_ID and QISCUS_SECRET_KEY.");
            default ->
                result.up()
                        .message("Qiscus does not answer since " + since
                                + ": webhooks are taken in, and sessions wait until it does.");
        }
    }
}
