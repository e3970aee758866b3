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
 * The Vert.x that Camel makes its HTTP server with. Camel lets nobody set the server's options, so what we demand of
 * each is added where it is made: HTTP/1 alone, read strictly, from bounded {@link Connections}.
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
        vertx.exceptionHandler(StrictHttp::tell);
        return new StrictHttp(vertx, connections);
    }

    /** A port that cannot be opened is told by {@link HttpServerSetup}. */
    private static void tell(Throwable failure) {
        if (!(failure.getCause() instanceof BindException)) {
            LOG.error("The HTTP server stumbled over its own code", failure);
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
