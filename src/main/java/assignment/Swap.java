package assignment;

import java.time.Duration;

/**
 * Decides the next step of a session that moves from one agent to another, once Qiscus has said what is in the room.
 * The room counts for both agents meanwhile, so a step may always be repeated. The move may not be abandoned while an
 * unanswered call may still take effect.
 */
public class Swap {
    private final Duration settleTime;

    public enum Step {
        /** Remove the previous agent from the room. */
        REMOVE,
        /** No agent is in it: assign the next agent. */
        ASSIGN,
        /** The previous agent could not be removed: ask once to replace them. */
        REPLACE,
        /** The next agent is in the room. */
        CONFIRM,
        /** There is nothing to move any more: the room counts for the agent who is in it. */
        END,
        /** No agent is in it, and the next agent could not be assigned: go on as after any assign call. */
        VACATED,
        /** Qiscus does not allow it: a human must decide, and the previous agent keeps the room. */
        PARK,
        /** The session stays in line; nothing has happened. */
        RETURN,
        /** Too early to know: read the room again. */
        LOOK_AGAIN
    }

    public Swap(Duration settleTime) {
        this.settleTime = settleTime;
    }

    /** Who is in the room of a move. */
    private enum Found {
        BEFORE,
        NEXT,
        OTHER,
        NOBODY,
        NOT_TOLD,
        LATER;

        static Found of(InRoom inRoom, String before, String next) {
            if (inRoom.has(before)) {
                return BEFORE;
            }
            if (inRoom.has(next)) {
                return NEXT;
            }
            return switch (inRoom.who()) {
                case OURS, OTHER -> OTHER;
                case NOBODY -> NOBODY;
                case NOT_ANSWERED -> NOT_TOLD;
                case LATER -> LATER;
            };
        }
    }

    /**
     * The next step before anything was changed, or after a change stayed unclear.
     *
     * @param inRoom who is in the room; null if it is not open
     * @param isAnswered whether the room shows an answer to the customer
     * @param next id of the agent who is to get the room
     * @param unknownForMillis milliseconds since a call went unanswered; 0 if none did
     * @param finding whose fault it is that Qiscus did not say what is in the room; null if it did
     */
    public Step before(
            RoomState room,
            InRoom inRoom,
            boolean isAnswered,
            Session session,
            String next,
            long unknownForMillis,
            Finding finding) {
        if (room == RoomState.RESOLVED) {
            return Step.END;
        }
        boolean isHopeless = unknownForMillis >= AssignmentCheck.MAX_UNKNOWN.toMillis();
        if (!room.isOpen()) {
            boolean isProven = finding != null && finding.isProven();
            return unknownForMillis == 0
                    ? Step.RETURN
                    : isProven && (isHopeless || room == RoomState.MISSING) ? Step.PARK : Step.LOOK_AGAIN;
        }
        boolean mayTakeEffect = unknownForMillis > 0 && unknownForMillis < settleTime.toMillis();
        return switch (Found.of(inRoom, session.move().from(), next)) {
            case NEXT -> Step.CONFIRM;
            case OTHER -> mayTakeEffect ? Step.LOOK_AGAIN : Step.END;
            case LATER -> unknownForMillis == 0 ? Step.RETURN : isHopeless ? Step.PARK : Step.LOOK_AGAIN;
            // Some lists do not name agents who are offline, so an empty room may still have the previous agent.
            case BEFORE, NOBODY, NOT_TOLD -> {
                boolean isReplaced = session.move().replaced();
                boolean isOver = isAnswered && !session.move().isByHand();
                if (mayTakeEffect && (isOver || isReplaced)) {
                    yield Step.LOOK_AGAIN;
                }
                if (isOver || !isHopeless && !isReplaced) {
                    yield isOver ? Step.END : Step.REMOVE;
                }
                boolean isEmpty = inRoom.who() == InRoom.Who.NOBODY && room != RoomState.SERVED;
                yield isEmpty ? Step.VACATED : Step.PARK;
            }
        };
    }

