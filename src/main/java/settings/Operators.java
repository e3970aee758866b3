package settings;

import access.Gate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operators and their tokens: {@code name:token,name:token}. A token may contain colons, but no commas. */
final class Operators {
    static final String ONE = "[A-Za-z0-9_-]{1,40}:[\\x21-\\x2b\\x2d-\\x7e]{6,}";

    private Operators() {}

    private static List<String[]> pairs(String value) {
        return Arrays.stream(value.split(",")).map(one -> one.split(":", 2)).toList();
    }

    /** Names and tokens must be unique. */
    static boolean differ(String value) {
        List<String[]> pairs = pairs(value);
        return new HashSet<>(pairs.stream().map(pair -> pair[0]).toList()).size() == pairs.size()
                && new HashSet<>(pairs.stream().map(pair -> pair[1]).toList()).size() == pairs.size();
    }

    /**
     * Name to token.
     *
     * @param single OPERATOR_TOKEN; may be null
     * @param named OPERATOR_TOKENS; may be null
     */
    static Map<String, String> of(String single, String named) {
        Map<String, String> tokens = new LinkedHashMap<>();
        if (single != null) {
            tokens.put(Gate.UNNAMED, single);
        }
        for (String[] pair : named == null ? List.<String[]>of() : pairs(named)) {
            if (tokens.containsValue(pair[1]) || tokens.putIfAbsent(pair[0], pair[1]) != null) {
                throw new WrongSetting(
                        "OPERATOR_TOKENS must not have the token of OPERATOR_TOKEN, nor its name, which is "
                                + Gate.UNNAMED + ".");
            }
        }
        return tokens;
    }
}
