package assignment;

import java.time.Duration;

/** Qiscus did not do what we asked, or did not say. The message is fit for a log and for people: no token, no body. */
public class QiscusFault extends RuntimeException {
    /** In place of an HTTP status: the request never left us. */
    public static final int NOT_SENT = 0;
    /** In place of an HTTP status: it left us, and no whole answer came. */
    public static final int NO_ANSWER = -1;

    private final int status;
    private final Duration retryAfter;

    public QiscusFault(int status, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    /** How long Qiscus wants to be left alone; null if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** It can be no room's own: no connection, too many requests, or a redirect. Of all others the evidence tells. */
    public boolean concernsAllRooms() {
        return status == NOT_SENT || status == 429 || isRedirect();
    }

    /** Qiscus is elsewhere. */
    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** It makes little sense to ask about the next room at once: no answer, our credentials, a gateway. */
    public boolean meetsTheNextRoom() {
        return status <= 0 || status == 401 || status == 429 || status >= 502 && status <= 504;
    }

    /** A no. Only such a one can be for a human in the end; whether to this room or to all, others show. */
    public boolean isRefusal() {
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }
}
