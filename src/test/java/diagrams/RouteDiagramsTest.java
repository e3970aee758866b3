package diagrams;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import settings.Setting;
import settings.Settings;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;

/** The diagrams under docs/routes show the whole running program. */
class RouteDiagramsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

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
            List<OptionalIdentifiedDefinition<?>> steps = RouteDiagrams.routes(camel).values().stream()
                    .flatMap(List::stream)
                    .<OptionalIdentifiedDefinition<?>>flatMap(StepNames::steps)
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
            for (Path file : files()) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file.toAbsolutePath()));
            }

            assertThat(outlines(camel.getRouteDefinitions().stream()))
                    .containsExactlyInAnyOrderElementsOf(outlines(
                            RouteDiagrams.routes(camel).values().stream().flatMap(List::stream)));
        }
    }

    @Test
    void theProgramRunsFromItsDiagrams() throws Exception {
        int port = RealRedis.freePort();
        Settings settings = new Settings(Map.of(
                Setting.PORT.name(),
                Integer.toString(port),
                Setting.REDIS_HOST.name(),
                "127.0.0.1",
                Setting.REDIS_PORT.name(),
                Integer.toString(REDIS.port()),
                Setting.QISCUS_BASE_URL.name(),
                qiscus.url(),
                Setting.QISCUS_APP_ID.name(),
                FakeQiscus.APP_ID,
                Setting.QISCUS_SECRET_KEY.name(),
                FakeQiscus.SECRET,
                "WEBHOOK_SECRET",
                "none"));
        qiscus.hasAgents("11");
        SettledMain main = new SettledMain(settings.placeholders(), "classpath:application.properties");
        main.configure().addConfiguration(new Wiring(settings, new LifecycleStrategySupport() {}));
        main.configure().withRoutesIncludePattern("file:" + RouteFile.FOLDER + "/*.camel.yaml");
        main.start();
        try {
            await().ignoreException(IOException.class)
                    .until(() -> calls(port, RunningApplication.newSession("100", "qiscus")) == 200);

            await().until(() -> "11".equals(qiscus.agentOf("100")));
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
                        "handles errors " + !(route.getErrorHandlerFactory() instanceof NoErrorHandlerDefinition),
                        outline(route.getInput(), ""),
                        route.getOutputs().stream()
                                .map(step -> outline(step, "  "))
                                .collect(joining("\n"))))
                .toList();
    }

    /** A step with all the steps in it, one line each: its id, description, kind and parameters. */
    private static String outline(OptionalIdentifiedDefinition<?> step, String indent) {
        String goesBy = step.getLabel();
        if (step instanceof EndpointRequiredDefinition endpoint) {
            goesBy = Stream.of(endpoint.getEndpointUri().split("[?&]")).sorted().collect(joining(" "));
        } else if (step instanceof CatchDefinition failure) {
            goesBy = String.join(" ", failure.getExceptions());
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
