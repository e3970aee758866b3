package routes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import app.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import simulator.SimulatedQiscus;

/** Diagrams show only what is declared: they lose lambdas, inline processors and bean types. */
class NoLambdaInRoutesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern NOT_DRAWN = Pattern.compile(
            "->|::|\\.process\\(|\\.bean\\(\\s*([\\w.]+\\.class|new )"
                    + "|\\bbody\\(\\)\\.|\\bheader\\(|\\bmethod\\(|\\bexchange(Property)?\\(|constant\\(\"\"\\)|simple\\(\"\"\\)|\\.delay\\(\\d");

    static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve("routes"))) {
            List<Path> routes = new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".java")).toList());
            routes.add(SOURCES.resolve("simulator/SimulatedQiscus.java"));
            return routes;
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everythingInARouteIsDeclared(Path file) throws IOException {
        Stream<String> code =
                Files.readAllLines(file).stream().filter(line -> !line.strip().matches("(/\\*|\\*|//).*"));

        Stream<String> notDrawn = code.filter(line -> NOT_DRAWN.matcher(line).find());

        assertThat(notDrawn).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".process(e -> e.getMessage())",
                ".bean(callReader::newSession)",
                ".process(new Clean())",
                ".bean(CallReader.class, \"newSession\")",
                ".bean(new CallReader(), \"newSession\")",
                ".filter(body().isNotNull())",
                ".when(header(\"a\").isEqualTo(1))",
                ".delay(25)",
                ".setBody(constant(\"\"))"
            })
    void undrawableCodeIsFound(String line) {
        assertThat(NOT_DRAWN.matcher(line).find()).isTrue();
    }

    @Test
    void everyRouteHasANameAndADescription() throws Exception {
        List<RouteDefinition> routes = definitions();

        assertThat(routes)
                .hasSizeGreaterThan(30)
                .allMatch(RouteDefinition::hasCustomIdAssigned)
                .noneMatch(route -> route.getDescriptionText() == null
                        || route.getDescriptionText().isBlank());
        assertThat(routes)
                .extracting(RouteDefinition::getRouteId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyCallerIsAnsweredWhenAStepFails() throws Exception {
        assertThat(definitions())
                .filteredOn(route -> uri(route).matches("platform-http:/(?!simulator).*"))
                .isNotEmpty()
                .allMatch(route -> "http-calls".equals(route.getRouteConfigurationId()));
    }

    @Test
    void aRouteIsCalledByItsName() throws Exception {
        List<RouteDefinition> routes = definitions();

        Stream<RouteDefinition> called =
                routes.stream().filter(route -> uri(route).startsWith("direct:"));

        assertThat(called).isNotEmpty().allMatch(route -> uri(route).equals("direct:" + route.getRouteId()));
    }

    @Test
    void everyCalledRouteExistsAndEveryDirectRouteIsCalled() throws Exception {
        Set<String> existing = definitions().stream()
                .map(NoLambdaInRoutesTest::uri)
                .filter(uri -> uri.startsWith("direct:"))
                .collect(toSet());

        List<Path> callers = new ArrayList<>(routes());
        callers.add(SOURCES.resolve("commands/ExternalSystems.java"));
        Set<String> called =
                callers.stream().flatMap(NoLambdaInRoutesTest::called).collect(toSet());

        assertThat(called).isEqualTo(existing);
    }

    private static List<RouteDefinition> definitions() throws Exception {
        List<Class<? extends RouteBuilder>> builders = new ArrayList<>(Application.ROUTES);
        builders.add(SimulatedQiscus.class);
        builders.add(QiscusAdmin.class);
        List<RouteDefinition> definitions = new ArrayList<>();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            for (Class<? extends RouteBuilder> builder : builders) {
                RouteBuilder routes = builder.getDeclaredConstructor().newInstance();
                definitions.addAll(routes.configureRoutes(camel).getRoutes());
            }
        }
        return definitions;
    }

    private static String uri(RouteDefinition route) {
        return route.getInput().getEndpointUri();
    }

    private static Stream<String> called(Path file) {
        try {
            return Pattern.compile("\\.(?:to|enrich)\\(\"(direct:[^\"]+)\"\\)")
                    .matcher(Files.readString(file))
                    .results()
                    .map(call -> call.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
