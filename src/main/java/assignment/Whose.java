package assignment;

/** Whose fault a failure is. The status alone never tells: a gateway answers 404 for everything during a deployment. */
public enum Whose {
    /** It meets room after room. */
    EVERYBODYS,
    /** It fails while others are served. */
    THE_ROOMS,
    /** Nobody can tell yet. */
    OPEN
}
