package access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static support.RealRedis.REDIS;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import support.LogLines;
import support.RunningApplication;
import support.Wire;

/** Hostile requests are refused, change nothing, and do not disturb other callers. */
class HostileInputTest {
    private static final int CONNECTIONS = Integer.getInteger("hostile.connections", 4500);
    private static final int HEAPS_MORE = 300 * 1024 * 1024;

    @RegisterExtension
    static final RunningApplication APP = new RunningApplication().with("ASSIGN_ENABLED", "false");

    @RegisterExtension
    final LogLines log = new LogLines();

    private Map<String, String> before;

    @BeforeEach
    void aSessionWaits() throws Exception {
        assertThat(APP.customerWrites("7").statusCode()).isEqualTo(200);
        before = state();
    }

    private static Map<String, String> state() {
        Map<String, String> state = REDIS.contents();
        // The program writes it again some time after the previous test has emptied Redis.
        state.remove("qiscus_agent_assignment");
        return state;
    }

    private void nothingChangedAndOthersAreServed() throws Exception {
        assertThat(state()).isEqualTo(before);
        assertThat(APP.customerWrites("8").statusCode()).isEqualTo(200);
    }

    // ---- invalid or ambiguous HTTP

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(
                        "a length and chunks",
                        post("Content-Length: 5\nTransfer-Encoding: chunked\n", "0\n\n" + hidden())),
                arguments("an encoding like chunked", post("Transfer-Encoding: xchunked\n", hidden())),
                arguments("two encodings", post("Transfer-Encoding: gzip, chunked\n", "0\n\n" + hidden())),
                arguments(
                        "two headers of encoding", post("Transfer-Encoding: chunked\nTransfer-Encoding: x\n", "0\n\n")),
                arguments("a folded encoding", post("Transfer-Encoding:\n chunked\n", "0\n\n" + hidden())),
                arguments(
                        "chunks in HTTP/1.0",
                        post("Transfer-Encoding: chunked\n", "0\n\n").replace("HTTP/1.1", "HTTP/1.0")),
                arguments("two lengths", post("Content-Length: 13\nContent-Length: 0\n", "{\"room_id\":1}")),
                arguments("a length twice", post("Content-Length: 13\nContent-Length: 13\n", "{\"room_id\":1}")),
                arguments("a list of lengths", post("Content-Length: 13, 13\n", "{\"room_id\":1}")),
                arguments("a signed length", post("Content-Length: +13\n", "{\"room_id\":1}")),
                arguments("a negative length", post("Content-Length: -13\n", "{\"room_id\":1}")),
                arguments("an endless length", post("Content-Length: 99999999999999999999\n", "{\"room_id\":1}")),
                arguments("a length before a blank", post("Content-Length : 13\n", "{\"room_id\":1}")),
                arguments("a chunk without a size", post("Transfer-Encoding: chunked\n", "zz\n{}\n0\n\n")),
                arguments("a chunk without an end", post("Transfer-Encoding: chunked\n", "fffffffffff\n{}")),
                arguments("two hosts", "GET /config HTTP/1.1\nHost: localhost\nHost: evil.example\n\n"),
                arguments("no host", "GET /config HTTP/1.1\n\n"),
                arguments("no host that could be", "GET /config HTTP/1.1\nHost: a b\n\n"),
                arguments("another server's address", "GET http://evil.example/config HTTP/1.1\nHost: localhost\n\n"),
                arguments("no path", "OPTIONS * HTTP/1.1\nHost: localhost\n\n"),
                arguments("a tunnel", "CONNECT evil.example:80 HTTP/1.1\nHost: localhost\n\n"),
                arguments("a path that cannot be decoded", "GET /%zz HTTP/1.1\nHost: localhost\n\n"),
                arguments("a header with a NUL", "GET /config HTTP/1.1\nHost: localhost\nX: a\0b\n\n"),
                arguments("a header without a colon", "GET /config HTTP/1.1\nHost: localhost\nX\n\n"),
                arguments("no version", "GET /config\n\n"),
                arguments("a version nobody knows", "GET /config HTTP/9.9\nHost: localhost\n\n"),
                arguments("two types", post("Content-Type: text/plain\nContent-Length: 13\n", "{\"room_id\":1}")),
                arguments("another charset", typed("application/json; charset=utf-16", "{\"room_id\":1}")),
                arguments("HTTP/2", "PRI * HTTP/2.0\n\nSM\n\n"),
                arguments("bytes", "\0\u0001\u0002\u00ff\u00fe GET / HTTP/1.1\n\n"),
                arguments("a method nobody knows", "BREW /webhook HTTP/1.1\nHost: localhost\n\n"),
                arguments("a wrong method", "DELETE /webhook HTTP/1.1\nHost: localhost\n\n"),
                arguments("a trace", "TRACE /config HTTP/1.1\nHost: localhost\n\n"),
                arguments("an unknown path", "POST /webhooks HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                arguments("a file", "GET /..%2f..%2f.env HTTP/1.1\nHost: localhost\n\n"),
                arguments("an expectation", post("Expect: the-unexpected\nContent-Length: 13\n", "{\"room_id\":1}")),
                arguments("something packed", post("Content-Encoding: gzip\nContent-Length: 13\n", "{\"room_id\":1}")),
                arguments("a form", typed("application/x-www-form-urlencoded", "room_id=1")),
                arguments("files", typed("multipart/form-data; boundary=b", "--b\n\n{\"room_id\":1}\n--b--\n")),
                arguments("text", typed("text/plain", "{\"room_id\":1}")),
                arguments("a long path", "GET /" + "a".repeat(100_000) + " HTTP/1.1\nHost: localhost\n\n"),
                arguments("a long header", "GET / HTTP/1.1\nHost: localhost\nX: " + "a".repeat(100_000) + "\n\n"),
                arguments("many headers", "GET / HTTP/1.1\nHost: localhost\n" + "X: a\n".repeat(100_000) + "\n"),
                arguments("a header without end", "GET / HTTP/1.1\nHost: localhost\n" + "X".repeat(1_000_000)),
                arguments("too much at once", post("Content-Length: 10000000\n", "x".repeat(10_000_000))),
                arguments(
                        "too much in chunks",
                        post("Transfer-Encoding: chunked\n", ("10000\n" + "x".repeat(65536) + "\n").repeat(40))));
    }

    private static String post(String headers, String body) {
        return "POST /webhook HTTP/1.1\nHost: localhost\nContent-Type: application/json\n" + headers + "\n" + body;
    }

    private static String typed(String type, String body) {
        return "POST /webhook HTTP/1.1\nHost: localhost\nContent-Type: " + type + "\nContent-Length: "
                + body.replace("\n", "\r\n").length() + "\n\n" + body;
    }

    /** A part of the body, as a proxy in front may see it. */
    private static String hidden() {
        return post("Content-Length: 16\n", "{\"room_id\":\"666\"}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aMalformedRequestIsRefused(String name, String request) throws Exception {
        try (Wire wire = new Wire(APP.port())) {
            sendAsFarAsTaken(wire, request.replace("\n", "\r\n"));

            Wire.Answer answer = wire.answer();

            assertThat(answer.status())
                    .satisfiesAnyOf(status -> assertThat(status).isBetween(400, 499), status -> assertThat(status)
                            .isZero());
            if (answer.status() != 0) {
                assertThat(answer.body())
                        .startsWith("{\"success\":false,\"message\":\"")
                        .endsWith(".\"}");
            }
        }
        nothingChangedAndOthersAreServed();
    }

    @Test
    void linesThatEndWithABareNewlineAreRefused() throws Exception {
        try (Wire wire = new Wire(APP.port())) {
            wire.send(post("Content-Length: 13\n", "{\"room_id\":1}"));

            assertThat(wire.answer().isRefusal()).isTrue();
        }
        nothingChangedAndOthersAreServed();
    }

    @Test
    void callsThatBreakOffDoNotFloodTheLog() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Wire wire = new Wire(APP.port())) {
                wire.send(post("Transfer-Encoding: chunked\n", "").replace("\n", "\r\n") + "5\r\n{\"r");
            }
            try (Wire wire = new Wire(APP.port())) {
                wire.send(post("Transfer-Encoding: chunked\n", "zz\n{}\n0\n\n").replace("\n", "\r\n"));
                assertThat(wire.answer().isRefusal()).isTrue();
            }
        }
        nothingChangedAndOthersAreServed();

        assertThat(log.all()).allMatch(line -> line.startsWith("INFO") && line.endsWith(" wrote"));
    }

    private static void sendAsFarAsTaken(Wire wire, String text) {
        try {
            wire.send(text);
        } catch (IOException closed) {
            // It was refused before it had arrived completely.
        }
    }

    // ---- invalid or unusable JSON

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("no JSON", "room_id=1"),
                arguments("an array", "[{\"room_id\":1}]"),
                arguments("half of it", "{\"room_id\":1"),
                arguments("a field twice", "{\"room_id\":1,\"room_id\":2}"),
                arguments("a field twice further in", "{\"room_id\":1,\"channel\":{\"id\":1,\"id\":2}}"),
                arguments("NaN", "{\"room_id\":NaN}"),
                arguments("infinity", "{\"room_id\":-Infinity}"),
                arguments("an exponent", "{\"room_id\":1e999999999}"),
                arguments("ten thousand digits", "{\"room_id\":" + "1".repeat(10_000) + "}"),
                arguments("ten thousand letters", "{\"room_id\":\"" + "a".repeat(10_000) + "\"}"),
                arguments("a NUL", "{\"room_id\":\"1\\u0000\"}"),
                arguments("a line break", "{\"room_id\":\"1\\r\\nLPUSH\"}"),
                arguments("half a character", "{\"room_id\":\"\\ud800\"}"),
                arguments("other digits", "{\"room_id\":\"\\u0661\"}"),
                arguments("a key of Redis", "{\"room_id\":\"{a}:assigned\"}"),
                arguments("a comment", "{/* */\"room_id\":1}"),
                arguments("a hundred thousand brackets", "[".repeat(100_000)),
                arguments(
                        "ten thousand levels", "{\"room_id\":1,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
                arguments("UTF-16", "\0" + String.join("\0", "{\"room_id\":1}".split(""))),
                arguments("UTF-32", "\0\0\0" + String.join("\0\0\0", "{\"room_id\":1}".split(""))),
                arguments("bytes that are no text", "{\"room_id\":\"\u00c3\u0028\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void unusableJsonIsRefused(String name, String body) throws Exception {
        for (String webhook : List.of("/webhook", "/resolve")) {
            Wire.Answer answer = Wire.ask(
                    APP.port(),
                    "POST " + webhook + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: "
                            + body.length() + "\n\n" + body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("{\"success\":false,\"message\":\"")
                    .endsWith(".\"}");
        }
        nothingChangedAndOthersAreServed();
    }

    // ---- too many, too slow, too much

    @Test
    void thousandsOfSilentConnectionsKeepNoCallerOut() throws Exception {
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        assumeThat(files).as("files that may be open, two per connection").isGreaterThan(2L * CONNECTIONS + 500);
        List<Wire> silent = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Wire wire = new Wire(APP.port());
                silent.add(wire);
                wire.send(i % 2 == 0 ? "" : "POST /webhook HTTP/1.1\r\nHost: loc");
            }
            assertThat(state()).isEqualTo(before);
            for (int i = 0; i < 20; i++) {
                assertThat(Wire.ask(APP.port(), "GET /config HTTP/1.1\nHost: localhost\n\n")
                                .status())
                        .isEqualTo(200);
            }
        } finally {
            for (Wire wire : silent) {
                wire.close();
            }
        }
        nothingChangedAndOthersAreServed();
    }

    @Test
    void aCallerWhoNeverFinishesIsClosed() throws Exception {
        List<Wire> slow = new ArrayList<>();
        for (String begun : List.of(
                "",
                "POST /web",
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{")) {
            Wire wire = new Wire(APP.port());
            wire.send(begun);
            slow.add(wire);
        }
        assertThat(APP.get("/config").statusCode()).isEqualTo(200);

        for (Wire wire : slow) {
            assertThat(wire.isClosedByTheOther()).isTrue();
            wire.close();
        }
        nothingChangedAndOthersAreServed();
    }

    @Test
    void hundredsOfUnfinishedLargeBodiesTakeLittleMemory() throws Exception {
        String almost = post("Content-Length: 1000000\n", "x".repeat(900_000)).replace("\n", "\r\n");
        List<Wire> unfinished = new ArrayList<>();
        long used = used();
        try {
            for (int i = 0; i < 500; i++) {
                Wire wire = new Wire(APP.port());
                unfinished.add(wire);
                sendAsFarAsTaken(wire, almost);
            }
            assertThat(used() - used).isLessThan(HEAPS_MORE);
            assertThat(APP.get("/config").statusCode()).isEqualTo(200);
        } finally {
            for (Wire wire : unfinished) {
                wire.close();
            }
        }
        nothingChangedAndOthersAreServed();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aCallerWhoReadsNoAnswersIsClosed() throws Exception {
        try (Wire wire = new Wire(APP.port())) {
            String many = "GET /nothing HTTP/1.1\r\nHost: evil.example\r\n\r\n".repeat(1000);
            IOException refused = null;
            for (int i = 0; i < 10_000 && refused == null; i++) {
                try {
                    wire.send(many);
                } catch (IOException e) {
                    refused = e;
                }
            }
            assertThat(refused).as("the end of the connection").isNotNull();
        }
        nothingChangedAndOthersAreServed();
    }
}
