package wallboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import observe.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the wallboard as JSON, once, or as server-sent events when it changes. It reads the state once a second for
 * all viewers, and not at all without viewers. A viewer costs a connection, not a thread.
 */
public class LiveBoard {
    static final int MOST_VIEWERS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LiveBoard.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toMillis();
    private static final long HEARTBEAT = Duration.ofSeconds(10).toMillis();
    private static final long MOST_BEHIND = Duration.ofSeconds(15).toMillis();
    private static final int MOST_UNSENT = 256 * 1024;

    /** One reading, written once for all viewers. {@code version} changes with the board, not with the time. */
    private record Frame(long version, long now, String board) {

        String json() {
            return "{\"now\":" + now + ",\"board\":" + board + "}";
        }
    }

    private static class Viewer {
        private final HttpServerResponse response;
        private long version = -1;
        private long heard;
        private long behindSince;

        private Viewer(HttpServerResponse response) {
            this.response = response;
        }
    }

    private final Vertx vertx;
    private final Wallboard wallboard;
    private final ObjectMapper json;
    private final Failures failures = new Failures();
    private final Map<HttpServerResponse, Viewer> viewers = new ConcurrentHashMap<>();
    private Future<Frame> latest = Future.failedFuture("no look yet");
    private long latestBegan;
    private long version;
    private String shown = "";

    public LiveBoard(Vertx vertx, Wallboard wallboard, ObjectMapper json) {
        this.vertx = vertx;
        this.wallboard = wallboard;
        this.json = json;
    }

    /** Serves the page, its files and its data. */
    public void install(Router router) {
        WebFiles.install(router);
        router.get("/wallboard/state").handler(this::answer);
        router.get("/wallboard/events").handler(this::subscribe);
        vertx.setPeriodic(LOOK_EVERY, timer -> tick());
    }

    private void answer(RoutingContext context) {
        latest().onSuccess(frame -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(frame.json()))
                .onFailure(context::fail);
    }

    private void subscribe(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (viewers.size() >= MOST_VIEWERS) {
            response.setStatusCode(503)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end("{\"success\":false,\"message\":\"Too many pages watch the wallboard already.\"}");
            return;
        }
        response.setChunked(true)
                .setWriteQueueMaxSize(MOST_UNSENT)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Accel-Buffering", "no");
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
            return;
        }
        Viewer viewer = new Viewer(response);
        response.closeHandler(gone -> viewers.remove(response));
        response.exceptionHandler(gone -> viewers.remove(response));
        response.write("retry: 2000\n\n");
        viewers.put(response, viewer);
        latest().onSuccess(frame -> show(viewer, frame));
    }

    private void tick() {
        if (!viewers.isEmpty()) {
            latest().onSuccess(frame -> viewers.values().forEach(viewer -> show(viewer, frame)));
        }
    }

    private void show(Viewer viewer, Frame frame) {
        synchronized (viewer) {
            showInTurn(viewer, frame);
        }
    }

    private void showInTurn(Viewer viewer, Frame frame) {
        HttpServerResponse response = viewer.response;
        long now = System.nanoTime() / 1_000_000;
        if (response.closed() || response.ended()) {
            viewers.remove(response);
        } else if (response.writeQueueFull()) {
            viewer.behindSince = viewer.behindSince == 0 ? now : viewer.behindSince;
            if (now - viewer.behindSince > MOST_BEHIND) {
                viewers.remove(response);
                response.reset();
            }
        } else {
            viewer.behindSince = 0;
            if (viewer.version < frame.version()) {
                viewer.version = frame.version();
                viewer.heard = now;
                response.write("data: " + frame.json() + "\n\n");
            } else if (now - viewer.heard >= HEARTBEAT) {
                viewer.heard = now;
                response.write("event: beat\ndata: " + frame.now() + "\n\n");
            }
        }
    }

    /** The reading in progress, or the last one if it is less than a second old. */
    private synchronized Future<Frame> latest() {
        long now = System.nanoTime() / 1_000_000;
        if (latest.failed() || latest.succeeded() && now - latestBegan >= LOOK_EVERY) {
            latestBegan = now;
            latest = vertx.executeBlocking(this::look, false);
        }
        return latest;
    }

    private Frame look() throws JsonProcessingException {
        try {
            Wallboard.Look look = wallboard.look();
            String board = json.writeValueAsString(look.board());
            synchronized (this) {
                if (!board.equals(shown)) {
                    shown = board;
                    version++;
                }
                return new Frame(version, look.now(), board);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("The wallboard cannot be read: {}", failures.words(e));
            throw e;
        }
    }
}
