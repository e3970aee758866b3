package qiscus;

import assignment.Agent;
import assignment.AssignAnswer;
import assignment.AssignAnswer.Outcome;
import assignment.English;
import assignment.FaultKind;
import assignment.Finding;
import assignment.InRoom;
import assignment.QiscusFault;
import assignment.RoomState;
import assignment.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/** Translates Qiscus's answers into what they mean for us. */
public class AnswerReader {

    /**
     * A success without the requested data may be a proxy's page or a torn answer: it does not say what took effect.
     */
    public AssignAnswer assigned(JsonNode body, Session session, String agent) {
        JsonNode data = body == null || body.has("errors") ? MissingNode.getInstance() : body.path("data");
        String agentId = Ids.at(data.get("added_agent"), "id");
        String roomId = Ids.at(data.get("service"), "room_id");
        boolean isOurs = (agentId != null || roomId != null)
                && (agentId == null || agentId.equals(agent))
                && (roomId == null || roomId.equals(session.roomId()));
        return isOurs
                ? new AssignAnswer(Outcome.ACCEPTED, null, null)
                : new AssignAnswer(Outcome.UNKNOWN, English.say("reason.no_data"), null);
    }

    /** Any success of a removal will do, because its body is not documented. */
    public AssignAnswer removed() {
        return new AssignAnswer(Outcome.ACCEPTED, null, null);
    }

    /** The call to assign, replace or remove an agent failed. */
    public AssignAnswer notAssigned(Exception failure) {
        if (!(failure instanceof QiscusFault fault)) {
            return new AssignAnswer(Outcome.UNKNOWN, English.say("reason.unreadable"), null);
        }
        Outcome outcome =
                switch (fault.kind()) {
                    case NOT_SENT, TOO_MANY_REQUESTS -> Outcome.LATER;
                    default -> fault.isRefusal() ? Outcome.REFUSED : Outcome.UNKNOWN;
                };
        return new AssignAnswer(outcome, fault.getMessage(), fault.retryAfter());
    }

    /** A worker took the claim and stopped responding: it may have sent the call. */
    public AssignAnswer abandoned() {
        return new AssignAnswer(Outcome.UNKNOWN, English.say("reason.unanswered"), null);
    }

    /** An answer about another room says nothing about this one. */
    public RoomState room(CustomerRoom room, Session session) {
        if (room == null || !session.roomId().equals(room.roomId())) {
            return RoomState.WITHHELD;
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
        return fault.kind() == FaultKind.NOT_FOUND
                ? RoomState.MISSING
                : fault.meetsTheNextRoom() ? RoomState.UNREADABLE : RoomState.WITHHELD;
    }

    /** @param ours ids of the agents that we hold the room for */
    public InRoom inRoom(List<Agent> listed, List<String> ours) {
        return InRoom.of(listed, ours);
    }

    public InRoom compared(InRoom inRoom, List<Agent> available) {
        return inRoom.comparedWith(available);
    }

    /** A failed call does not say who is in the room. A refusal means that asking again is useless. */
    public InRoom notInRoom(Exception failure) {
        return failure instanceof QiscusFault fault && fault.isRefusal() ? InRoom.NOT_ANSWERED : InRoom.LATER;
    }

    /**
     * Accepts whatever Qiscus said about a room.
     *
     * @param finding null if it said what is in the room
     * @throws QiscusFault if asking about the next room would be useless: Qiscus could not be reached, or fails for all
     *     rooms
     */
    public RoomState readable(RoomState room, Finding finding) {
        if (room == RoomState.UNREADABLE || finding != null && finding.concernsAllRooms()) {
            throw new QiscusFault(QiscusFault.NO_ANSWER, English.say("reason.a_room_unreadable"), null);
        }
        return room;
    }
}
