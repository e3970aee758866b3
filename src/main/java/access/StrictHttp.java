package access;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.net.BindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Vert.x from which Camel creates its HTTP server. Camel does not expose the server's options, so they are set
 * here: HTTP/1 only, parsed strictly, with bounded {@link Connections}.
 */
public final class StrictHttp extends VertxWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(StrictHttp.class);

    private final Connections connections;

    private StrictHttp(Vertx vertx, Connections connections) {
        super((VertxInternal) vertx);
        this.connections = connections;
    }

    public static Vertx vertx(VertxOptions options, Connections connections) {
        Vertx vertx = Vertx.vertx(options);
        connections.watch(vertx);
        vertx.exceptionHandler(StrictHttp::log);
        return new StrictHttp(vertx, connections);
    }

    /** {@link HttpServerSetup} reports a port that cannot be opened. */
    private static void log(Throwable failure) {
        if (!(failure.getCause() instanceof BindException)) {
            LOG.error("The HTTP server failed unexpectedly", failure);
        }
    }

    @Override
    public HttpServer createHttpServer() {
        return createHttpServer(new HttpServerOptions());
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false).setTcpKeepAlive(true);
        return delegate.createHttpServer(options)
                .invalidRequestHandler(HttpErrors::refuseUnreadable)
                .connectionHandler(connection -> {
                    StrictRequestDecoder.readsFrom(connection, options);
                    AnswerLength.isToldOn(connection);
                    connections.opened(connection);
                });
    }
}
