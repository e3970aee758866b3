package qiscus;

import assignment.AssignAnswer;
import assignment.AssignAnswer.Outcome;
import assignment.QiscusFault;
import assignment.RoomState;
import com.fasterxml.jackson.databind.JsonNode;

/** What Qiscus's answers mean. */
public class AnswerReader {

    /** A success that is no JSON object may be a proxy's page, or torn: it says nothing of what took effect. */
    public AssignAnswer assigned(JsonNode body) {
        return body != null && body.isObject() && !body.has("errors")
                ? new AssignAnswer(Outcome.ACCEPTED, null, null)
                : new AssignAnswer(Outcome.UNKNOWN, "Qiscus answered a success without its data", null);
    }

    public AssignAnswer notAssigned(Exception failure) {
        if (!(failure instanceof QiscusFault fault)) {
            return new AssignAnswer(Outcome.UNKNOWN, "Qiscus's answer cannot be read", null);
        }
        Outcome outcome =
                switch (fault.status()) {
                    case QiscusFault.NOT_SENT, 429 -> Outcome.LATER;
                    case 401, 403 -> Outcome.FORBIDDEN;
                    case 400, 404, 409 -> Outcome.REFUSED;
                    case QiscusFault.NO_ANSWER, 408 -> Outcome.UNKNOWN;
                    default -> fault.isRefusal() ? Outcome.NEVER : Outcome.UNKNOWN;
                };
        return new AssignAnswer(outcome, fault.getMessage(), fault.retryAfter());
    }

    /** A worker took the claim and was not heard of again: it may have sent the call. */
    public AssignAnswer abandoned() {
        return new AssignAnswer(Outcome.UNKNOWN, "the assign call stayed unanswered", null);
    }

    public RoomState room(CustomerRoom room) {
        if (room == null || room.isResolved() == null && room.isWaiting() == null) {
            return RoomState.UNCLEAR;
        }
        if (Boolean.TRUE.equals(room.isResolved())) {
            return RoomState.RESOLVED;
        }
        return room.isWaiting() == null ? RoomState.UNCLEAR : room.isWaiting() ? RoomState.WAITING : RoomState.SERVED;
    }

    public RoomState noRoom(Exception failure) {
        if (!(failure instanceof QiscusFault fault)) {
            return RoomState.WITHHELD;
        }
        return fault.status() == 404
                ? RoomState.MISSING
                : fault.meetsTheNextRoom() ? RoomState.UNREADABLE : RoomState.WITHHELD;
    }

    /**
     * Lets pass what Qiscus could say.
     *
     * @throws QiscusFault if it could not be asked: then it makes no sense to ask about the next room
     */
    public RoomState readable(RoomState room) {
        if (room == RoomState.UNREADABLE) {
            throw new QiscusFault(QiscusFault.NO_ANSWER, "a room cannot be read", null);
        }
        return room;
    }
}
