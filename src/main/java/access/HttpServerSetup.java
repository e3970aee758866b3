package access;

import assignment.English;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.TCPServerBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.Ordered;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/**
 * Puts the {@link Gate} before everything that is served and opens the port for operators, once Camel's HTTP server
 * listens and before any route is added. If this fails, or if nothing listens, the program does not start.
 */
public class HttpServerSetup implements ExtendedStartupListener, Ordered {
    private static final String COME_AGAIN = English.say("refusal.come_again");

    private final Gate gate;
    private final Connections connections;
    private final int port;
    private final Optional<SocketAddress> managementAddress;
    private volatile boolean routesAreThere;

    /** @param port the port of Camel's HTTP server */
    public HttpServerSetup(Gate gate, Connections connections, int port, Optional<SocketAddress> managementAddress) {
        this.gate = gate;
        this.connections = connections;
        this.port = port;
        this.managementAddress = managementAddress;
    }

    @Override
    public void onCamelContextStarting(CamelContext camel, boolean alreadyStarted) throws BindException {
        VertxPlatformHttpRouter routes = routes(camel);
        VertxPlatformHttpServer server = routes.getServer();
        // Camel only logs this, and would run on.
        if (!((TCPServerBase) server.getServer()).isListening()) {
            throw new BindException(
                    "PORT " + port + " cannot be opened: another program has it, or this user may not.");
        }
        // Camel hands out a sub-router, but only the server's own router sees requests that match no route.
        Router router = (Router) server.getServer().requestHandler();
        HttpErrors.install(router);
        HttpErrors.install(routes);
        Stream.of(router, routes).forEach(part -> part.errorHandler(404, call -> tellNotFound(camel, call)));
        router.route().order(-4).handler(call -> serveIfStarted(camel, call));
        router.route().order(-3).handler(gate);
        router.route().order(-2).handler(connections);
        router.route("/observe/*").order(-1).handler(HttpServerSetup::serveWhateverIsAccepted);
        connections.areGuarded();
        // Both ports have the same routes; the gate separates them.
        if (managementAddress.isPresent()) {
            openManagementPort(managementAddress.get(), server.getVertx(), router);
        }
    }

    private static void openManagementPort(SocketAddress address, Vertx vertx, Router router) throws BindException {
        try {
            vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(address)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw new BindException("MANAGEMENT_PORT " + address.port() + " cannot be opened at MANAGEMENT_HOST "
                    + address.host() + ": " + failed.getCause().getMessage() + ".");
        }
    }

    private VertxPlatformHttpRouter routes(CamelContext camel) {
        return VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    }

    /**
     * A client that accepts only other types gets ours and not a 406, because most clients send that header by habit.
     */
    private static void serveWhateverIsAccepted(RoutingContext call) {
        call.parsedHeaders().accept().clear();
        call.next();
    }

    /** The port is open before the routes are added, and for a while after they are removed. */
    private void serveIfStarted(CamelContext camel, RoutingContext call) {
        if (isServing(camel)) {
            call.next();
        } else {
            HttpErrors.answer(call, 503, COME_AGAIN);
        }
    }

    /** The route may have existed when the call came in. */
    private void tellNotFound(CamelContext camel, RoutingContext call) {
        if (isServing(camel)) {
            HttpErrors.answer(call, 404);
        } else {
            HttpErrors.answer(call, 503, COME_AGAIN);
        }
    }

    private boolean isServing(CamelContext camel) {
        return routesAreThere && camel.isStarted();
    }

    /** Comes after Camel's own listener, which starts the HTTP server. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // The routes start after this.
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) {
        routes(camel).getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
                .forEach(route -> route.method(HttpMethod.HEAD));
        routesAreThere = true;
    }
}
