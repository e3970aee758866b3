package qiscus;

import assignment.DisplayNames;
import assignment.English;
import assignment.QiscusFault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.client5.http.utils.DateUtils;

/** Turns what camel-http throws into words, and tells which requests certainly did not reach Qiscus. */
public class QiscusFaults {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(LONGEST_PAUSE.toSeconds());
    private static final int LONGEST_MESSAGE = 160;
    private static final int PROXY_WANTS_LOGIN = 407;

    private final ObjectMapper json;
    private final List<String> secrets;

    /** @param secrets ours, to be masked if Qiscus repeats them; null where one is not set */
    public QiscusFaults(ObjectMapper json, String... secrets) {
        this.json = json;
        this.secrets = Stream.of(secrets).filter(Objects::nonNull).toList();
    }

    /**
     * Accepts a success.
     *
     * @param status of an answer that is not a server error
     * @param location the target of a redirect
     * @throws QiscusFault if the answer is a refusal
     */
    public void check(int status, String retryAfter, String location, byte[] body) {
        if (status == PROXY_WANTS_LOGIN) {
            throw refusedByProxy(status);
        }
        if (status >= 300 && status < 400) {
            throw new QiscusFault(status, answered(status, redirect(location)), null);
        }
        if (status >= 300) {
            throw answered(status, new String(body, StandardCharsets.UTF_8), retryAfter(retryAfter));
        }
    }

    /** Without the path, which may contain a session or a token. */
    private static String redirect(String location) {
        String leads = "QISCUS_BASE_URL redirects to ";
        try {
            URI to = URI.create(location == null ? "" : location.strip());
            return to.getHost() == null
                    ? leads + "another path, but it must be the address of the API itself"
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
        return new QiscusFault(QiscusFault.NOT_SENT, English.say("reason.proxy_answered", "status", status), null);
    }

    /** Always throws: the answer is not what we asked for. */
    public void unreadable() {
        throw new QiscusFault(200, English.say("reason.unreadable"), null);
    }

    /** Always throws the fault that describes this failure. */
    public void raise(Exception failure) {
        throw of(failure);
    }

    /** A server error, as Qiscus answered it. */
    record ServerError(int status, String body) {}

    /** Null if it is another kind of failure. */
    ServerError serverError(Exception thrown) {
        return unwrapped(thrown) instanceof HttpOperationFailedException answer
                ? new ServerError(answer.getStatusCode(), answer.getResponseBody())
                : null;
    }

    private static Throwable unwrapped(Exception thrown) {
        Throwable failure = thrown;
        // The circuit breaker calls on another thread and wraps what that thread threw.
        while ((failure instanceof RuntimeCamelException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    QiscusFault of(Exception thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof QiscusFault fault) {
            return fault;
        }
        if (failure instanceof HttpOperationFailedException answer) {
            return answered(answer.getStatusCode(), answer.getResponseBody(), retryAfter(answer.getResponseHeaders()));
        }
        if (failure instanceof CallNotPermittedException) {
            return new QiscusFault(QiscusFault.NOT_SENT, English.say("reason.left_alone"), null);
        }
        if (failure.getCause() instanceof TunnelRefusedException refused) {
            return refusedByProxy(refused.getResponse().getCode());
        }
        NetworkFailure kind = NetworkFailure.of(failure);
        return kind.neverLeft()
                ? new QiscusFault(QiscusFault.NOT_SENT, English.say("reason.unreachable", "why", kind), null)
                : new QiscusFault(QiscusFault.NO_ANSWER, English.say("reason.no_answer", "why", kind), null);
    }

    private QiscusFault answered(int status, String body, Duration retryAfter) {
        return new QiscusFault(status, answered(status, wordsOf(body)), retryAfter);
    }

    private static String answered(int status, String said) {
        return English.say(
                said.isEmpty() ? "reason.answered" : "reason.answered_saying", "status", status, "words", said);
    }

    /** Only {@code {"errors":"text"}} and {@code {"errors":{"message":"text"}}} are quoted; any other body is not. */
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

    /** Seconds or an HTTP date (RFC 9110, 10.2.3), at most five minutes; null if it is absent or neither. */
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
