package qiscus;

import assignment.Capacity;
import assignment.InvalidRequest;
import assignment.NewSession;
import assignment.Resolved;
import assignment.RoomHistory;
import com.fasterxml.jackson.annotation.JsonProperty;
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
