package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Ids as Qiscus sends them: numbers or strings, possibly beyond 32 bits. We keep them as strings. */
public final class Ids {
    /** Safe as a path segment, as a form value and as part of a Redis key. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private Ids() {}

    /** The id as text, or null if there is no usable id. */
    static String text(JsonNode node) {
        if (node == null || !node.isTextual() && !node.isIntegralNumber()) {
            return null;
        }
        String text = node.asText();
        return isSafe(text) ? text : null;
    }

    public static boolean isSafe(String text) {
        return text != null && SAFE.matcher(text).matches();
    }

    static String at(JsonNode parent, String field) {
        return parent == null ? null : text(parent.get(field));
    }
}
