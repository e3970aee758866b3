package commands;

import app.SettledMain;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Properties;
import observe.Failures;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.spi.Registry;
import qiscus.Json;
import simulator.SimulatedQiscus;
import simulator.Simulator;

/**
 * The simulated Qiscus as a program of its own. It is served on this machine, and calls the webhooks of an instance.
 */
class SimulatedWorld implements AutoCloseable {
    private final SettledMain main;

    /**
     * @param port of this Qiscus
     * @param calls the address of the webhooks, without a path
     * @param pathEnd the end of the webhooks' paths, after /webhook and /resolve
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
            beans.bind("failures", new Failures());
            beans.bind("simulator", simulator);
            // Nothing is saved: each run starts empty.
            beans.bind("simulatedPeople", simulator);
            beans.bind("simulatedAccount", simulator.account());
            beans.bind("tally", simulator.tally());
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
