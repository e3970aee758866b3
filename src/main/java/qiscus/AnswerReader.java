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

/** What Qiscus's answers mean. */
public class AnswerReader {

    /** A success without what was asked for may be a proxy's page, or torn: it says nothing of what took effect. */
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

    /** Of a removal any success is one: what its body says is not documented. */
    public AssignAnswer removed() {
        return new AssignAnswer(Outcome.ACCEPTED, null, null);
    }

    /** The call failed that was to assign, to replace or to remove an agent. */
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

    /** A worker took the claim and was not heard of again: it may have sent the call. */
    public AssignAnswer abandoned() {
        return new AssignAnswer(Outcome.UNKNOWN, English.say("reason.unanswered"), null);
    }

    /** What is not the room that was asked for says nothing of it. */
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

    /** A call that fails says nothing about who is in the room; a refusal says that there is no use in asking. */
    public InRoom notInRoom(Exception failure) {
        return failure instanceof QiscusFault fault && fault.isRefusal() ? InRoom.NOT_ANSWERED : InRoom.LATER;
    }

    /**
     * Lets pass what Qiscus could say.
     *
     * @param finding null if it said what is in the room
     * @throws QiscusFault if it makes no sense to ask about the next room: it could not be asked, or fails for all
     */
    public RoomState readable(RoomState room, Finding finding) {
        if (room == RoomState.UNREADABLE || finding != null && finding.concernsAllRooms()) {
            throw new QiscusFault(QiscusFault.NO_ANSWER, English.say("reason.a_room_unreadable"), null);
        }
        return room;
    }
}
