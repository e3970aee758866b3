package qiscus;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Why a call over HTTP has no answer, in words for operators. */
public enum NetworkFailure {
    HOST_UNKNOWN("host name unknown", true),
    REFUSED("connection refused", true),
    NO_CONNECTION_IN_TIME("connecting timed out", true),
    NO_FREE_CONNECTION("no connection is free", true),
    NO_ROUTE("no route to the host", true),
    NO_TLS("TLS handshake failed", true),
    NO_ANSWER_IN_TIME("timed out", false),
    BROKEN("connection broken", false),
    UNEXPECTED("unexpected failure", false);

    private final String words;
    private final boolean neverLeft;

    NetworkFailure(String words, boolean neverLeft) {
        this.words = words;
        this.neverLeft = neverLeft;
    }

    public static NetworkFailure of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return HOST_UNKNOWN;
        } else if (failure instanceof ConnectTimeoutException) {
            return NO_CONNECTION_IN_TIME;
        } else if (failure instanceof ConnectionRequestTimeoutException) {
            return NO_FREE_CONNECTION;
        } else if (failure instanceof ConnectException) {
            return REFUSED;
        } else if (failure instanceof NoRouteToHostException) {
            return NO_ROUTE;
        } else if (failure instanceof SSLHandshakeException) {
            return NO_TLS;
        } else if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return NO_ANSWER_IN_TIME;
        }
        return failure instanceof IOException ? BROKEN : UNEXPECTED;
    }

    /** The request certainly did not arrive. */
    boolean neverLeft() {
        return neverLeft;
    }

    @Override
    public String toString() {
        return words;
    }
}
