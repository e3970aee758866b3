package access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.RunningApplication;
import support.Wire;

/** HTTP as used by monitors, forms and proxies. */
class MonitorsAndProxiesTest {
    private static final String SECRET = "a-secret-of_Qiscus-only";

    @RegisterExtension
    static final RunningApplication APP =
            new RunningApplication().with("ASSIGN_ENABLED", "false").with("WEBHOOK_SECRET", SECRET);

    private static HttpResponse<String> ask(String method, String path) throws Exception {
        return APP.send(APP.request(path).method(method, BodyPublishers.noBody()));
    }

    /** Without the headers that differ from one GET to the next. */
    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equals("date"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/config",
                "/config?a=b",
                "/parked",
                "/parked/",
                "/sessions/7",
                "/sessions/8",
                "/sessions/..8",
                "/",
                "/wallboard/wallboard.js",
                "/observe/health/live",
                "/observe/health/ready",
                "/observe/health/ready/",
                "/nothing",
                "/webhook/wrong-secret",
                "/webhook/" + SECRET
            })
    void aHeadIsAnsweredAsAGetWithoutTheBody(String path) throws Exception {
        APP.post("/webhook/" + SECRET, RunningApplication.newSession("7", "wa"));
        await().untilAsserted(() ->
                assertThat(ask("GET", "/observe/health/ready").statusCode()).isEqualTo(200));

        HttpResponse<String> get = ask("GET", path);
        HttpResponse<String> head = ask("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(headers(head)).isEqualTo(headers(get));
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
    }

    /** Their bodies, and so their lengths, differ from one GET to the next. */
    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/metrics", "/wallboard/state"})
    void aHeadOfChangingContentHasTheSameHeaderNames(String path) throws Exception {
        HttpResponse<String> get = ask("GET", path);
        HttpResponse<String> head = ask("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode()).isEqualTo(200);
        assertThat(headers(head).keySet()).isEqualTo(headers(get).keySet());
        assertThat(head.headers().firstValue("content-type"))
                .isEqualTo(get.headers().firstValue("content-type"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aHeadOfTheStreamEnds() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/wallboard/events");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains("text/event-stream");
    }

    @Test
    void theConnectionStaysUsableAfterAHead() throws Exception {
        try (Wire wire = new Wire(APP.port())) {
            wire.send("HEAD /config HTTP/1.1\r\nHost: localhost\r\n\r\nGET /config HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: close\r\n\r\n");

            assertThat(wire.rest()).containsOnlyOnce("maxCustomerPerAgent").containsOnlyOnce("connection: close");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /config, 'GET, HEAD, PUT'",
        "DELETE, /config/, 'GET, HEAD, PUT'",
        "PUT, /parked, 'GET, HEAD'",
        "GET, /parked/7, DELETE",
        "HEAD, /parked/7/retry, POST",
        "POST, /sessions/7, 'GET, HEAD'",
        "POST, /, 'GET, HEAD'",
        "POST, /observe/health/live, 'GET, HEAD'",
        "POST, /observe/metrics, 'GET, HEAD'",
        "GET, /webhook/" + SECRET + ", POST",
        "HEAD, /resolve/" + SECRET + "/, POST"
    })
    void aWrongMethodIsAnsweredWithTheAllowedOnes(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer = ask(method, path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().allValues("allow")).containsExactly(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /webhook/" + SECRET + "/, 200",
        "POST, /webhook/" + SECRET + "//, 200",
        "POST, //webhook/" + SECRET + "/?a=b, 200",
        "POST, /webhook/" + SECRET + "/%2e/, 200",
        "POST, /webhook/" + SECRET + "/x/, 404",
        "POST, /webhook/wrong-secret/, 404",
        "POST, /webhook/, 404",
        "GET, /config/, 200",
        "GET, /config//, 200",
        "GET, /parked/, 200",
        "GET, /sessions/7/, 200",
        "GET, /observe/health/live/, 200",
        "GET, /observe/health/, 200",
        "GET, /observe/metrics/, 200",
        "GET, /wallboard/state/, 200",
        "GET, /wallboard/wallboard.css/, 200",
        "DELETE, /parked/1/, 404",
        "GET, /nothing/, 404"
    })
    void aSlashAtTheEndMakesNoDifference(String method, String path, int status) throws Exception {
        APP.post("/webhook/" + SECRET, RunningApplication.newSession("7", "wa"));
        HttpRequest.BodyPublisher body = method.equals("POST")
                ? BodyPublishers.ofString(RunningApplication.newSession("7", "wa"))
                : BodyPublishers.noBody();

        assertThat(APP.send(APP.request(path)
                                .header("Content-Type", "application/json")
                                .method(method, body))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void aResolveWithASlashAtItsEndIsServed() throws Exception {
        APP.post("/webhook/" + SECRET + "/", RunningApplication.newSession("7", "wa"));

        assertThat(APP.post("/resolve/" + SECRET + "/", RunningApplication.resolve("7", 1))
                        .body())
                .contains("room 7");
    }
}
