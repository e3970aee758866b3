package diagrams;

import app.StepNames;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;

/** The routes of one class in Camel's YAML DSL, as Karavan reads it. Placeholders stay unresolved. */
final class RouteFile {
    static final Path FOLDER = Path.of("docs/routes");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    /** A step is easier to read with its children at the end. */
    private static final Set<String> LAST = Set.of("steps", "when", "otherwise", "doCatch", "doFinally", "onFallback");

    private RouteFile() {}

    static Path of(Class<?> routes) {
        return FOLDER.resolve(routes.getSimpleName() + ".camel.yaml");
    }

    /** @param routes with named steps */
    static String text(CamelContext camel, Class<?> type, List<RouteDefinition> routes) throws Exception {
        return "# The routes of " + type.getName() + ", written by `" + RouteDiagrams.COMMAND + "`.\n"
                + yaml(camel, routes);
    }

    private static String yaml(CamelContext camel, List<RouteDefinition> routes) throws Exception {
        RoutesDefinition all = new RoutesDefinition();
        all.setRoutes(routes);
        Map<String, String> descriptions = new HashMap<>();
        for (RouteDefinition route : routes) {
            descriptions.put(route.getRouteId(), route.getDescription());
            StepNames.steps(route).forEach(step -> descriptions.put(step.getId(), step.getDescription()));
        }
        return written(dumped(camel, all, descriptions));
    }

    /** Of a configuration Camel's dumper writes nothing but the name, and of a failure not that it is handled. */
    static String text(CamelContext camel, List<RouteConfigurationDefinition> configurations) throws Exception {
        ArrayNode all = YAML.createArrayNode();
        for (RouteConfigurationDefinition configuration : configurations) {
            ObjectNode node = all.addObject().putObject("routeConfiguration").put("id", configuration.getId());
            node.putObject("errorHandler").putObject("defaultErrorHandler");
            ArrayNode failures = node.putArray("onException");
            Map<String, String> descriptions = new HashMap<>();
            StepNames.steps(configuration).forEach(step -> descriptions.put(step.getId(), step.getDescription()));
            for (OnExceptionDefinition failure : configuration.getOnExceptions()) {
                JsonNode dumped = dumped(camel, failure, descriptions).get(0);
                ((ObjectNode) dumped.get("onException")).putObject("handled").put("constant", "true");
                failures.add(dumped);
            }
        }
        return written(all);
    }

    private static JsonNode dumped(CamelContext camel, NamedNode model, Map<String, String> descriptions)
            throws Exception {
        String dumped =
                PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, model, false, true, false, false);
        return mended(YAML.readTree(dumped), descriptions);
    }

    private static String written(JsonNode tree) throws IOException {
        return YAML.writeValueAsString(tree).replaceAll("(?m)^  ", "");
    }

    /**
     * Camel's dumper leaves out the descriptions and writes flags as text. It also puts {@code doCatch}, {@code
     * doFinally} and {@code onFallback} among the steps of their block, where neither Camel nor Karavan reads them.
     */
    private static JsonNode mended(JsonNode node, Map<String, String> descriptions) {
        if (node instanceof ArrayNode list) {
            ArrayNode mended = list.arrayNode();
            list.forEach(item -> mended.add(mended(item, descriptions)));
            return mended;
        } else if (node instanceof ObjectNode object) {
            return mendedObject(object, descriptions);
        } else if (node instanceof TextNode text && Set.of("true", "false").contains(text.textValue())) {
            return BooleanNode.valueOf(text.textValue().equals("true"));
        }
        return node;
    }

    private static ObjectNode mendedObject(ObjectNode object, Map<String, String> descriptions) {
        ObjectNode mended = object.objectNode();
        ObjectNode last = object.objectNode();
        object.fields().forEachRemaining(field -> {
            ObjectNode place = LAST.contains(field.getKey()) ? last : mended;
            if (field.getKey().equals("steps")) {
                takeOut(field.getValue(), last, descriptions);
            } else if (field.getKey().equals("expression") && field.getValue().isValueNode()) {
                place.put("expression", field.getValue().asText());
            } else {
                place.set(field.getKey(), mended(field.getValue(), descriptions));
            }
            if (field.getKey().equals("id")) {
                place.put("description", descriptions.get(field.getValue().asText()));
            }
        });
        mended.setAll(last);
        return mended;
    }

    private static void takeOut(JsonNode steps, ObjectNode owner, Map<String, String> descriptions) {
        ArrayNode remaining = owner.putArray("steps");
        for (JsonNode step : steps) {
            String kind = step.fieldNames().next();
            JsonNode mended = mended(step.get(kind), descriptions);
            switch (kind) {
                case "doCatch" -> owner.withArray("doCatch").add(mended);
                case "doFinally", "onFallback", "onWhen" -> owner.set(kind, mended);
                default -> remaining.addObject().set(kind, mended);
            }
        }
    }
}
