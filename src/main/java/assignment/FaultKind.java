package assignment;

/** What an HTTP status of Qiscus means for us. Whether a fault is of one room or of all, the evidence tells where this does not. */
public enum FaultKind {
    /** The request never left us. */
    NOT_SENT(true, true, false),
    /** It left us, and no whole answer came. */
    NO_ANSWER(false, true, false),
    /** A success without what was asked for. */
    UNREADABLE(false, false, false),
    /** Qiscus is elsewhere. */
    REDIRECT(true, false, false),
    /** 401. */
    CREDENTIALS(false, true, true),
    /** 403: the credentials, or what they may not do. */
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

    /** @param status of a fault; {@link QiscusFault#NOT_SENT} and {@link QiscusFault#NO_ANSWER} stand for none */
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

    /** It can be no room's own. */
    public boolean concernsAllRooms() {
        return concernsAllRooms;
    }

    /** It makes little sense to ask about the next room at once. */
    public boolean meetsTheNextRoom() {
        return meetsTheNextRoom;
    }

    /** A no. Only such a one can be for a human in the end. */
    public boolean isRefusal() {
        return isRefusal;
    }

    /** Qiscus may not know our credentials. */
    public boolean isOfCredentials() {
        return this == CREDENTIALS || this == FORBIDDEN;
    }

    /** Qiscus was not there, or what answered is not Qiscus. */
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
