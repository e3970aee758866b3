package diagrams;

import app.Application;
import app.StepNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import routes.FailurePolicy;

/** Draws the routes of the program, see {@code docs/routes}. */
public final class RouteDiagrams {
    static final String COMMAND = "mvn -Pdiagrams process-test-classes";

    private static final Path ARCHITECTURE = Path.of("docs", "architecture.md");
    private static final String BEGIN = "<!-- written by mvn -Pdiagrams process-test-classes -->";
    private static final String END = "<!-- end of what is written -->";

    private RouteDiagrams() {}

    /** Writes all diagrams, and deletes those of classes that no longer exist. */
    public static void main(String[] args) throws Exception {
        Files.createDirectories(RouteFile.FOLDER);
        for (Path file : existing()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, String> file : drawn().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    static List<Path> existing() throws IOException {
        try (Stream<Path> files = Files.list(RouteFile.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The expected content of the files. */
    static Map<Path, String> drawn() throws Exception {
        Map<Path, String> files = new TreeMap<>();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Map<Class<?>, List<RouteDefinition>> routes = routes(camel);
            Topology topology = new Topology(routes);
            files.put(RouteFile.FOLDER.resolve("topology.md"), topology.page());
            files.put(ARCHITECTURE, architecture(topology));
            for (Map.Entry<Class<?>, List<RouteDefinition>> type : routes.entrySet()) {
                files.put(RouteFile.of(type.getKey()), RouteFile.text(camel, type.getKey(), type.getValue()));
            }
            files.merge(
                    RouteFile.of(FailurePolicy.class), RouteFile.text(camel, configurations(camel)), String::concat);
        }
        return files;
    }

    private static String architecture(Topology topology) throws IOException {
        String[] parts = Files.readString(ARCHITECTURE).split("(?<=" + BEGIN + ")[\\s\\S]*(?=" + END + ")");
        return String.join("\n" + Topology.mermaid(topology.overview()), parts);
    }

    /** The configurations of the routes, named as at run time. */
    static List<RouteConfigurationDefinition> configurations(CamelContext camel) throws Exception {
        FailurePolicy policy = new FailurePolicy();
        policy.setCamelContext(camel);
        policy.configuration();
        List<RouteConfigurationDefinition> configurations =
                policy.getRouteConfigurationCollection().getRouteConfigurations();
        configurations.forEach(StepNames::name);
        return configurations;
    }

    /** Every class of the program with its routes, named as at run time. */
    static Map<Class<?>, List<RouteDefinition>> routes(CamelContext camel) throws Exception {
        Map<Class<?>, List<RouteDefinition>> routes = new LinkedHashMap<>();
        StepNames names = new StepNames();
        for (Class<? extends RouteBuilder> type : Application.ROUTES) {
            RouteBuilder builder = type.getDeclaredConstructor().newInstance();
            List<RouteDefinition> definitions =
                    new ArrayList<>(builder.configureRoutes(camel).getRoutes());
            definitions.forEach(names::onAddRouteDefinition);
            routes.put(type, definitions);
        }
        return routes;
    }
}
