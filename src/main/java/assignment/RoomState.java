package assignment;

/** What Qiscus says about a room. */
public enum RoomState {
    /** A customer waits there for an agent. */
    WAITING,
    /** An agent is in it. */
    SERVED,
    RESOLVED,
    /** Qiscus does not know the room, as it seems. */
    MISSING,
    /** Qiscus shows the room, but not its state. */
    UNCLEAR,
    /** Qiscus works, but answers for this room with an error, or with something that is not this room. */
    WITHHELD,
    /** Qiscus could not be asked. */
    UNREADABLE;

    /** Qiscus showed this room. A gateway in front of Qiscus may also say that there is no such room. */
    public boolean isAnswer() {
        return this == WAITING || this == SERVED || this == RESOLVED || this == UNCLEAR;
    }

    /** An agent may be in it: Qiscus shows some rooms as waiting although they have an agent. */
    public boolean isOpen() {
        return isAnswer() && this != RESOLVED;
    }
}
