package qiscus;

import assignment.Action;
import assignment.AgentState;
import assignment.Capacity;
import assignment.English;
import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.Resolved;
import assignment.RoomHistory;
import assignment.SessionPage;
import assignment.SessionState;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer to a caller, in the format of the program that this one replaces.
 *
 * @param data absent if there is none
 */
public record Reply(boolean success, String message, Object data) {

    /** That program uses camel case in its answers, although not in its requests. */
    public record CapacityInForce(
            @JsonProperty("maxCustomerPerAgent") int maxCustomerPerAgent) {}

    /** Bound as a bean: the methods that routes call. */
    public static class Writer {

        public Reply queued(NewSession call) {
            return new Reply(true, "Room " + call.roomId() + " is in the queue.", null);
        }

        public Reply changed(Resolved what) {
            return new Reply(true, what + ".", null);
        }

        public Reply capacity(Capacity capacity) {
            return new Reply(true, "Success", new CapacityInForce(capacity.maxCustomerPerAgent()));
        }

        /** Parsers quote their input in their messages, so we pass on our own sentences only. */
        public Reply refused(Exception failure) {
            return new Reply(
                    false,
                    failure instanceof InvalidRequest ? failure.getMessage() : English.say("refusal.json"),
                    null);
        }

        /** The HTTP status for a request that is invalid, or that the present state does not allow. */
        public int status(Exception failure) {
            return failure instanceof InvalidRequest refusal ? refusal.status() : 400;
        }

        public Reply foreign() {
            return new Reply(true, "This webhook is for another app, so nothing was done.", null);
        }

        public Reply parked(Map<String, ?> parked) {
            return new Reply(true, "Success", parked);
        }

        /** What an operator did, as the history shows it. */
        public Reply acted(Action action) {
            if (action.event() == null) {
                return new Reply(true, English.say("refusal.so_already"), null);
            }
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("event", action.event().event().id());
            data.put("at", action.at());
            data.putAll(action.event().data());
            return new Reply(true, action.event() + ".", data);
        }

        /** Where a session is now. */
        public Reply session(SessionState session) {
            return new Reply(true, session + ".", session);
        }

        public Reply sessions(SessionPage page) {
            return new Reply(true, "Success", page);
        }

        public Reply agents(List<AgentState> agents) {
            return new Reply(true, "Success", Map.of("agents", agents));
        }

        public Reply history(RoomHistory history) {
            return new Reply(true, "Success", history);
        }

        public Reply notStored() {
            return new Reply(false, English.say("refusal.not_stored"), null);
        }
    }
}
