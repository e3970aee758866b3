package access;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is refused before any route sees it, in the same form as the routes' own answers. */
final class HttpErrors {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);
    private static final Map<Integer, String> SENTENCES = Map.of(
            400, "The request cannot be read.",
            404, "Nothing is served at this path.",
            405, "This method is not served at this path.",
            413, "The body must not be larger than 1 MiB.",
            414, "The request line is too long.",
            415, "The body must be sent as application/json.",
            417, "This expectation cannot be met.",
            431, "The headers are too large.",
            500, "The request failed, please send it again.");

    private HttpErrors() {}

    static void install(Router router) {
        SENTENCES.keySet().forEach(status -> router.errorHandler(status, call -> answer(call, status)));
        router.errorHandler(405, call -> {
            call.response().putHeader("Allow", allowed(router, call.normalizedPath()));
            answer(call, 405);
        });
        // A body that breaks off fails its call with the status that the answer has so far.
        router.errorHandler(200, call -> answer(call, 400));
        router.errorHandler(500, call -> {
            // A caller who sent half a chunk and is gone needs neither an answer nor a page of stack trace.
            if (!call.response().closed()) {
                LOG.warn("A call failed: {}", String.valueOf(call.failure()));
                answer(call, 500);
            }
        });
    }

    private static String allowed(Router router, String path) {
        return router.getRoutes().stream()
                .filter(route -> route.methods() != null
                        && route.getPath() != null
                        && matches(route.getPath().split("/"), path.split("/")))
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The segments of a path, of which those that begin with a colon stand for any. */
    private static boolean matches(String[] served, String[] asked) {
        return served.length == asked.length
                && IntStream.range(0, served.length)
                        .allMatch(i -> served[i].startsWith(":") || served[i].equals(asked[i]));
    }

    /** What is no HTTP ends its connection. */
    static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        answer(request.response().putHeader("Connection", "close"), status, SENTENCES.get(status));
    }

    static void answer(RoutingContext call, int status) {
        answer(call, status, SENTENCES.get(status));
    }

    static void answer(RoutingContext call, int status, String sentence) {
        answer(call.response(), status, sentence);
    }

    private static void answer(HttpServerResponse response, int status, String sentence) {
        if (!response.ended() && !response.headWritten() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"success\":false,\"message\":\"" + sentence + "\"}");
        }
    }
}
