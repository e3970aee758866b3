package assignment;

import java.time.Duration;

/** Qiscus did not do what we asked, or did not say. The message is fit for a log and for people: no token, no body. */
public class QiscusFault extends RuntimeException {
    /** In place of an HTTP status: the request never left us. */
    public static final int NOT_SENT = 0;
    /** In place of an HTTP status: it left us, and no whole answer came. */
    public static final int NO_ANSWER = -1;

    private final FaultKind kind;
    private final Duration retryAfter;

    public QiscusFault(int status, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.kind = FaultKind.of(status);
        this.retryAfter = retryAfter;
    }

    public FaultKind kind() {
        return kind;
    }

    /** How long Qiscus wants to be left alone; null if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    public boolean concernsAllRooms() {
        return kind.concernsAllRooms();
    }

    public boolean meetsTheNextRoom() {
        return kind.meetsTheNextRoom();
    }

    public boolean isRefusal() {
        return kind.isRefusal();
    }
}
