package assignment;

import java.time.Duration;

/**
 * A session could not be placed.
 *
 * @param reason in words, without secrets
 * @param rest how long this session is not tried again
 * @param pause how long nobody is: Qiscus answers no one at present
 * @param whose fault it is
 * @param isRefusal it was a no, so that a human must look in the end if it stays this room's fault
 * @param isFinal trying again will not help, a human must look
 * @param isOvertaken Qiscus answered others meanwhile: unless it had its turn before younger ones already, it does not rest
 */
public record Retry(
        String reason,
        Duration rest,
        Duration pause,
        FaultScope whose,
        boolean isRefusal,
        boolean isFinal,
        boolean isOvertaken) {

    public Retry(String reason, Duration rest, Duration pause, FaultScope whose, boolean isRefusal, boolean isFinal) {
        this(reason, rest, pause, whose, isRefusal, isFinal, false);
    }

    Retry overtaken() {
        return new Retry(reason, rest, pause, whose, isRefusal, isFinal, true);
    }

    /** It costs the session a try; what meets everybody costs nobody anything. */
    public boolean isItsOwn() {
        return whose == FaultScope.THIS_ROOM;
    }

    /** Qiscus said no to this one, and not to all. */
    public boolean isRefused() {
        return isRefusal && whose.mayConcernThisRoom();
    }

    /** If nobody else is asked meanwhile, something else must be, to tell whose fault it is. */
    public boolean needsEvidence() {
        return isRefusal && whose != FaultScope.ALL_ROOMS && !isFinal;
    }
}
