package assignment;

/** What Qiscus says of a room. */
public enum RoomState {
    /** A customer waits there for an agent. */
    WAITING,
    /** Somebody is in it. */
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

    /** Somebody may be in it, whatever else Qiscus shows: it shows some rooms as waiting in which an agent is. */
    public boolean isOpen() {
        return isAnswer() && this != RESOLVED;
    }
}
