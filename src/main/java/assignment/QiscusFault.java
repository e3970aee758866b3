package assignment;

import java.time.Duration;

/** Qiscus did not do what we asked, or we do not know. The message is fit for the log: it has no token and no body. */
public class QiscusFault extends RuntimeException {
    /** In place of an HTTP status: the request was never sent. */
    public static final int NOT_SENT = 0;
    /** In place of an HTTP status: it was sent, and no complete answer came. */
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

    /** How long Qiscus asked us to wait; null if it did not say. */
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
