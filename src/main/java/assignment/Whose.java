package assignment;

/** Whose fault a failure is. The status alone never tells: a gateway answers 404 for everything during a deployment. */
public enum Whose {
    /** It meets room after room. */
    EVERYBODYS,
    /** It fails while others are served. */
    THE_ROOMS,
    /** It fails while Qiscus works otherwise, and nobody else is asked the same. */
    PERHAPS_THE_ROOMS,
    /** Nobody can tell yet. */
    OPEN;

    boolean mayBeTheRooms() {
        return this == THE_ROOMS || this == PERHAPS_THE_ROOMS;
    }
}
