package assignment;

import java.time.Duration;

/**
 * A session could not be placed.
 *
 * @param reason in words, without secrets
 * @param rest how long to wait before this session is tried again
 * @param pause how long to wait before any session is tried: Qiscus serves none at present
 * @param scope fault it is
 * @param isRefusal Qiscus said no, so a human must decide in the end if it stays this room's fault
 * @param isFinal trying again will not help: a human must decide
 * @param isOvertaken Qiscus answered for other sessions meanwhile, so once, this session is tried again without a rest
 */
public record Retry(
        String reason,
        Duration rest,
        Duration pause,
        FaultScope scope,
        boolean isRefusal,
        boolean isFinal,
        boolean isOvertaken) {

    public Retry(String reason, Duration rest, Duration pause, FaultScope scope, boolean isRefusal, boolean isFinal) {
        this(reason, rest, pause, scope, isRefusal, isFinal, false);
    }

    Retry overtaken() {
        return new Retry(reason, rest, pause, scope, isRefusal, isFinal, true);
    }

    /** Whether it counts as an attempt of this session. A failure that meets all sessions does not. */
    public boolean isItsOwn() {
        return scope == FaultScope.THIS_ROOM;
    }

    /** Whether Qiscus refused this session, and not all of them. */
    public boolean isRefused() {
        return isRefusal && scope.mayConcernThisRoom();
    }

    /** Whether we need another call to tell whose fault it is, if no other session makes one. */
    public boolean needsEvidence() {
        return isRefusal && scope != FaultScope.ALL_ROOMS && !isFinal;
    }
}
