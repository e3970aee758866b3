package assignment;

import java.time.Duration;

/**
 * What is known after Qiscus was asked to put an agent into a room.
 *
 * @param outcome what to do about it
 * @param reason Qiscus's words, or what went wrong on the way
 * @param retryAfter how long Qiscus wants to be left alone; null if it did not say
 */
public record AssignAnswer(Outcome outcome, String reason, Duration retryAfter) {

    public enum Outcome {
        /** The agent is in the room. */
        ACCEPTED,
        /** A no, but its 400 has several meanings, and a gateway says no as well: the room tells. */
        REFUSED,
        /** No answer, or one that says nothing about what took effect. It may have been a yes. */
        UNKNOWN,
        /** It certainly took no effect, and later it may. */
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
