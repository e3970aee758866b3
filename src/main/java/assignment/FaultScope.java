package assignment;

/** Whose fault a failure is. The status alone never tells: a gateway answers 404 for everything during a deployment. */
public enum FaultScope {
    /** It meets room after room. */
    ALL_ROOMS,
    /** It fails while others are served. */
    THIS_ROOM,
    /** It fails while Qiscus works otherwise, and nobody else is asked the same. */
    PROBABLY_THIS_ROOM,
    /** Nobody can tell yet. */
    OPEN;

    boolean mayConcernThisRoom() {
        return this == THIS_ROOM || this == PROBABLY_THIS_ROOM;
    }
}
