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
        /** Qiscus says no, but its 400 has several meanings: the room tells which. */
        REFUSED,
        /** No answer, or one that says nothing about what took effect. It may have been a yes. */
        UNKNOWN,
        /** It certainly took no effect, and later it may. */
        LATER,
        /** It certainly took no effect: Qiscus refuses us, for this room or altogether. */
        FORBIDDEN,
        /** It certainly took no effect and never will. */
        NEVER
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

    public boolean isDoubtful() {
        return isRefused() || isUnknown();
    }

    public boolean isFinal() {
        return outcome == Outcome.NEVER;
    }
}
