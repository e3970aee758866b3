package app;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.dataformat.CustomDataFormat;
import org.apache.camel.util.TimeUtils;

/**
 * Gives each step of a route a description, where the route has none, for the diagrams (Karavan, hawtio); and an id
 * such as {@code place-session.reserve-slot}, which is the same at each start.
 */
public class StepNames extends ModelLifecycleStrategySupport {

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        name(
                route.getRouteConfigurationId(),
                route.getOutputs().stream()
                        .filter(OnExceptionDefinition.class::isInstance)
                        .flatMap(StepNames::withChildren));
        name(route.getRouteId(), steps(route));
    }

    /** Routes share the steps of a configuration. */
    public static void name(RouteConfigurationDefinition configuration) {
        name(configuration.getId(), steps(configuration));
    }

    private static void name(String owner, Stream<OptionalIdentifiedDefinition<?>> steps) {
        Set<String> taken = new HashSet<>();
        steps.forEach(step -> {
            if (step.getDescription() == null) {
                step.setDescription(description(step));
            }
            if (!step.hasCustomIdAssigned()) {
                name(step, free(owner + "." + slug(step.getDescription()), taken));
            }
        });
    }

    /** All steps of a route in the order of the diagram, its input first. */
    public static Stream<OptionalIdentifiedDefinition<?>> steps(RouteDefinition route) {
        return Stream.concat(
                Stream.of(route.getInput()), route.getOutputs().stream().flatMap(StepNames::withChildren));
    }

    /** All steps of a configuration. */
    public static Stream<OptionalIdentifiedDefinition<?>> steps(RouteConfigurationDefinition configuration) {
        return configuration.getOnExceptions().stream().flatMap(StepNames::withChildren);
    }

    private static Stream<OptionalIdentifiedDefinition<?>> withChildren(OptionalIdentifiedDefinition<?> step) {
        return Stream.concat(Stream.of(step), children(step).flatMap(StepNames::withChildren));
    }

    /** The steps within a step. */
    public static Stream<OptionalIdentifiedDefinition<?>> children(OptionalIdentifiedDefinition<?> step) {
        if (step instanceof ChoiceDefinition choice) {
            return Stream.concat(choice.getWhenClauses().stream(), Stream.ofNullable(choice.getOtherwise()));
        }
        if (step instanceof TryDefinition attempt) {
            return Stream.of(
                            attempt.getOutputsWithoutCatches().stream(),
                            attempt.getCatchClauses().stream(),
                            Stream.ofNullable(attempt.getFinallyClause()))
                    .flatMap(Function.identity());
        }
        Stream<OptionalIdentifiedDefinition<?>> outputs =
                step instanceof OutputNode block ? block.getOutputs().stream().map(output -> output) : Stream.empty();
        return step instanceof CircuitBreakerDefinition breaker
                ? Stream.concat(outputs, Stream.ofNullable(breaker.getOnFallback()))
                : outputs;
    }

    /** {@code setId} of a block would set the id of the last step in it. */
    private static void name(OptionalIdentifiedDefinition<?> step, String id) {
        step.setGeneratedId(id);
        step.setCustomId(true);
    }

    private static String free(String id, Set<String> taken) {
        String free = id;
        for (int n = 2; !taken.add(free); n++) {
            free = id + "-" + n;
        }
        return free;
    }

    private static String slug(String description) {
        String slug = description
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return slug.length() <= 40 ? slug : slug.substring(0, 40).replaceAll("-[^-]*$", "");
    }

    private static String description(OptionalIdentifiedDefinition<?> step) {
        if (step instanceof FromDefinition from) {
            return trigger(EndpointName.of(from.getEndpointUri()));
        } else if (step instanceof EndpointRequiredDefinition send) {
            return destination(EndpointName.of(send.getEndpointUri()));
        } else if (step instanceof BeanDefinition bean) {
            return capital(words(bean.getRef())) + ": " + words(bean.getMethod().replaceAll("\\(.*", ""));
        } else if (step instanceof LogDefinition log) {
            return (log.getLoggingLevel() == null
                            ? "Log"
                            : capital(log.getLoggingLevel().toLowerCase(Locale.ROOT))) + ": " + plain(log.getMessage());
        } else if (step instanceof SetVariableDefinition set) {
            return text(step).equals("body")
                    ? "Keep the body as " + words(set.getName())
                    : "Set " + words(set.getName()) + " to " + text(step);
        } else if (step instanceof SetHeaderDefinition set) {
            // A placeholder may stand for a secret.
            String value = text(step).startsWith("{{") ? "" : ": " + text(step);
            return "Header " + set.getName().replaceAll("^Camel(Http|Redis\\.)", "") + value;
        } else if (step instanceof SetBodyDefinition) {
            return text(step).equals("null") ? "No body" : "Body: " + text(step);
        } else if (step instanceof RemoveHeadersDefinition remove) {
            return remove.getPattern().equals("*") ? "Remove all headers" : "Remove headers " + remove.getPattern();
        } else if (step instanceof ConvertBodyDefinition convert) {
            return "Body as " + simpleName(convert.getType());
        } else if (step instanceof MarshalDefinition marshal) {
            return "Write as " + format(marshal.getDataFormatType());
        } else if (step instanceof UnmarshalDefinition unmarshal) {
            return "Read as " + format(unmarshal.getDataFormatType());
        } else if (step instanceof ChoiceDefinition) {
            return "Choose";
        } else if (step instanceof WhenDefinition) {
            return "When " + text(step);
        } else if (step instanceof FilterDefinition) {
            return "Only if " + text(step);
        } else if (step instanceof EnrichDefinition) {
            return destination(EndpointName.of(text(step)));
        } else if (step instanceof LoopDefinition loop) {
            return (loop.getDoWhile() == null ? "Times " : "While ") + text(step);
        } else if (step instanceof SplitDefinition) {
            return "For each of " + text(step);
        } else if (step instanceof DelayDefinition) {
            return "Wait " + text(step) + " ms";
        } else if (step instanceof TryDefinition) {
            return "Try";
        } else if (step instanceof CatchDefinition failure) {
            return failures(failure.getExceptions());
        } else if (step instanceof OnExceptionDefinition failure) {
            return failures(failure.getExceptions());
        }
        return capital(words(step.getShortName())) + (step instanceof HasExpressionType ? " " + text(step) : "");
    }

    private static String failures(List<String> types) {
        return types.stream().map(StepNames::simpleName).collect(Collectors.joining(", ", "On ", ""));
    }

    private static String trigger(EndpointName endpoint) {
        return switch (endpoint.scheme()) {
            case "platform-http" -> endpoint.option("httpMethodRestrict", "Call of") + " " + endpoint.path();
            case "scheduler" -> "Every " + duration(endpoint.option("delay", "500"));
            case "timer" -> "Every " + duration(endpoint.option("period", "1000"));
            case "direct" -> "Called by other routes";
            case "seda" -> "From the queue " + endpoint.path();
            case "spring-redis" -> "Redis: published to " + endpoint.option("channels", "a channel");
            default -> "From " + endpoint.uri();
        };
    }

    private static String duration(String delay) {
        return delay.matches("\\d+") ? TimeUtils.printDuration(Long.parseLong(delay), delay.length() < 4) : delay;
    }

    private static String destination(EndpointName endpoint) {
        return switch (endpoint.scheme()) {
            case "direct" -> capital(endpoint.path().replace('-', ' '));
            case "seda" -> "Into the queue " + endpoint.path();
            case "spring-redis" -> "Redis: " + endpoint.option("command", "SET");
            default -> "Call " + endpoint.uri().replaceAll("\\?.*", "");
        };
    }

    private static String text(OptionalIdentifiedDefinition<?> step) {
        return plain(((HasExpressionType) step).getExpressionType().getExpression());
    }

    /** An expression of the simple language, without its markup. */
    private static String plain(String simple) {
        return simple.replaceAll("\\$\\{(variable\\.|header\\.)?", "").replaceAll("(?<!})}(?!})", "");
    }

    private static String format(DataFormatDefinition format) {
        return words(format instanceof CustomDataFormat bean ? bean.getRef() : format.getDataFormatName());
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
