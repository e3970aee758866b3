package diagrams;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import app.EndpointName;
import app.StepNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/** The topology as Mermaid draws it: the triggers, the routes by class, and the outside systems. */
final class Topology {
    private static final String REDIS = "Redis";
    private static final String QISCUS = "Qiscus";

    /** @param to a route, REDIS or QISCUS; @param queue between the two, or null */
    private record Call(String to, String queue) {}

    private final Map<String, String> classOf = new LinkedHashMap<>();
    private final Map<String, String> description = new LinkedHashMap<>();
    private final Map<String, String> trigger = new LinkedHashMap<>();
    private final Map<String, String> readerOfQueue = new LinkedHashMap<>();
    private final Map<String, Set<Call>> calls = new LinkedHashMap<>();

    Topology(Map<Class<?>, List<RouteDefinition>> routes) {
        routes.forEach((type, definitions) -> definitions.forEach(route -> addRoute(type, route)));
        routes.values().stream().flatMap(List::stream).forEach(this::addCalls);
    }

    private void addRoute(Class<?> type, RouteDefinition route) {
        String id = route.getRouteId();
        EndpointName from = EndpointName.of(route.getInput().getEndpointUri());
        classOf.put(id, type.getSimpleName());
        description.put(id, route.getDescription());
        switch (from.scheme()) {
            case "direct" -> {}
            case "seda" -> readerOfQueue.put(from.path(), id);
            default -> trigger.put(id, route.getInput().getDescription().replaceAll("\\{\\{(\\w+)}}", "$1"));
        }
    }

    private void addCalls(RouteDefinition route) {
        calls.put(
                route.getRouteId(),
                StepNames.steps(route).flatMap(step -> call(step).stream()).collect(toCollection(LinkedHashSet::new)));
    }

    private Optional<Call> call(OptionalIdentifiedDefinition<?> step) {
        if (step instanceof BeanDefinition bean) {
            return isStore(bean.getRef()) ? Optional.of(new Call(REDIS, null)) : Optional.empty();
        } else if (step instanceof EnrichDefinition enrich) {
            return Optional.of(new Call(
                    EndpointName.of(enrich.getExpression().getExpression()).path(), null));
        } else if (step instanceof FromDefinition || !(step instanceof EndpointRequiredDefinition)) {
            return Optional.empty();
        }
        EndpointName to = EndpointName.of(((EndpointRequiredDefinition) step).getEndpointUri());
        return Optional.of(
                switch (to.scheme()) {
                    case "direct" -> new Call(to.path(), null);
                    case "seda" -> new Call(readerOfQueue.get(to.path()), to.path());
                    case "spring-redis" -> new Call(REDIS, null);
                    default -> new Call(QISCUS, null);
                });
    }

    /** The health check, and the beans of the package {@code store}, which are bound under the names of their classes. */
    private static boolean isStore(String bean) {
        if (bean.equals("redisHealth")) {
            return true;
        }
        try {
            Class.forName("store." + bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1));
            return true;
        } catch (ClassNotFoundException other) {
            return false;
        }
    }

    /**
     * The classes with a trigger or a call to an outside system; calls through other classes are drawn as direct calls.
     */
    String overview() {
        Set<String> drawn = new LinkedHashSet<>();
        classOf.forEach((route, type) -> {
            if (trigger.containsKey(route) || calls.get(route).stream().anyMatch(call -> isOutside(call.to()))) {
                drawn.add(type);
            }
        });
        Set<String> lines = new LinkedHashSet<>();
        for (String type : drawn) {
            lines.add("    " + type);
            String triggers = routesOf(type)
                    .filter(trigger::containsKey)
                    .map(trigger::get)
                    .filter(words -> !words.startsWith(REDIS))
                    .distinct()
                    .collect(joining("<br/>"));
            if (!triggers.isEmpty()) {
                lines.add("    " + type + "_trigger([\"" + triggers + "\"]) --> " + type);
            }
        }
        for (String type : drawn) {
            routesOf(type)
                    .flatMap(route -> reached(route, drawn))
                    .filter(reached -> !reached.equals(type))
                    .forEach(reached -> lines.add("    " + type + " --> " + reached));
            if (routesOf(type).anyMatch(route -> trigger.getOrDefault(route, "").startsWith(REDIS))) {
                lines.add("    " + REDIS + " -. wake-up .-> " + type);
            }
        }
        return "flowchart LR\n    Redis[(Redis)]\n    Qiscus{{Qiscus}}\n" + String.join("\n", lines) + "\n";
    }

    private Stream<String> reached(String route, Set<String> drawn) {
        return calls.get(route).stream().map(Call::to).flatMap(to -> {
            String target = classOf.getOrDefault(to, to);
            return isOutside(target) || drawn.contains(target) ? Stream.of(target) : reached(to, drawn);
        });
    }

    /** The overview, then each class with its routes and what they call. */
    String page() {
        StringBuilder page = new StringBuilder("# Topology\n\nWritten by `" + RouteDiagrams.COMMAND + "`.\n\n");
        page.append(mermaid(overview()));
        for (String type : new LinkedHashSet<>(classOf.values())) {
            page.append("\n## ")
                    .append(type)
                    .append("\n\n")
                    .append(mermaid(detail(type)))
                    .append("\n");
            page.append("| route | |\n| --- | --- |\n");
            routesOf(type).forEach(route -> page.append("| `" + route + "` | " + description.get(route) + " |\n"));
        }
        return page.toString();
    }

    static String mermaid(String diagram) {
        return "```mermaid\n" + diagram + "```\n";
    }

    private String detail(String type) {
        Map<String, Set<String>> others = new LinkedHashMap<>();
        Set<String> edges = new LinkedHashSet<>();
        routesOf(type).forEach(route -> {
            if (trigger.containsKey(route)) {
                edges.add("    " + node(route) + "_trigger([\"" + trigger.get(route) + "\"]) --> " + node(route));
            }
            calls.get(route).forEach(call -> {
                String arrow = call.queue() == null ? " --> " : " -. " + call.queue() + " .-> ";
                edges.add("    " + node(route) + arrow + node(call.to()));
                if (isOutside(call.to())) {
                    edges.add("    " + (call.to().equals(REDIS) ? "Redis[(Redis)]" : "Qiscus{{Qiscus}}"));
                } else if (!classOf.get(call.to()).equals(type)) {
                    others.computeIfAbsent(classOf.get(call.to()), other -> new LinkedHashSet<>())
                            .add(call.to());
                }
            });
        });
        StringBuilder diagram = new StringBuilder("flowchart LR\n");
        diagram.append(group(type, routesOf(type)));
        others.forEach((other, called) -> diagram.append(group(other, called.stream())));
        return diagram.append(String.join("\n", edges)).append("\n").toString();
    }

    private static String group(String type, Stream<String> routes) {
        return routes.map(route -> "        " + node(route) + "[" + route + "]\n")
                .collect(joining("", "    subgraph " + type + "\n", "    end\n"));
    }

    private Stream<String> routesOf(String type) {
        return classOf.keySet().stream().filter(route -> classOf.get(route).equals(type));
    }

    private static boolean isOutside(String target) {
        return target.equals(REDIS) || target.equals(QISCUS);
    }

    private static String node(String route) {
        return route.replace('-', '_');
    }
}
