package commands;

import app.SettledMain;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.Registry;
import qiscus.Json;
import simulator.SimulatedQiscus;
import simulator.Simulator;

/** The simulated Qiscus as a program of its own: served on this machine, its customers written about to another. */
class SimulatedWorld implements AutoCloseable {
    private final SettledMain main;

    /**
     * @param port that Qiscus is served on
     * @param calls where its webhooks go to, without a path
     * @param pathEnd what follows /webhook and /resolve there
     */
    SimulatedWorld(Simulator simulator, int port, String calls, String pathEnd) {
        Properties properties = new Properties();
        properties.setProperty("SIMULATOR_CALLS", calls);
        properties.setProperty("WEBHOOK_PATH_END", pathEnd);
        properties.setProperty("camel.server.enabled", "true");
        properties.setProperty("camel.server.host", "127.0.0.1");
        properties.setProperty("camel.server.port", Integer.toString(port));
        properties.setProperty("camel.main.shutdownTimeout", "5");
        for (String http : List.of("camel.component.http.", "camel.component.https.")) {
            properties.setProperty(http + "connectTimeout", "5000");
            properties.setProperty(http + "responseTimeout", "10000");
            properties.setProperty(http + "automaticRetriesDisabled", "true");
        }
        main = new SettledMain(properties, SettledMain.NO_FILE);
        main.configure().addConfiguration(new WorldWiring(simulator));
        main.configure().addRoutesBuilder(SimulatedQiscus.class);
        main.start();
    }

    private record WorldWiring(Simulator simulator) implements CamelConfiguration {

        @Override
        public void configure(CamelContext camel) {
            Registry beans = camel.getRegistry();
            beans.bind("json", new JacksonDataFormat(Json.mapper(), JsonNode.class));
            beans.bind("simulator", simulator);
            // Nothing of it is kept: each run begins from nothing.
            beans.bind("simulatedPeople", simulator);
            beans.bind("tally", simulator.tally());
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
