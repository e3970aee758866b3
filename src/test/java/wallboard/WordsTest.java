package wallboard;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Event;
import assignment.Match;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qiscus.NetworkFailure;

/** The words files: both have the same words, and exactly those that the program uses. */
class WordsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Path JAVA = Path.of("src/main/java");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)[^}]*}");

    private final Map<String, String> english = words("en");
    private final Map<String, String> indonesian = words("id");

    private static Map<String, String> words(String language) {
        try {
            Map<String, String> words = new TreeMap<>();
            collect(
                    "",
                    new ObjectMapper()
                            .readTree(WEB.resolve("words." + language + ".json").toFile()),
                    words);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(String path, JsonNode node, Map<String, String> words) {
        if (node.isTextual()) {
            words.put(path, node.textValue());
        }
        node.fields()
                .forEachRemaining(field -> collect(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), words));
    }

    private static List<String> sources(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(WordsTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(List<String> sources, String pattern) {
        Pattern searched = Pattern.compile(pattern);
        return sources.stream()
                .flatMap(source -> searched.matcher(source).results())
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the words in a group, without the group. */
    private Set<String> group(String group) {
        return english.keySet().stream()
                .filter(id -> id.startsWith(group + "."))
                .map(id -> id.substring(group.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void bothLanguagesHaveTheSameWordsWithTheSamePlaceholders() {
        assertThat(indonesian.keySet()).isEqualTo(english.keySet());
        assertThat(indonesian).allSatisfy((id, text) -> {
            assertThat(text).as(id).isNotBlank();
            assertThat(placeholders(text)).as(id).isEqualTo(placeholders(english.get(id)));
        });
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void thePageUsesEachOfItsWordsAndNoOther() {
        Set<String> used = found(sources(WEB, ".js"), "\\bwords\\.(?!js\\b|en\\b|id\\b)(\\w+)");
        Set<String> written =
                group("page").stream().map(id -> id.replaceAll("\\..*", "")).collect(Collectors.toSet());
        // This one is taken apart.
        assertThat(sources(WEB, ".js")).anyMatch(source -> source.contains("const {whereabouts} = words;"));
        used.add("whereabouts");

        assertThat(used).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void theGroupsThatThePageUsesExist() {
        Set<String> named = found(sources(WEB, ".js"), "\\bwhereabouts\\.(\\w+)");

        assertThat(named).isNotEmpty().isEqualTo(group("page.whereabouts"));
    }

    @Test
    void theServerUsesEachOfItsSentencesAndNoOther() {
        Set<String> said = found(
                sources(JAVA, ".java"), "\"((?:name|event|state|trouble|why|reason|refusal)\\.[a-z_0-9]+[a-z0-9])\"");
        Arrays.stream(Match.Why.values()).map(why -> "reason." + lower(why)).forEach(said::add);
        Arrays.stream(NetworkFailure.values())
                .map(failure -> "network." + lower(failure))
                .forEach(said::add);
        Arrays.stream(Event.values()).map(event -> "event." + event.id()).forEach(said::add);
        found(List.of(read(JAVA.resolve("assignment/Event.java"))), "return \"([a-z_0-9]+)\";")
                .forEach(variant -> said.add("event." + variant));
        Stream.of("chosen", "assigned", "moved", "unparked", "paused")
                .forEach(event -> said.add("event." + event + "_by"));
        Stream.of("_for", "_until", "_until_for").forEach(more -> said.add("event.paused_by" + more));
        found(List.of(read(JAVA.resolve("access/HttpErrors.java"))), "\\b(4\\d\\d|500)\\b")
                .forEach(status -> said.add("refusal.status_" + status));

        Set<String> written = group("server").stream()
                .filter(id -> !id.startsWith("script."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(said).containsExactlyInAnyOrderElementsOf(written);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void theWordsOfTheScriptsAreKnown() {
        String scripts = String.join("\n", sources(Path.of("src/main/resources/redis"), ".lua"));
        Set<String> known = group("server.script").stream()
                .map(id -> english.get("server.script." + id).replaceAll("\\{\\w+}", ""))
                .collect(Collectors.toSet());

        assertThat(known).allSatisfy(text -> assertThat(scripts).contains("'" + text + "'"));
        assertThat(known).containsAll(found(List.of(scripts), "\\bhow = '([^']+)'"));
        assertThat(known)
                .containsAll(found(List.of(scripts), "\\breason = '([^']+ [^']+)'").stream()
                        .filter(text -> !english.containsValue(text))
                        .toList());
    }

    @Test
    void noRefusalIsInTheCode() {
        assertThat(found(
                                sources(JAVA, ".java"),
                                "(new (?:InvalidRequest|Conflict|NotKnown|QiscusFault|Trouble|Why|Reply)\\((?:false,|[\\w.]+,)?\\s*\"[^\"]+\")")
                        .stream()
                        .filter(refusal -> !refusal.startsWith("new Reply(true"))
                        .toList())
                .isEmpty();
    }

    @Test
    void noSentenceOfTheServerMatchesAnother() {
        Map<String, List<String>> byText =
                group("server").stream().collect(Collectors.groupingBy(id -> english.get("server." + id)));

        assertThat(byText.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    }

    @Test
    void everyPlaceholderIsWellFormed() {
        Stream.of(english, indonesian).forEach(words -> assertThat(words).allSatisfy((id, text) -> assertThat(
                        Pattern.compile("\\{[^}]*}").matcher(text).results().map(MatchResult::group))
                .as(id)
                .allMatch(found -> found.matches("\\{\\w+(:\\w+)?(\\|[^|}]+\\|[^|}]+)?}"))));
    }
}