    public Step afterRemoval(AssignAnswer removal) {
        return switch (removal.outcome()) {
            case ACCEPTED -> Step.ASSIGN;
            case REFUSED -> Step.REPLACE;
            case LATER -> Step.RETURN;
            case UNKNOWN -> Step.LOOK_AGAIN;
        };
    }

    /**
     * The previous agent was removed, and the next one was to be assigned.
     *
     * @param room what Qiscus has said about the room since
     */
    public Step afterAssigning(RoomState room, InRoom inRoom, Session session, String next, AssignAnswer answer) {
        if (answer.isAccepted()) {
            return Step.CONFIRM;
        }
        if (!room.isOpen()) {
            return room == RoomState.RESOLVED ? Step.END : Step.LOOK_AGAIN;
        }
        return switch (Found.of(inRoom, session.move().from(), next)) {
            case NEXT -> Step.CONFIRM;
            case OTHER -> answer.isUnknown() ? Step.LOOK_AGAIN : Step.END;
            case BEFORE -> answer.isRefused() ? Step.REPLACE : Step.LOOK_AGAIN;
            case NOBODY -> Step.VACATED;
            case NOT_TOLD -> answer.isRefused() && room == RoomState.SERVED ? Step.REPLACE : Step.VACATED;
            case LATER -> Step.LOOK_AGAIN;
        };
    }

    /** Qiscus was asked to replace the previous agent. @param room what it has said about the room since */
    public Step afterReplacing(RoomState room, InRoom inRoom, Session session, String next, AssignAnswer answer) {
        boolean tookNoEffect = !answer.isAccepted() && !answer.isUnknown();
        Step unclear = tookNoEffect ? Step.RETURN : Step.LOOK_AGAIN;
        if (!room.isOpen()) {
            return room == RoomState.RESOLVED ? Step.END : unclear;
        }
        Step cannotBeTaken = answer.isRefused() ? Step.PARK : unclear;
        return switch (Found.of(inRoom, session.move().from(), next)) {
            case NEXT -> Step.CONFIRM;
            case OTHER -> tookNoEffect ? Step.END : Step.LOOK_AGAIN;
            case BEFORE -> cannotBeTaken;
            // An operator may move a session that has just got its agent, and Qiscus may not show that agent yet.
            case NOBODY -> room == RoomState.SERVED || session.move().isByHand() ? cannotBeTaken : Step.VACATED;
            case NOT_TOLD -> answer.isAccepted() ? Step.CONFIRM : cannotBeTaken;
            case LATER -> unclear;
        };
    }

    /** The room as we hold it after the swap. */
    public HeldRoom held(Session session) {
        return new HeldRoom(session, session.move().from(), null);
    }

    /** What we know of a call with an unclear effect. */
    public AssignAnswer unclear(AssignAnswer answer) {
        return answer.isUnknown()
                ? answer
                : new AssignAnswer(
                        AssignAnswer.Outcome.UNKNOWN,
                        answer.isAccepted() ? English.say("reason.still_in_room") : answer.reason(),
                        null);
    }

    /** Why a session ends or is parked, for the human who decides. */
    public String reason(Step step, RoomState room, InRoom inRoom, Session session, AssignAnswer answer) {
        if (step == Step.PARK && room == RoomState.MISSING) {
            return AssignmentCheck.UNKNOWN_ROOM;
        }
        if (step == Step.PARK) {
            String words = answer != null && answer.isRefused() || session.reason() == null
                    ? answer.reason()
                    : session.reason();
            return English.say("reason.not_taken_from", "agent", session.move().fromShown(), "reason", words);
        }
        return room == RoomState.RESOLVED
                ? English.say("reason.resolved_in_qiscus")
                : English.say(inRoom.who() == InRoom.Who.OTHER ? "reason.another_has_it" : "reason.agent_answered");
    }
}
