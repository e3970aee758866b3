package qiscus;

import assignment.DisplayNames;
import assignment.QiscusFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Puts what camel-http throws into words, and tells apart what certainly did not reach Qiscus. */
public class QiscusFaults {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(LONGEST_PAUSE.toSeconds());
    private static final int LONGEST_MESSAGE = 160;
    private static final int PROXY_WANTS_LOGIN = 407;

    private final ObjectMapper json;
    private final List<String> secrets;

    /** @param secrets of ours, in case that Qiscus repeats them; null for those that are not set */
    public QiscusFaults(ObjectMapper json, String... secrets) {
        this.json = json;
        this.secrets = Stream.of(secrets).filter(Objects::nonNull).toList();
    }

    /**
     * Lets a success pass.
     *
     * @param status of an answer that is no error of the server
     * @param location where a redirect leads
     * @throws QiscusFault if it is a refusal
     */
    public void check(int status, String retryAfter, String location, byte[] body) {
        if (status == PROXY_WANTS_LOGIN) {
            throw refusedByProxy(status);
        }
        if (status >= 300 && status < 400) {
            throw new QiscusFault(status, "Qiscus answered " + status + ": " + redirect(location), null);
        }
        if (status >= 300) {
            throw answered(status, new String(body, StandardCharsets.UTF_8), retryAfter(retryAfter));
        }
    }

    /** Without the path: it may hold a session or a token. */
    private static String redirect(String location) {
        String leads = "QISCUS_BASE_URL redirects to ";
        try {
            URI to = URI.create(location == null ? "" : location.strip());
            return to.getHost() == null
                    ? leads + "another path, it must be the address of the API itself"
                    : leads
                            + DisplayNames.printable(
                                    to.getScheme() + "://" + to.getHost()
                                            + (to.getPort() < 0 ? "" : ":" + to.getPort()),
                                    LONGEST_MESSAGE)
                            + ", set it to where it leads";
        } catch (IllegalArgumentException unreadable) {
            return leads + "what is no URL";
        }
    }

    private static QiscusFault refusedByProxy(int status) {
        return new QiscusFault(
                QiscusFault.NOT_SENT,
                "Qiscus cannot be reached, the proxy of HTTPS_PROXY or HTTP_PROXY answered " + status,
                null);
    }

    /** Always throws: what was read is none of what was asked for. */
    public void unreadable() {
        throw new QiscusFault(200, "Qiscus's answer cannot be read", null);
    }

    /** Always throws: the fault that stands for this failure. */
    public void raise(Exception failure) {
        throw of(failure);
    }

    /**
     * What is wrong with one room. A parser quotes what it read, so it is only named.
     *
     * @throws QiscusFault this one, if it would meet the next room as well
     */
    public String ofOneRoom(Exception failure) {
        if (!(failure instanceof QiscusFault fault)) {
            return failure.getClass().getSimpleName();
        }
        if (fault.meetsTheNextRoom()) {
            throw fault;
        }
        return fault.getMessage();
    }

    /** What it says, however deep it is wrapped. Others may quote what they read, and are only named. */
    public String words(Exception failure) {
        Throwable cause = failure;
        while (!(cause instanceof QiscusFault) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof QiscusFault
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
    }

    QiscusFault of(Exception thrown) {
        Throwable failure = thrown;
        // The breaker calls on another thread, and hands on what that one threw in wrappers.
        while ((failure instanceof RuntimeCamelException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure instanceof QiscusFault fault) {
            return fault;
        }
        if (failure instanceof HttpOperationFailedException answer) {
            return answered(answer.getStatusCode(), answer.getResponseBody(), retryAfter(answer.getResponseHeaders()));
        }
        if (failure instanceof CallNotPermittedException) {
            return new QiscusFault(QiscusFault.NOT_SENT, "Qiscus failed too often and is left alone for a while", null);
        }
        if (failure.getCause() instanceof TunnelRefusedException refused) {
            return refusedByProxy(refused.getResponse().getCode());
        }
        String kind = failure.getClass().getSimpleName();
        return neverLeft(failure)
                ? new QiscusFault(QiscusFault.NOT_SENT, "Qiscus cannot be reached (" + kind + ")", null)
                : new QiscusFault(QiscusFault.NO_ANSWER, "Qiscus did not answer (" + kind + ")", null);
    }

    private QiscusFault answered(int status, String body, Duration retryAfter) {
        String said = wordsOf(body);
        return new QiscusFault(status, "Qiscus answered " + status + (said.isEmpty() ? "" : ": " + said), retryAfter);
    }

    private static boolean neverLeft(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof ConnectionRequestTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException;
    }

    /** {@code {"errors":"text"}} and {@code {"errors":{"message":"text"}}} say why; of anything else nothing is kept. */
    private String wordsOf(String body) {
        if (body == null || body.isBlank()) {
            return "";
        }
        try {
            JsonNode errors = json.readTree(body).path("errors");
            String words = errors.isTextual()
                    ? errors.asText()
                    : errors.path("message").asText("");
            for (String secret : secrets) {
                words = words.replace(secret, "<our secret>");
            }
            return DisplayNames.printable(words, LONGEST_MESSAGE);
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    static Duration retryAfter(Map<String, String> headers) {
        return headers == null
                ? null
                : retryAfter(headers.entrySet().stream()
                        .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null));
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3), at most five minutes; null if there is none or it is neither. */
    private static Duration retryAfter(String value) {
        if (value == null) {
            return null;
        }
        String wish = value.strip();
        if (wish.matches("\\d+")) {
            return Duration.ofSeconds(new BigInteger(wish).min(MOST_SECONDS).longValue());
        }
        Instant date = DateUtils.parseStandardDate(wish);
        if (date == null) {
            return null;
        }
        Duration until = Duration.between(Instant.now(), date);
        return until.isNegative() ? Duration.ZERO : until.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : until;
    }
}
