package assignment;

/**
 * What an HTTP status of Qiscus means for us. Where it does not say whether one room or all are affected, the evidence
 * does.
 */
public enum FaultKind {
    /** The request never left us. */
    NOT_SENT(true, true, false),
    /** It was sent, and no complete answer came. */
    NO_ANSWER(false, true, false),
    /** A success without the requested data. */
    UNREADABLE(false, false, false),
    /** Qiscus is at another address. */
    REDIRECT(true, false, false),
    /** 401. */
    CREDENTIALS(false, true, true),
    /** 403: wrong credentials, or missing permissions. */
    FORBIDDEN(false, false, true),
    /** 404. */
    NOT_FOUND(false, false, true),
    /** 408. */
    TIMEOUT(false, false, false),
    /** 429. */
    TOO_MANY_REQUESTS(true, true, false),
    /** Any other 4xx. */
    REFUSED(false, false, true),
    /** 502 to 504. */
    GATEWAY(false, true, false),
    /** Any other 5xx. */
    SERVER_ERROR(false, false, false);

    private final boolean concernsAllRooms;
    private final boolean meetsTheNextRoom;
    private final boolean isRefusal;

    FaultKind(boolean concernsAllRooms, boolean meetsTheNextRoom, boolean isRefusal) {
        this.concernsAllRooms = concernsAllRooms;
        this.meetsTheNextRoom = meetsTheNextRoom;
        this.isRefusal = isRefusal;
    }

    /** @param status of a fault, or {@link QiscusFault#NOT_SENT} or {@link QiscusFault#NO_ANSWER} instead */
    public static FaultKind of(int status) {
        return switch (status) {
            case QiscusFault.NOT_SENT -> NOT_SENT;
            case QiscusFault.NO_ANSWER -> NO_ANSWER;
            case 401 -> CREDENTIALS;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 408 -> TIMEOUT;
            case 429 -> TOO_MANY_REQUESTS;
            case 502, 503, 504 -> GATEWAY;
            default -> status < 300 ? UNREADABLE : status < 400 ? REDIRECT : status < 500 ? REFUSED : SERVER_ERROR;
        };
    }

    /** It never concerns a single room. */
    public boolean concernsAllRooms() {
        return concernsAllRooms;
    }

    /** It will probably meet the next room too, if that is asked about at once. */
    public boolean meetsTheNextRoom() {
        return meetsTheNextRoom;
    }

    /** Qiscus said no. Only such a fault can end with a human. */
    public boolean isRefusal() {
        return isRefusal;
    }

    /** Qiscus may not accept our credentials. */
    public boolean isOfCredentials() {
        return this == CREDENTIALS || this == FORBIDDEN;
    }

    /** Qiscus was not reached, or something else answered. */
    public boolean isOfTheAddress() {
        return switch (this) {
            case NOT_SENT, NO_ANSWER, REDIRECT, NOT_FOUND, GATEWAY, SERVER_ERROR -> true;
            default -> false;
        };
    }

    /** No answer came. */
    public boolean isSilence() {
        return this == NOT_SENT || this == NO_ANSWER;
    }
}
