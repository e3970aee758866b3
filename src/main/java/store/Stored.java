package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A JSON object as stored in Redis. People may have edited it: what cannot be read counts as absent, as in {@code
 * common.lua}.
 */
record Stored(JsonNode json) {
    /** All our numbers are smaller. */
    static final double LARGEST = 1e15;

    static final Stored NOTHING = new Stored(MissingNode.getInstance());

    /** @param text may be null */
    static Stored read(ObjectMapper json, String text) {
        return of(tree(json, text));
    }

    /** Any JSON; a missing node for null and for invalid JSON. */
    static JsonNode tree(ObjectMapper json, String text) {
        try {
            return json.readTree(text == null ? "" : text);
        } catch (JsonProcessingException writtenByHand) {
            return json.missingNode();
        }
    }

    private static Stored of(JsonNode json) {
        return json != null && json.isObject() ? new Stored(json) : NOTHING;
    }

    boolean isAbsent() {
        return json.isMissingNode();
    }

    Stored object(String field) {
        return of(json.get(field));
    }

    String text(String field) {
        return json.path(field).textValue();
    }

    /** Null unless it is true or false. */
    Boolean flag(String field) {
        return json.path(field).isBoolean() ? json.path(field).booleanValue() : null;
    }

    /** A number, or a text with a number in it. */
    Double number(String field) {
        JsonNode value = json.path(field);
        return value.isNumber() ? usable(value.doubleValue()) : number(value.textValue(), null);
    }

    /** Without its decimals. */
    Long whole(String field) {
        Double number = number(field);
        return number == null ? null : (long) Math.floor(number);
    }

    long whole(String field, long otherwise) {
        Long number = whole(field);
        return number == null ? otherwise : number;
    }

    /** Whether it is a session of this room that can be tried. */
    boolean isSessionOf(String room) {
        String channel = text("channel");
        return room.equals(text("room_id"))
                && channel != null
                && channel.matches("[\\w-]+")
                && number("first_asked") != null;
    }

    /** The number in a value that is not JSON. */
    static Double number(String digits, Double otherwise) {
        try {
            Double number = digits == null ? null : usable(Double.parseDouble(digits));
            return number == null ? otherwise : number;
        } catch (NumberFormatException writtenByHand) {
            return otherwise;
        }
    }

    private static Double usable(double number) {
        return Math.abs(number) < LARGEST ? number : null;
    }
}
