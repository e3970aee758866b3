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

    /**
     * It would meet the next room as well: no connection, no answer, our credentials, too many requests, a gateway, a
     * redirect.
     */
    public boolean concernsEverybody() {
        return status <= 0 || isRedirect() || isForbidden() || status == 429 || status >= 502 && status <= 504;
    }

    /** Qiscus is elsewhere. */
    public boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** Though it may look as if it met everybody, it may be the fate of one room. */
    public boolean mayConcernOneRoom() {
        return status != NOT_SENT && status != 429;
    }

    /** It makes no sense to ask about the next room: that one may be forbidden by itself is believed. */
    public boolean meetsTheNextRoom() {
        return concernsEverybody() && status != 403;
    }

    /** Qiscus refuses us, for this room or altogether. */
    public boolean isForbidden() {
        return status == 401 || status == 403;
    }

    /** Qiscus understood, and says no to this request. */
    public boolean isRefusal() {
        return status >= 400 && status < 500 && !concernsEverybody() && status != 408;
    }
}
