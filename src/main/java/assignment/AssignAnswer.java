package assignment;

import java.time.Duration;

/**
 * What we know after asking Qiscus to assign an agent to a room.
 *
 * @param outcome what the answer means
 * @param reason Qiscus's words, or a description of the failure
 * @param retryAfter how long Qiscus asked us to wait; null if it did not say
 */
public record AssignAnswer(Outcome outcome, String reason, Duration retryAfter) {

    public enum Outcome {
        /** The agent is in the room. */
        ACCEPTED,
        /** Qiscus refused. A 400 has several causes, and a gateway may have sent it: only the room can tell. */
        REFUSED,
        /** There was no answer, or one that does not say what took effect. Qiscus may have assigned the agent. */
        UNKNOWN,
        /** The call certainly took no effect, and may succeed later. */
        LATER
    }

    public boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }

    public boolean isUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    public boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    public boolean isInconclusive() {
        return isRefused() || isUnknown();
    }
}
