package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads JSON that PHP and others write loosely: a filtered array becomes an object with numbers as names, an empty
 * object becomes an array, an absent list becomes null, and true may be 1 or a text.
 */
final class LenientJson {
    private static final int MOST = 1_000_000;

    private LenientJson() {}

    /**
     * @param data of an answer: an object with the list under its name, or the list itself; null if the answer has none
     * @param errors of the same answer
     * @return the objects in the list; null if this answer has no list
     */
    static List<JsonNode> list(JsonNode data, String name, JsonNode errors) {
        if (data == null || isTold(errors) || isTold(data.get("errors")) || isTold(data.get("error"))) {
            return null;
        }
        JsonNode named = data.isObject() && !isNumbered(data) ? data.path(name) : data;
        // A paginator nests the list one level deeper.
        JsonNode list = named.path("data").isContainerNode() ? named.path("data") : named;
        if (list.isValueNode() && !list.isNull()) {
            return null;
        }
        return StreamSupport.stream(list.spliterator(), false)
                .filter(JsonNode::isObject)
                .toList();
    }

    private static boolean isTold(JsonNode errors) {
        return errors != null
                && !errors.isNull()
                && (errors.isContainerNode()
                        ? !errors.isEmpty()
                        : !errors.asText().isEmpty());
    }

    private static boolean isNumbered(JsonNode object) {
        return !object.isEmpty()
                && object.properties().stream().allMatch(field -> field.getKey().matches("\\d+"));
    }

    /** Null if it is neither true nor false. */
    static Boolean flag(JsonNode node) {
        if (node == null || !node.isValueNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return switch (node.asText().strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
        };
    }

    static boolean isTrue(JsonNode node) {
        return Boolean.TRUE.equals(flag(node));
    }

    /** A whole number; a negative one counts as 0. Null if it is not a number. */
    static Integer count(JsonNode node) {
        // The quick path for the usual form: this runs for every agent of every list.
        if (node != null && node.isInt()) {
            return Math.max(0, Math.min(MOST, node.intValue()));
        }
        String text = node == null || node.isBoolean() ? "" : node.asText().strip();
        return text.matches("-\\d+(\\.\\d+)?")
                ? Integer.valueOf(0)
                : text.matches("\\d{1,15}(\\.\\d+)?")
                        ? Integer.valueOf((int) Math.min(MOST, Math.ceil(Double.parseDouble(text))))
                        : null;
    }

    /** ISO 8601, also with a blank instead of the T. Without a zone it is UTC. */
    static Optional<Instant> time(JsonNode node) {
        String text = node == null ? "" : node.asText("").strip();
        String iso = text.replace(' ', 'T').replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        try {
            return Optional.of(
                    iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)$")
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** The cursor of the next page; empty if there is none. */
    static String cursor(JsonNode meta, String name) {
        JsonNode cursor = meta == null ? null : meta.get(name);
        if (cursor == null || cursor.isBoolean()) {
            return "";
        }
        String text = cursor.asText("");
        return "null".equals(text) ? "" : text;
    }
}
