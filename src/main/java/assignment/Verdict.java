package assignment;

import java.time.Duration;

/** What to do about a session after an assign call that Qiscus refused or did not answer, once the room was read. */
public class Verdict {
    /** So often a room may be refused while it waits: under load the same 400 goes away by itself. */
    static final int REFUSALS = 5;

    private final Duration settleTime;

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

    public Verdict(Duration settleTime) {
        this.settleTime = settleTime;
    }

    /**
     * @param room what Qiscus says of the room now
     * @param answer what is known of the assign call
     * @param doubtedFor milliseconds since the call went unanswered
     */
    public Step on(RoomState room, Session session, AssignAnswer answer, long doubtedFor) {
        return switch (room) {
            case RESOLVED -> Step.DROP;
            case MISSING -> Step.PARK;
            // After our own unanswered call it was us. After a refusal somebody else has it.
            case SERVED -> answer.isUnknown() ? Step.CONFIRM : Step.DROP;
            // The room lags behind by seconds: "still waiting" is only believed after a while.
            case WAITING, UNCLEAR ->
                answer.isUnknown()
                        ? doubtedFor < settleTime.toMillis() ? Step.LOOK_AGAIN : Step.RETURN
                        : session.refusals() + 1 < REFUSALS ? Step.RETURN : Step.PARK;
            case UNREADABLE -> answer.isUnknown() ? Step.LOOK_AGAIN : Step.RETURN;
        };
    }

    /** Why a session is parked, for the human who looks. */
    public String reason(RoomState room, AssignAnswer answer) {
        return room == RoomState.MISSING ? "Qiscus does not know the room" : answer.reason();
    }
}
