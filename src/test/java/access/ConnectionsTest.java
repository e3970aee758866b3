package access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import support.Wire;

/** A server with little space, and callers who need more. */
class ConnectionsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String HALF_A_HEAD = "GET / HTTP/1.1\r\nHost: loc";

    private final List<Wire> wires = new ArrayList<>();
    private final List<RoutingContext> unanswered = new ArrayList<>();
    private Vertx vertx;
    private HttpServer server;

    @AfterEach
    void stop() throws Exception {
        for (Wire wire : wires) {
            wire.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void start(int connections, long bodyBytes, Duration toSend, Duration toRest) {
        Connections bounded = new Connections(new Connections.Bounds(connections, bodyBytes, toSend, toRest));
        bounded.areGuarded();
        vertx = StrictHttp.vertx(new VertxOptions(), bounded);
        Router router = Router.router(vertx);
        router.route().handler(bounded);
        router.route("/slow").handler(unanswered::add);
        router.route().handler(BodyHandler.create(false).setBodyLimit(1000)).handler(call -> call.end("served"));
        CompletableFuture<HttpServer> started = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture();
        server = started.join();
    }

    private Wire wire(String text) throws Exception {
        Wire wire = new Wire(server.actualPort());
        wires.add(wire);
        wire.send(text);
        return wire;
    }

    @Test
    void theConnectionThatKeptUsWaitingLongestIsClosedWhenTheServerIsFull() throws Exception {
        start(3, 1000, Duration.ofMinutes(1), Duration.ofMinutes(1));
        Wire silent = wire("");
        Wire served = wire(GET);
        assertThat(served.answer().body()).isEqualTo("served");
        Wire slow = wire(HALF_A_HEAD);

        Wire late = wire(GET);

        assertThat(late.answer().body()).isEqualTo("served");
        assertThat(silent.isClosedByTheOther()).isTrue();
        slow.send("alhost\r\n\r\n");
        assertThat(slow.answer().body()).isEqualTo("served");
        served.send(GET);
        assertThat(served.answer().body()).isEqualTo("served");
    }

    @Test
    void aCallerWhoWaitsForTheirAnswerStays() throws Exception {
        start(2, 1000, Duration.ofMinutes(1), Duration.ofMinutes(1));
        Wire one = wire("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Wire two = wire("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().until(() -> unanswered.size() == 2);

        assertThat(wire(GET).isClosedByTheOther()).isTrue();

        vertx.runOnContext(now -> unanswered.forEach(call -> call.end("at last")));
        assertThat(one.answer().body()).isEqualTo("at last");
        assertThat(two.answer().body()).isEqualTo("at last");
        assertThat(wire(GET).answer().body()).isEqualTo("served");
    }

    @Test
    void bodiesThatDoNotArriveTakeNoMemory() throws Exception {
        start(1000, 2500, Duration.ofMinutes(1), Duration.ofMinutes(1));
        List<Wire> begun = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            begun.add(wire(CHUNKED + "1\r\nx\r\n"));
            begun.add(wire("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nx"));
        }

        for (int i = 0; i < begun.size(); i++) {
            begun.get(i).send(i % 2 == 0 ? "0\r\n\r\n" : "x");
            assertThat(begun.get(i).answer().body()).isEqualTo("served");
        }
    }

    @Test
    void theSlowestCallerIsClosedWhenBodiesNeedTooMuchMemory() throws Exception {
        start(100, 2500, Duration.ofMinutes(1), Duration.ofMinutes(1));
        Wire first = wire("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 901\r\n\r\n" + "x".repeat(900));
        assertThat(wire(GET).answer().body()).isEqualTo("served");
        Wire second = wire(CHUNKED + "384\r\n" + "x".repeat(900) + "\r\n");
        assertThat(wire(GET).answer().body()).isEqualTo("served");

        Wire third = wire("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n" + "x".repeat(900));

        assertThat(third.answer().body()).isEqualTo("served");
        assertThat(first.isClosedByTheOther()).isTrue();
        second.send("0\r\n\r\n");
        assertThat(second.answer().body()).isEqualTo("served");
    }

    @Test
    void aRefusedBodyTakesMemoryUntilItsEnd() throws Exception {
        start(100, 2500, Duration.ofMinutes(1), Duration.ofMinutes(1));
        String tooMuch = CHUNKED + "384\r\n" + "x".repeat(900) + "\r\n12c\r\n" + "x".repeat(300) + "\r\n";
        Wire first = wire(tooMuch);
        assertThat(first.answer().status()).isEqualTo(413);
        Wire second = wire(tooMuch);
        assertThat(second.answer().status()).isEqualTo(413);

        Wire third = wire("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n" + "x".repeat(900));

        assertThat(third.answer().body()).isEqualTo("served");
        assertThat(first.isClosedByTheOther()).isTrue();
        second.send("0\r\n\r\n" + GET);
        assertThat(second.answer().body()).isEqualTo("served");
    }

    @Test
    void aCallWithoutSpaceIsRefusedWithASentence() throws Exception {
        start(100, 2500, Duration.ofMinutes(1), Duration.ofMinutes(1));
        for (int i = 0; i < 2; i++) {
            wire("POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1200\r\n\r\n" + "x".repeat(1200));
        }
        await().until(() -> unanswered.size() == 2);

        Wire endless = wire(CHUNKED + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(2));

        assertThat(endless.answer().status()).isEqualTo(503);
        assertThat(endless.isClosedByTheOther()).isTrue();
        vertx.runOnContext(now -> unanswered.forEach(call -> call.end("at last")));
        assertThat(wire(CHUNKED + "1\r\nx\r\n0\r\n\r\n").answer().body()).isEqualTo("served");
    }

    @Test
    void aSlowSenderIsClosed() throws Exception {
        start(100, 10_000, Duration.ofMillis(500), Duration.ofMillis(500));
        Wire silent = wire("");
        Wire halfAHead = wire(HALF_A_HEAD);
        Wire halfABody = wire("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
        Wire resting = wire(GET);
        assertThat(resting.answer().body()).isEqualTo("served");

        for (Wire wire : List.of(silent, halfAHead, halfABody, resting)) {
            assertThat(wire.isClosedByTheOther()).isTrue();
        }
        assertThat(wire(GET).answer().body()).isEqualTo("served");
    }
}
