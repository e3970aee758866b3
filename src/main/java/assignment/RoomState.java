package assignment;

/** What Qiscus says of a room. */
public enum RoomState {
    /** A customer waits there for an agent. */
    WAITING,
    /** An agent is in it. */
    SERVED,
    RESOLVED,
    /** There is no such room, as it seems. */
    MISSING,
    /** Qiscus shows the room, but does not say. */
    UNCLEAR,
    /** Qiscus answers, but about this room only with an error, or with what is not this room. */
    WITHHELD,
    /** Qiscus could not be asked. */
    UNREADABLE;

    /** Qiscus showed this room. That there is none may be said by whatever stands in front of Qiscus. */
    public boolean isAnswer() {
        return this == WAITING || this == SERVED || this == RESOLVED || this == UNCLEAR;
    }

    /** An agent may be in it: Qiscus shows some rooms as waiting although an agent is there. */
    public boolean isOpen() {
        return isAnswer() && this != RESOLVED;
    }
}
