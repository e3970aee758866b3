package assignment;

import java.time.Clock;
import java.time.Duration;

/** Decides what to do about a room, once Qiscus has said what is in it. */
public class AssignmentCheck {
    static final String UNKNOWN_ROOM = English.say("reason.room_unknown");
    private static final String ANOTHER_HAS_IT = English.say("reason.another_has_it");

    /** After this long an unclear outcome goes to a human. */
    public static final Duration MAX_UNKNOWN = Duration.ofMinutes(10);

    private final Duration settleTime;
    private final Clock clock;

    /** What to do with a session after an assign call that Qiscus refused or did not answer. */
    public enum Step {
        /** The agent is in the room. */
        CONFIRM,
        /** The session needs nothing from us any more. */
        DROP,
        /** The session returns to its place and is tried again. */
        RETURN,
        /** Too early to know: read the room again. */
        LOOK_AGAIN,
        /** A human must decide. */
        PARK
    }

    /** What to do about a room that we hold for an agent. */
    public enum Holding {
        KEEP,
        /** Another agent is in the room: count it for them. */
        TRANSFER,
        /** No agent is in it. */
        FREE,
        /** Too early to know: Qiscus sent a webhook for its customer just now. */
        LOOK_AGAIN
    }

    public AssignmentCheck(Duration settleTime, Clock clock) {
        this.settleTime = settleTime;
        this.clock = clock;
    }

    /**
     * @param room what Qiscus says about the room now
     * @param inRoom who is in it; null if it is not open
     * @param answer what we know of the assign call
     * @param unknownForMillis milliseconds since the call went unanswered
     * @param finding whose fault it is that Qiscus did not say what is in the room; null if it did
     */
    public Step nextStep(
            RoomState room,
            InRoom inRoom,
            Session session,
            AssignAnswer answer,
            long unknownForMillis,
            Finding finding) {
        return switch (room) {
            case SERVED, WAITING, UNCLEAR ->
                switch (inRoom.who()) {
                    // Our call took effect, or an earlier one of ours did.
                    case OURS -> nowOrBefore(Step.CONFIRM, session, answer, unknownForMillis);
                    case OTHER -> nowOrBefore(Step.DROP, session, answer, unknownForMillis);
                    default -> byTheRoom(room, inRoom, session, answer, unknownForMillis);
                };
            case RESOLVED ->
                askedJustNow(session) && !saysResolved(answer) ? untilItSettles(answer, unknownForMillis) : Step.DROP;
            case MISSING, WITHHELD, UNREADABLE ->
                !answer.isUnknown()
                        ? Step.RETURN
                        : isHopeless(room, unknownForMillis, finding) ? Step.PARK : Step.LOOK_AGAIN;
        };
    }

    /** Never while other rooms cannot be read either. */
    private static boolean isHopeless(RoomState room, long unknownForMillis, Finding finding) {
        return finding.isProven() && (room == RoomState.MISSING || unknownForMillis >= MAX_UNKNOWN.toMillis());
    }

    private Step byTheRoom(RoomState room, InRoom inRoom, Session session, AssignAnswer answer, long unknownForMillis) {
        if (room == RoomState.SERVED) {
            // After an unanswered call of ours the agent is ours. After a refusal another agent has the room.
            return nowOrBefore(answer.isUnknown() ? Step.CONFIRM : Step.DROP, session, answer, unknownForMillis);
        }
        // The room list is late by seconds: after an unanswered call "still waiting" is believed only after a while.
        return inRoom.who() == InRoom.Who.LATER && unknownForMillis < MAX_UNKNOWN.toMillis()
                ? Step.LOOK_AGAIN
                : untilItSettles(answer, unknownForMillis);
    }

    /** @param step what to do about the agent in the room, unless that agent is left over from the previous service */
    private Step nowOrBefore(Step step, Session session, AssignAnswer answer, long unknownForMillis) {
        boolean mayBeBefore =
                cameBackJustNow(session) && !(answer.isUnknown() && unknownForMillis >= settleTime.toMillis());
        return mayBeBefore ? untilItSettles(answer, unknownForMillis) : step;
    }

    /** Qiscus may still show the previous agent for this customer. */
    private boolean cameBackJustNow(Session session) {
        return session.previousService() != null && askedJustNow(session);
    }

    /**
     * Qiscus may still show the previous service for this customer. A future time means that the clock was set back.
     */
    private boolean askedJustNow(Session session) {
        return Math.abs(clock.millis() - Double.parseDouble(session.firstAsked())) < settleTime.toMillis();
    }

    private static boolean saysResolved(AssignAnswer answer) {
        return answer.isRefused() && answer.reason().contains("resolved");
    }

    private Step untilItSettles(AssignAnswer answer, long unknownForMillis) {
        return answer.isUnknown() && unknownForMillis < settleTime.toMillis() ? Step.LOOK_AGAIN : Step.RETURN;
    }

    /**
     * What to do about a room that we hold.
     *
     * @param inRoom who is in it; null if it is not open
     * @param calledAgo milliseconds since Qiscus sent a webhook for its customer, as it does while it sees no agent there;
     *     null if it did not
     */
    public Holding nextStepIfHeld(RoomState room, InRoom inRoom, Finding finding, Long calledAgo) {
        return switch (room) {
            case RESOLVED -> Holding.FREE;
            case WAITING, UNCLEAR, SERVED ->
                switch (inRoom.who()) {
                    case OURS -> Holding.KEEP;
                    case OTHER -> Holding.TRANSFER;
                    case NOBODY, NOT_ANSWERED -> byTheRoom(room, calledAgo);
                    case LATER -> undecided(calledAgo);
                };
            case MISSING, WITHHELD, UNREADABLE ->
                room == RoomState.MISSING && finding.isProven() ? Holding.FREE : undecided(calledAgo);
        };
    }

    private Holding byTheRoom(RoomState room, Long calledAgo) {
        if (room == RoomState.WAITING || room == RoomState.UNCLEAR && calledAgo != null) {
            return Holding.FREE;
        }
        return calledAgo != null && calledAgo < settleTime.toMillis() ? Holding.LOOK_AGAIN : Holding.KEEP;
    }

    private static Holding undecided(Long calledAgo) {
        if (calledAgo == null) {
            return Holding.KEEP;
        }
        return calledAgo < MAX_UNKNOWN.toMillis() ? Holding.LOOK_AGAIN : Holding.FREE;
    }

    /** Why a session is parked or dropped, for the human who decides. */
    public String reason(RoomState room, InRoom inRoom, AssignAnswer answer) {
        if (inRoom != null && inRoom.who() == InRoom.Who.OTHER) {
            return ANOTHER_HAS_IT;
        }
        return switch (room) {
            case MISSING -> UNKNOWN_ROOM;
            case WITHHELD, UNREADABLE -> English.say("reason.unanswered_unreadable");
            case RESOLVED -> English.say("reason.resolved_in_qiscus");
            case SERVED -> ANOTHER_HAS_IT;
            default -> answer.reason();
        };
    }
}
