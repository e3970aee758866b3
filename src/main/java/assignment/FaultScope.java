package assignment;

/** Whose fault a failure is. The status alone cannot tell: during a deployment a gateway answers 404 to everything. */
public enum FaultScope {
    /** Room after room fails. */
    ALL_ROOMS,
    /** This room fails while others are served. */
    THIS_ROOM,
    /** This room fails while Qiscus works otherwise, and no other session is asking the same. */
    PROBABLY_THIS_ROOM,
    /** Too early to tell. */
    OPEN;

    boolean mayConcernThisRoom() {
        return this == THIS_ROOM || this == PROBABLY_THIS_ROOM;
    }
}
