package assignment;

/** What Qiscus says of a room. */
public enum RoomState {
    /** A customer waits there for an agent. */
    WAITING,
    /** Somebody is in it. */
    SERVED,
    RESOLVED,
    /** Qiscus knows no such room. */
    MISSING,
    /** Qiscus answers, but does not say. */
    UNCLEAR,
    /** Qiscus answers, but about this room only with an error. */
    WITHHELD,
    /** Qiscus could not be asked. */
    UNREADABLE;

    /** For certain: who has it in his count does not serve it. */
    public boolean isNotServed() {
        return this == WAITING || this == RESOLVED || this == MISSING;
    }
}
