package assignment;

import java.time.Clock;
import java.time.Duration;

/** What to do about a session after an assign call that Qiscus refused or did not answer, once the room was read. */
public class Verdict {
    static final String UNKNOWN_ROOM = "Qiscus does not know the room";

    /** An outcome that cannot be found out for so long is a human's business. */
    public static final Duration LONGEST_DOUBT = Duration.ofMinutes(10);

    private final Duration settleTime;
    private final Clock clock;

    public enum Step {
        /** The agent is in the room. */
        CONFIRM,
        /** Nothing is left to do. */
        DROP,
        /** Back to its place, to be tried again. */
        RETURN,
        /** Too early to know: read the room again. */
        LOOK_AGAIN,
        /** A human must look. */
        PARK
    }

    public Verdict(Duration settleTime, Clock clock) {
        this.settleTime = settleTime;
        this.clock = clock;
    }

    /**
     * @param room what Qiscus says of the room now
     * @param answer what is known of the assign call
     * @param doubtedFor milliseconds since the call went unanswered
     * @param finding whose fault it is that Qiscus did not say what is in the room; null if it did
     */
    public Step on(RoomState room, Session session, AssignAnswer answer, long doubtedFor, Finding finding) {
        return switch (room) {
            // After our own unanswered call it was us. After a refusal somebody else has it.
            case SERVED -> answer.isUnknown() ? byUsOrBefore(session, doubtedFor) : byOthersOrBefore(session);
            case RESOLVED ->
                askedJustNow(session) && !saysResolved(answer) ? untilItSettles(answer, doubtedFor) : Step.DROP;
            // It lags behind by seconds: after an unanswered call "still waiting" is only believed after a while.
            case WAITING, UNCLEAR -> untilItSettles(answer, doubtedFor);
            case MISSING, WITHHELD, UNREADABLE ->
                !answer.isUnknown() ? Step.RETURN : isHopeless(room, doubtedFor, finding) ? Step.PARK : Step.LOOK_AGAIN;
        };
    }

    /** Never while others cannot be read either. */
    private static boolean isHopeless(RoomState room, long doubtedFor, Finding finding) {
        return finding.isProven() && (room == RoomState.MISSING || doubtedFor >= LONGEST_DOUBT.toMillis());
    }

    private Step byUsOrBefore(Session session, long doubtedFor) {
        return cameBackJustNow(session) && doubtedFor < settleTime.toMillis() ? Step.LOOK_AGAIN : Step.CONFIRM;
    }

    private Step byOthersOrBefore(Session session) {
        return cameBackJustNow(session) ? Step.RETURN : Step.DROP;
    }

    /** He may still be shown with the agent before. */
    private boolean cameBackJustNow(Session session) {
        return session.previousService() != null && askedJustNow(session);
    }

    /** He may still be shown with the service before. A time to come is one before the clock was set back. */
    private boolean askedJustNow(Session session) {
        return Math.abs(clock.millis() - Double.parseDouble(session.firstAsked())) < settleTime.toMillis();
    }

    private static boolean saysResolved(AssignAnswer answer) {
        return answer.isRefused() && answer.reason().contains("resolved");
    }

    private Step untilItSettles(AssignAnswer answer, long doubtedFor) {
        return answer.isUnknown() && doubtedFor < settleTime.toMillis() ? Step.LOOK_AGAIN : Step.RETURN;
    }

    /** Why a session is parked or dropped, for the human who looks. */
    public String reason(RoomState room, AssignAnswer answer) {
        return switch (room) {
            case MISSING -> UNKNOWN_ROOM;
            case WITHHELD, UNREADABLE -> "the assign call stayed unanswered and the room cannot be read";
            case RESOLVED -> "it is resolved in Qiscus";
            case SERVED -> "somebody else has it in Qiscus";
            default -> answer.reason();
        };
    }
}
