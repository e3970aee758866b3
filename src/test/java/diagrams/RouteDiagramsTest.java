package diagrams;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import app.SettledMain;
import app.StepNames;
import app.Wiring;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import settings.Setting;
import settings.Settings;
import support.RealRedis;
import support.RunningApplication;

/** The diagrams under docs/routes show the whole running program. */
class RouteDiagramsTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication().startedByTest();

    private static Map<Path, String> drawn;

    @BeforeAll
    static void draw() throws Exception {
        drawn = RouteDiagrams.drawn();
    }

    static List<Path> files() throws IOException {
        return RouteDiagrams.existing();
    }

    @Test
    void theDiagramsMatchTheRoutes() throws Exception {
        assertThat(drawn.keySet()).as(outdated()).containsAll(files());
        for (Path file : drawn.keySet()) {
            assertThat(file).as(outdated()).hasContent(drawn.get(file));
        }
    }

    @Test
    void everyStepHasAnIdAndADescription() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            List<OptionalIdentifiedDefinition<?>> steps = Stream.concat(
                            RouteDiagrams.routes(camel).values().stream()
                                    .flatMap(List::stream)
                                    .flatMap(StepNames::steps),
                            RouteDiagrams.configurations(camel).stream().flatMap(StepNames::steps))
                    .toList();
            String all = String.join("", drawn.values());

            assertThat(steps)
                    .hasSizeGreaterThan(300)
                    .allMatch(step -> all.contains("id: " + step.getId() + "\n"))
                    .noneMatch(step -> step.getDescription().isBlank());
            assertThat(steps).extracting(OptionalIdentifiedDefinition::getId).doesNotHaveDuplicates();
        }
    }

    @Test
    void camelReadsTheDiagramsAsTheSameRoutes() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            List<RouteConfigurationDefinition> configurations = RouteDiagrams.configurations(camel);
            for (Path file : files()) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file.toAbsolutePath()));
            }

            assertThat(outlines(camel.getRouteDefinitions().stream()))
                    .containsExactlyInAnyOrderElementsOf(outlines(
                            RouteDiagrams.routes(camel).values().stream().flatMap(List::stream)));
            assertThat(failures(camel.getRouteConfigurationDefinitions())).isEqualTo(failures(configurations));
        }
    }

    @Test
    void theProgramRunsFromItsDiagrams() throws Exception {
        int port = RealRedis.freePort();
        Map<String, String> environment = app.environment();
        environment.put(Setting.PORT.name(), Integer.toString(port));
        Settings settings = new Settings(environment);
        app.qiscus().hasAgents("11");
        SettledMain main = new SettledMain(settings.placeholders(), "classpath:application.properties");
        main.configure().addConfiguration(new Wiring(settings, new LifecycleStrategySupport() {}));
        main.configure().withRoutesIncludePattern("file:" + RouteFile.FOLDER + "/*.camel.yaml");
        main.start();
        try {
            await().ignoreException(IOException.class)
                    .until(() -> calls(port, RunningApplication.newSession("100", "qiscus")) == 200);

            await().until(() -> "11".equals(app.qiscus().agentOf("100")));
            assertThat(calls(port, "{")).isEqualTo(400);
            await().until(() -> "1".equals(REDIS.client().hget("agent_customer_count", "11")));
        } finally {
            main.stop();
        }
    }

    private static List<String> outlines(Stream<RouteDefinition> routes) {
        return routes.map(route -> String.join(
                        "\n",
                        route.getRouteId(),
                        route.getDescription(),
                        "starts " + route.getAutoStartup(),
                        outline(route.getInput(), ""),
                        route.getRouteConfigurationId(),
                        route.getOutputs().stream()
                                .filter(step -> !step.isAbstract())
                                .map(step -> outline(step, "  "))
                                .collect(joining("\n"))))
                .toList();
    }

    private static List<String> failures(List<RouteConfigurationDefinition> configurations) {
        return configurations.stream()
                .flatMap(configuration -> configuration.getOnExceptions().stream()
                        .map(failure -> outline(failure, configuration.getId() + " ")
                                + failure.getExceptions()
                                + (failure.getHandledPolicy() != null || failure.getHandled() != null)))
                .toList();
    }

    /** A step with all the steps in it, one line each: its id, description, kind and parameters. */
    private static String outline(OptionalIdentifiedDefinition<?> step, String indent) {
        String goesBy = step.getLabel();
        if (step instanceof EndpointRequiredDefinition endpoint) {
            goesBy = Stream.of(endpoint.getEndpointUri().split("[?&]")).sorted().collect(joining(" "));
        } else if (step instanceof CatchDefinition failure) {
            goesBy = String.join(" ", failure.getExceptions()) + failure.getOnWhen();
        }
        String line = indent + String.join(" ", step.getId(), step.getDescription(), step.getShortName(), goesBy);
        return Stream.concat(Stream.of(line), StepNames.children(step).map(inner -> outline(inner, indent + "  ")))
                .collect(joining("\n"));
    }

    private static int calls(int port, String body) throws IOException, InterruptedException {
        HttpRequest webhook = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhook"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(webhook, BodyHandlers.ofString()).statusCode();
    }

    private static String outdated() {
        return "docs/routes is not what the routes are: run `" + RouteDiagrams.COMMAND + "`";
    }
}
