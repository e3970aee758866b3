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
 * Puts the {@link Gate} before everything that is served, and opens the operators' own port: when Camel's HTTP server
 * listens, and before any route is there. If it fails, or if nothing listens, the program does not start.
 */
public class HttpServerSetup implements ExtendedStartupListener, Ordered {
    private static final String COME_AGAIN = English.say("refusal.come_again");

    private final Gate gate;
    private final Connections connections;
    private final int port;
    private final Optional<SocketAddress> managementAddress;
    private volatile boolean routesAreThere;

    /** @param port that Camel's HTTP server listens on */
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
        // Camel only logs that it does not, and would run on.
        if (!((TCPServerBase) server.getServer()).isListening()) {
            throw new BindException(
                    "PORT " + port + " cannot be opened: another program has it, or this user may not.");
        }
        // Camel hands out a router below the server's own; only the server's own sees what matches nothing.
        Router router = (Router) server.getServer().requestHandler();
        HttpErrors.install(router);
        HttpErrors.install(routes);
        Stream.of(router, routes).forEach(part -> part.errorHandler(404, call -> tellNotFound(camel, call)));
        router.route().order(-4).handler(call -> serveIfStarted(camel, call));
        router.route().order(-3).handler(gate);
        router.route().order(-2).handler(connections);
        router.route("/observe/*").order(-1).handler(HttpServerSetup::serveWhateverIsAccepted);
        connections.areGuarded();
        // The same routes; the gate tells the ports apart.
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

    /** Who names another type than the one there is gets that one, rather than a 406: most name one by habit. */
    private static void serveWhateverIsAccepted(RoutingContext call) {
        call.parsedHeaders().accept().clear();
        call.next();
    }

    /** The port is open before the routes are there, and for a while after they are gone. */
    private void serveIfStarted(CamelContext camel, RoutingContext call) {
        if (isServing(camel)) {
            call.next();
        } else {
            HttpErrors.answer(call, 503, COME_AGAIN);
        }
    }

    /** It may have been there when the call came in. */
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

    /** After the listener of Camel's own that starts the HTTP server. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // The routes are started after that.
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) {
        routes(camel).getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
                .forEach(route -> route.method(HttpMethod.HEAD));
        routesAreThere = true;
    }
}
