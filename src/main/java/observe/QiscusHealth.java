package observe;

import assignment.FaultKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether Qiscus accepts our credentials, by the answers to calls that we make anyway. A refusal may concern only the
 * room of the call, so after one we soon ask about the account, and that answer counts. This check only informs: ready
 * means that we can accept webhooks, which does not need Qiscus.
 */
public class QiscusHealth extends AbstractHealthCheck {
    private static final Duration LATELY = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final boolean needed;
    private final Clock clock;
    private volatile Belief belief;
    /** A call was refused, and we have not asked about the account since. */
    private volatile boolean suspected;

    private volatile Instant askedAt = Instant.EPOCH;

    private enum Answer {
        ACCEPTED,
        REFUSED,
        NONE
    }

    /** @param since the first answer of this kind in a row */
    private record Belief(Answer answer, int status, Instant since, Instant last) {}

    /**
     * @param needed false: this instance does not assign, so it needs no credentials
     * @param clock a steady one
     */
    public QiscusHealth(boolean needed, Clock clock) {
        super("assignment", "qiscus");
        this.needed = needed;
        this.clock = clock;
    }

    /**
     * @param status 0 if no answer came
     * @param isOfTheAccount the call was about the account; a refusal of any other call may concern its room only
     */
    void answered(int status, boolean isOfTheAccount) {
        boolean isRefusal = FaultKind.of(status).isOfCredentials();
        if (isOfTheAccount) {
            askedAt = clock.instant();
        }
        suspected = isRefusal && !isOfTheAccount || suspected && !isOfTheAccount;
        if (status >= 200 && status < 300) {
            believe(Answer.ACCEPTED, status);
        } else if (isRefusal && isOfTheAccount) {
            believe(Answer.REFUSED, status);
        } else if ((status == 0 || status >= 500) && refusedSince() == null) {
            // Otherwise an outage says nothing about credentials that were refused before.
            believe(Answer.NONE, status);
        }
    }

    private void believe(Answer answer, int status) {
        Belief before = belief;
        Instant now = clock.instant();
        Instant since = before != null && before.answer() == answer ? before.since() : now;
        belief = new Belief(answer, status, since, now);
    }

    /** No call to Qiscus succeeded lately, so it is time to ask about the account. */
    public boolean isUncertain() {
        Belief now = belief;
        if (now == null) {
            return true;
        }
        Instant known = now.answer() == Answer.REFUSED || suspected
                ? askedAt.plus(SOON)
                : now.last().plus(now.answer() == Answer.ACCEPTED ? LATELY : SOON);
        return known.isBefore(clock.instant());
    }

    /** 1 or 0; NaN while unknown. */
    public double accepted() {
        Belief now = belief;
        return now == null || now.answer() == Answer.NONE ? Double.NaN : now.answer() == Answer.ACCEPTED ? 1 : 0;
    }

    /** Since when Qiscus has refused our credentials; null if it does not, as far as we know. */
    public Instant refusedSince() {
        Belief now = belief;
        return now != null && now.answer() == Answer.REFUSED ? now.since() : null;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        result.up().message(needed ? words() : "This instance has no workers, so it needs no credentials.");
    }

    private String words() {
        Belief now = belief;
        if (now == null) {
            return "Qiscus has not been called yet.";
        }
        Instant since = WallTime.at(now.since(), clock);
        return switch (now.answer()) {
            case ACCEPTED -> "Qiscus accepted our credentials at " + WallTime.at(now.last(), clock) + ".";
            case REFUSED ->
                "Qiscus refuses our credentials with " + now.status() + " since " + since
                        + ": check QISCUS_APP_ID and QISCUS_SECRET_KEY. Webhooks are taken in, and sessions wait.";
            case NONE ->
                "Qiscus does not answer since " + since + ": webhooks are taken in, and sessions wait until it does.";
        };
    }
}
