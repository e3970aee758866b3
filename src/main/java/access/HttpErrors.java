package access;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What is refused before any route sees it, in the same form as the routes' own answers. */
final class HttpErrors {
    private static final Map<Integer, String> SENTENCES = Map.of(
            400, "The request cannot be read.",
            404, "Nothing is served at this path.",
            405, "This method is not served at this path.",
            413, "The body must not be larger than 1 MiB.",
            415, "The body must be sent as application/json.",
            500, "The request failed, please send it again.");

    private HttpErrors() {}

    static void install(Router router) {
        SENTENCES.forEach((status, sentence) -> router.errorHandler(status, call -> answer(call, status, sentence)));
    }

    static void answer(RoutingContext call, int status, String sentence) {
        HttpServerResponse response = call.response();
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"success\":false,\"message\":\"" + sentence + "\"}");
        }
    }
}
