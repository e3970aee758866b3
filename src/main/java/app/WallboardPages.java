package app;

import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import qiscus.Json;
import wallboard.LiveBoard;
import wallboard.Wallboard;

/** Serves the wallboard from the HTTP server beside the routes, because a stream to a browser is not a message. */
final class WallboardPages {

    private WallboardPages() {}

    static void install(CamelContext camel, int port) {
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        Wallboard wallboard = camel.getRegistry().lookupByNameAndType("wallboard", Wallboard.class);
        new LiveBoard(router.vertx(), wallboard, Json.mapper()).install((Router) router);
    }
}
