package access;

import assignment.English;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is refused before any route, in the format of the routes' own answers. */
final class HttpErrors {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);
    private static final Set<Integer> STATUSES = Set.of(400, 404, 405, 413, 414, 415, 417, 431, 500);

    private HttpErrors() {}

    static void install(Router router) {
        STATUSES.forEach(status -> router.errorHandler(status, call -> answer(call, status)));
        router.errorHandler(405, call -> {
            call.response().putHeader("Allow", allowed(router, call.normalizedPath()));
            answer(call, 405);
        });
        // A body that breaks off fails its call with the status that the answer has at that time.
        router.errorHandler(200, call -> answer(call, 400));
        router.errorHandler(500, call -> {
            // A caller who left in the middle of a chunk needs no answer, and the log needs no stack trace.
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

    /** A segment that begins with a colon matches any segment. */
    private static boolean matches(String[] served, String[] asked) {
        return served.length == asked.length
                && IntStream.range(0, served.length)
                        .allMatch(i -> served[i].startsWith(":") || served[i].equals(asked[i]));
    }

    /** Closes the connection if it does not speak HTTP. */
    static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        answer(request.response().putHeader("Connection", "close"), status, sentence(status));
    }

    private static String sentence(int status) {
        return English.say("refusal.status_" + status);
    }

    static void answer(RoutingContext call, int status) {
        answer(call, status, sentence(status));
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
