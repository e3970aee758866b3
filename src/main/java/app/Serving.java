package app;

import access.Connections;
import access.Gate;
import access.HttpServerSetup;
import access.StrictHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import settings.Setting;
import settings.Settings;

/** The checks between the network and the routes. Not used where nothing is served. */
class Serving implements CamelConfiguration {
    private final Settings settings;

    Serving(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void configure(CamelContext camel) throws Exception {
        Connections connections =
                new Connections(Connections.Bounds.ofThisProcess(settings.duration(Setting.KEEP_ALIVE)));
        Vertx vertx = StrictHttp.vertx(new VertxOptions(), connections);
        camel.getRegistry().bind("vertx", Vertx.class, vertx, null, "close");
        camel.addStartupListener(new HttpServerSetup(
                new Gate(settings.access()), connections, settings.number(Setting.PORT), managementAddress()));
    }

    private Optional<SocketAddress> managementAddress() {
        return settings.has(Setting.MANAGEMENT_PORT)
                ? Optional.of(SocketAddress.inetSocketAddress(
                        settings.number(Setting.MANAGEMENT_PORT), settings.text(Setting.MANAGEMENT_HOST)))
                : Optional.empty();
    }
}
