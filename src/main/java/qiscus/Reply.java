package qiscus;

import assignment.Action;
import assignment.Capacity;
import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.Resolved;
import assignment.RoomHistory;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What our callers are answered, in the form of the program that this one replaces.
 *
 * @param data absent where there is none
 */
public record Reply(boolean success, String message, Object data) {

    /** In that program's answers it is in camel case, though not in the requests. */
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

        /** Parsers quote their input in their messages, so only our own sentences are passed on. */
        public Reply refused(Exception failure) {
            return new Reply(
                    false,
                    failure instanceof InvalidRequest
                            ? failure.getMessage()
                            : "The body must be a JSON object, sent as application/json.",
                    null);
        }

        public Reply foreign() {
            return new Reply(true, "This webhook is of another app, so nothing was done.", null);
        }

        public Reply parked(Map<String, ?> parked) {
            return new Reply(true, "Success", parked);
        }

        /** What an operator did, as the history has it. */
        public Reply acted(Action action) {
            if (action.event() == null) {
                return new Reply(true, "It was so already, nothing changed.", null);
            }
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("event", action.event().event().id());
            data.put("at", action.at());
            data.putAll(action.event().data());
            return new Reply(true, action.event() + ".", data);
        }

        public Reply unknownAgent() {
            return new Reply(false, "Nothing is known of this agent.", null);
        }

        public Reply notParked() {
            return new Reply(false, "No session of this room is parked.", null);
        }

        public Reply story(RoomHistory story) {
            return new Reply(true, "Success", story);
        }

        public Reply unknownRoom() {
            return new Reply(false, "Nothing is known of this room.", null);
        }

        public Reply notStored() {
            return new Reply(false, "It could not be done at present, please try again.", null);
        }
    }
}
