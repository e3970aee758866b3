package qiscus;

import assignment.QiscusFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Puts what camel-http throws into words, and tells apart what certainly did not reach Qiscus. */
public class QiscusFaults {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LONGEST_MESSAGE = 160;

    private final ObjectMapper json;

    public QiscusFaults(ObjectMapper json) {
        this.json = json;
    }

    /** Always throws: the fault that stands for this failure. */
    public void raise(Exception failure) {
        throw of(failure);
    }

    QiscusFault of(Exception failure) {
        if (failure instanceof QiscusFault fault) {
            return fault;
        }
        if (failure instanceof HttpOperationFailedException answer) {
            String said = wordsOf(answer.getResponseBody());
            return new QiscusFault(answer.getStatusCode(),
                    "Qiscus answered " + answer.getStatusCode() + (said.isEmpty() ? "" : ": " + said),
                    retryAfter(answer.getResponseHeaders()));
        }
        String kind = failure.getClass().getSimpleName();
        return neverLeft(failure)
                ? new QiscusFault(QiscusFault.NOT_SENT, "Qiscus cannot be reached (" + kind + ")", null)
                : new QiscusFault(QiscusFault.NO_ANSWER, "Qiscus did not answer (" + kind + ")", null);
    }

    private static boolean neverLeft(Exception failure) {
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
            String words = errors.isTextual() ? errors.asText() : errors.path("message").asText("");
            return words.substring(0, Math.min(words.length(), LONGEST_MESSAGE)).replaceAll("\\p{Cntrl}+", " ").strip();
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3), at most five minutes; null if there is none or it is neither. */
    static Duration retryAfter(Map<String, String> headers) {
        String value = headers == null ? null : headers.entrySet().stream()
                .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue).findFirst().orElse(null);
        if (value == null) {
            return null;
        }
        try {
            Duration wish = value.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(Instant.now(),
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            return wish.isNegative() ? Duration.ZERO : wish.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wish;
        } catch (DateTimeParseException neither) {
            return null;
        }
    }
}
