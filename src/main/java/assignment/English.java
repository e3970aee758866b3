package assignment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our sentences, from the file of English words. The log, the API and the reasons in Redis are English. A page in
 * another language recognises each sentence by this file, and shows the same one from its own file.
 */
public final class English {
    static final String FILE = "/web/words.en.json";

    /** {@code {name}}, {@code {name:form}} with a form for pages, or {@code {number|one|many}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)(?::\\w+)?(?:\\|([^|}]*)\\|([^|}]*))?}");

    private static final Map<String, String> SENTENCES = read();

    private English() {}

    /** @param id group and name in the file @param values name, value, name, value .. of its placeholders */
    public static String say(String id, Object... values) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            named.put(values[i].toString(), String.valueOf(values[i + 1]));
        }
        return fill(id, named::get);
    }

    static String fill(String id, UnaryOperator<String> values) {
        String sentence = SENTENCES.get(id);
        if (sentence == null) {
            throw new IllegalArgumentException("No sentence " + id + " in " + FILE);
        }
        return PLACEHOLDER.matcher(sentence).replaceAll(found -> {
            String value = String.valueOf(values.apply(found.group(1)));
            return Matcher.quoteReplacement(
                    found.group(2) == null ? value : value + " " + found.group(value.equals("1") ? 2 : 3));
        });
    }

    private static Map<String, String> read() {
        try (InputStream file = English.class.getResourceAsStream(FILE)) {
            JsonNode groups = new ObjectMapper().readTree(file).path("server");
            Map<String, String> sentences = new HashMap<>();
            groups.fields().forEachRemaining(group -> group.getValue()
                    .fields()
                    .forEachRemaining(sentence -> sentences.put(
                            group.getKey() + "." + sentence.getKey(),
                            sentence.getValue().textValue())));
            return sentences;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
