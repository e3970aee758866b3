package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import assignment.FaultKind;
import assignment.QiscusFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QiscusFaultsTest {
    private static final String URL = "https://omnichannel.qiscus.com/api/v1/admin/service/assign_agent?token=<token>";

    private final QiscusFaults faults = new QiscusFaults(Json.mapper(), "our-secret-key");

    static IntStream statuses() {
        return IntStream.concat(IntStream.range(300, 309), IntStream.range(400, 600));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void everyStatusIsKept(int status) {
        QiscusFault fault = faults.of(answer(status, "{\"errors\":\"Unauthorized\"}", Map.of()));

        assertThat(fault.kind()).isEqualTo(FaultKind.of(status));
        assertThat(fault).hasMessage("Qiscus answered " + status + ": Unauthorized");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"errors":"Unauthorized"}                                              | Qiscus answered 400: Unauthorized
            {"errors":{"message":"Cant join room, exceed max agents"},"status":400}| Qiscus answered 400: Cant join room, exceed max agents
            {"errors":{"message":404}}                                             | Qiscus answered 400: 404
            """)
    void bothFormsOfAnErrorSayWhy(String body, String message) {
        QiscusFault fault = faults.of(answer(400, body, Map.of()));

        assertThat(fault).hasMessage(message);
    }

    @Test
    void neitherOurSecretNorAnEmailAddressIsRepeated() {
        QiscusFault fault =
                faults.of(answer(400, "{\"errors\":\"siti@example.com may not use our-secret-key\"}", Map.of()));

        assertThat(fault).hasMessage("Qiscus answered 400: [e-mail] may not use <our secret>");
    }

    static Stream<Named<String>> bodiesThatSayNothing() {
        return Stream.of(
                named("none", null),
                named("empty", ""),
                named("blank", " \n"),
                named("a proxy's page", "<html><body>502 Bad Gateway, key=<secret></body></html>"),
                named("text", "secret"),
                named("half JSON", "{\"errors\":{\"message\":\"secret"),
                named("JSON and garbage", "{\"errors\":\"secret\"} secret"),
                named("null", "null"),
                named("string", "\"secret\""),
                named("array", "[{\"errors\":\"secret\"}]"),
                named("no errors", "{\"message\":\"secret\",\"traceid\":\"secret\"}"),
                named("null errors", "{\"errors\":null}"),
                named("array of errors", "{\"errors\":[\"secret\"]}"),
                named("no message", "{\"errors\":{\"authentication_token\":\"secret\"}}"),
                named("null message", "{\"errors\":{\"message\":null}}"),
                named("message with fields", "{\"errors\":{\"message\":{\"authentication_token\":\"secret\"}}}"),
                named("array of messages", "{\"errors\":{\"message\":[\"secret\"]}}"),
                named("blank message", "{\"errors\":{\"message\":\" \\n \"}}"),
                named("nesting without end", "{\"errors\":".repeat(5000)));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatSayNothing")
    void anyOtherBodyIsNotQuoted(String body) {
        QiscusFault fault = faults.of(answer(502, body, Map.of("X-Token", "secret")));

        assertThat(fault).hasMessage("Qiscus answered 502");
    }

    @Test
    void neitherTheUrlNorTheHeadersNorTheBodyAreQuoted() {
        String body = "{\"errors\":\"no\",\"data\":{\"authentication_token\":\"<token>\"}}";

        QiscusFault fault = faults.of(answer(500, body, Map.of("Set-Cookie", "session=<token>")));

        assertThat(fault.toString()).doesNotContain("<token>").doesNotContain("omnichannel");
        assertThat(fault.getCause()).isNull();
    }

    @Test
    void longWordsAreCut() {
        String words = "x".repeat(160) + "the rest";

        QiscusFault fault = faults.of(answer(400, "{\"errors\":\"" + words + "\"}", Map.of()));

        assertThat(fault).hasMessage("Qiscus answered 400: " + "x".repeat(160));
    }

    @Test
    void wordsAreNotCutInsideACharacter() {
        String words = "x".repeat(159) + "\uD83D\uDE00" + "the rest";

        QiscusFault fault = faults.of(answer(400, "{\"errors\":\"" + words + "\"}", Map.of()));

        assertThat(fault).hasMessage("Qiscus answered 400: " + "x".repeat(159) + "\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\n", "\\r\\n", "\\u0000", "\\u001b", "\\u007f", "\\u0085", "\\u009b", "\\u2028", "\\u2029", "\\u202e",
                "\\u200b"
            })
    void controlCharactersBecomeABlank(String control) {
        String body = "{\"errors\":{\"message\":\"" + control + "No" + control + control + "room" + control + "\"}}";

        QiscusFault fault = faults.of(answer(400, body, Map.of()));

        assertThat(fault).hasMessage("Qiscus answered 400: No room");
    }

    // ---- Retry-After

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "' 30 ', 30",
        "300, 300",
        "301, 300",
        "999999999, 300",
        "9999999999, 300",
        "99999999999999999999, 300"
    })
    void retryAfterIsSecondsButAtMostFiveMinutes(String value, int seconds) {
        QiscusFault fault = faults.of(answer(429, null, Map.of("Retry-After", value)));

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void retryAfterMayBeADate() {
        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(61));

        QiscusFault fault = faults.of(answer(503, null, Map.of("Retry-After", inAMinute)));

        assertThat(fault.retryAfter()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(61));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sun, 06 Nov 1994 08:49:37 GMT | 0
            Wed, 01 Jan 2200 00:00:00 GMT | 300
            """)
    void aDateIsNeitherPastNorFarAway(String date, int seconds) {
        QiscusFault fault = faults.of(answer(503, null, Map.of("Retry-After", date)));

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "soon",
                "-1",
                "1.5",
                "1e3",
                "10s",
                "1 2",
                "\u0661",
                "Sun, 99 Nov 1994 08:49:37 GMT",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "2026-01-01T00:00:00Z"
            })
    void anyOtherRetryAfterIsIgnored(String value) {
        QiscusFault fault = faults.of(answer(429, null, Map.of("Retry-After", value)));

        assertThat(fault.retryAfter()).isNull();
    }

    @Test
    void withoutHeadersThereIsNoRetryAfter() {
        assertThat(faults.of(answer(429, null, Map.of())).retryAfter()).isNull();
        assertThat(faults.of(answer(429, null, null)).retryAfter()).isNull();
    }

    @Test
    void headersIgnoreCase() {
        QiscusFault fault = faults.of(answer(429, null, Map.of("retry-after", "5")));

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    // ---- whether the request reached Qiscus

    static Stream<Arguments> whatNeverLeft() {
        return Stream.of(
                arguments(new ConnectException("Connection refused"), "connection refused"),
                arguments(
                        new HttpHostConnectException("Connect to https://omnichannel.qiscus.com failed"),
                        "connection refused"),
                arguments(new ConnectTimeoutException("Connect timed out"), "connecting timed out"),
                arguments(new ConnectionRequestTimeoutException("Timeout deadline"), "no connection is free"),
                arguments(new UnknownHostException("omnichannel.qiscus.com"), "host name unknown"),
                arguments(new NoRouteToHostException("No route to host"), "no route to the host"),
                arguments(new SSLHandshakeException("PKIX path building failed"), "TLS handshake failed"));
    }

    @ParameterizedTest
    @MethodSource("whatNeverLeft")
    void aRequestThatCertainlyDidNotArriveIsNotSent(Exception failure, String words) {
        QiscusFault fault = faults.of(failure);

        assertThat(fault.kind()).isEqualTo(FaultKind.NOT_SENT);
        assertThat(fault).hasMessage("Qiscus cannot be reached (" + words + ")");
    }

    static Stream<Arguments> whatMayHaveArrived() {
        return Stream.of(
                arguments(new SocketTimeoutException("Read timed out"), "timed out"),
                arguments(new TimeoutException("TimeLimiter recorded a timeout"), "timed out"),
                arguments(new SocketException("Connection reset"), "connection broken"),
                arguments(new NoHttpResponseException("omnichannel.qiscus.com:443 failed"), "connection broken"),
                arguments(new ConnectionClosedException("Premature end of body"), "connection broken"),
                arguments(new SSLException("Connection reset"), "connection broken"),
                arguments(new IOException("something"), "connection broken"),
                arguments(new IllegalStateException("something"), "unexpected failure"));
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveArrived")
    void aRequestThatMayHaveArrivedHasNoAnswer(Exception failure, String words) {
        QiscusFault fault = faults.of(failure);

        assertThat(fault.kind()).isEqualTo(FaultKind.NO_ANSWER);
        assertThat(fault).hasMessage("Qiscus did not answer (" + words + ")");
    }

    @Test
    void aFaultStaysUnchanged() {
        QiscusFault fault = new QiscusFault(200, "Qiscus's list of agents does not end", null);

        assertThatThrownBy(() -> faults.raise(fault)).isSameAs(fault);
    }

    private static HttpOperationFailedException answer(int status, String body, Map<String, String> headers) {
        return new HttpOperationFailedException(URL, status, "text of the status", null, headers, body);
    }

    @Test
    void failuresWrappedByTheCircuitBreakerAreUnwrapped() {
        Exception wrapped = new RuntimeCamelException(new ExecutionException(new ConnectException("refused")));

        QiscusFault fault = faults.of(wrapped);

        assertThat(fault.kind()).isEqualTo(FaultKind.NOT_SENT);
        assertThat(fault).hasMessageContaining("cannot be reached");
    }

    @Test
    void ourSecretIsNotRepeatedEvenIfQiscusDoes() {
        byte[] body = "{\"errors\":\"bad key our-secret-key\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> faults.check(400, null, null, body))
                .isInstanceOf(QiscusFault.class)
                .hasMessageNotContaining("our-secret-key");
    }

    @Test
    void aSuccessPasses() {
        assertThatCode(() -> faults.check(201, null, null, new byte[0])).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            https://new.example/login?token=t0p, 'QISCUS_BASE_URL redirects to https://new.example, set it to where it leads'
            http://user:t0p@new.example:81/x,    'QISCUS_BASE_URL redirects to http://new.example:81, set it to where it leads'
            /login?token=t0p,     'QISCUS_BASE_URL redirects to another path, but it must be the address of the API itself'
            -,                    'QISCUS_BASE_URL redirects to another path, but it must be the address of the API itself'
            https://a b/t0p,      QISCUS_BASE_URL redirects to what is no URL
            """)
    void aRedirectNamesTheSettingAndTheTargetHost(String location, String words) {
        assertThatThrownBy(() -> faults.check(301, null, location, new byte[0]))
                .isInstanceOf(QiscusFault.class)
                .hasMessage("Qiscus answered 301: " + words)
                .extracting(fault -> ((QiscusFault) fault).kind())
                .isEqualTo(FaultKind.REDIRECT);
    }

    @Test
    void aProxyThatRequiresALoginIsNotQiscus() {
        assertThatThrownBy(() -> faults.check(407, null, null, new byte[0]))
                .hasMessage("Qiscus cannot be reached, the proxy of HTTPS_PROXY or HTTP_PROXY answered 407")
                .extracting(fault -> ((QiscusFault) fault).kind())
                .isEqualTo(FaultKind.NOT_SENT);
    }
}
