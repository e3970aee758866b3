package app;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** What the HTTP server refuses before any route sees it, in the same form as the routes' own answers. */
final class HttpErrors {
    private static final Map<Integer, String> SENTENCES = Map.of(
            400, "The request cannot be read.",
            404, "Nothing is served at this path.",
            405, "This method is not served at this path.",
            413, "The body must not be larger than 1 MiB.",
            415, "The body must be sent as application/json.",
            500, "The request failed, please send it again.");

    private HttpErrors() {}

    static void install(CamelContext camel, int port) {
        // Camel hands out a router below the server's own; only the server's own answers for what matched nothing.
        Router router =
                (Router) VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port))
                        .getServer()
                        .getServer()
                        .requestHandler();
        SENTENCES.forEach(
                (status, sentence) -> router.errorHandler(status, context -> answer(context, status, sentence)));
    }

    private static void answer(RoutingContext context, int status, String sentence) {
        if (!context.response().ended() && !context.response().headWritten()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"success\":false,\"message\":\"" + sentence + "\"}");
        }
    }
}
