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
 */
public record Retry(
        String reason, Duration rest, Duration pause, FaultScope whose, boolean isRefusal, boolean isFinal) {

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
