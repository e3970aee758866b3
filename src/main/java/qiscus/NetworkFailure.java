package qiscus;

import assignment.English;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Why an HTTP call has no answer, in words for operators. */
public enum NetworkFailure {
    HOST_UNKNOWN(true),
    REFUSED(true),
    NO_CONNECTION_IN_TIME(true),
    NO_FREE_CONNECTION(true),
    NO_ROUTE(true),
    NO_TLS(true),
    NO_ANSWER_IN_TIME(false),
    BROKEN(false),
    UNEXPECTED(false);

    private final boolean neverLeft;

    NetworkFailure(boolean neverLeft) {
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
        return English.say("network." + name().toLowerCase(Locale.ROOT));
    }
}
