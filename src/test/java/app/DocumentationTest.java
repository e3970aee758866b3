package app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import assignment.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import settings.Setting;
import settings.Settings;

/** The documents list the settings and events that the program has. */
class DocumentationTest {
    /** <code>| `NAME` | default, or nothing | meaning |</code> */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|([^|]*)\\|([^|]*)\\|$");

    /** A link to a file of this repository, with or without a heading in it. */
    private static final Pattern LINK = Pattern.compile("(?:]\\(|href=\"|src=\")(?!https?:)([^)#\"]*)#?([^)\"]*)");

    private record Documented(String name, String defaultValue, String meaning) {}

    private static final List<Documented> SETTINGS = Stream.of(Setting.values())
            .map(setting -> new Documented(
                    setting.name(),
                    setting.defaultValue() == null ? "" : setting.defaultValue(),
                    setting.description()))
            .toList();

    @Test
    void theTableListsEverySettingInOrderWithDefaultAndMeaning() throws IOException {
        List<Documented> listed = ROW.matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .map(row -> new Documented(
                        row.group(1), row.group(2).strip(), row.group(3).strip()))
                .toList();

        assertThat(listed).containsExactlyElementsOf(SETTINGS);
    }

    @Test
    void everyEventIsDocumentedAndEveryEventOfTheScriptsIsKnown() throws IOException {
        String table = Files.readString(Path.of("docs/history.md"));
        List<String> documented = Pattern.compile("(?m)^\\| (`[a-z_`, ]+`) \\|")
                .matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
                .toList();
        StringBuilder scripts = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/redis"))) {
            for (Path file : files.toList()) {
                scripts.append(Files.readString(file));
            }
        }
        assertThat(Pattern.compile("record\\('([a-z_]+)'")
                        .matcher(scripts)
                        .results()
                        .map(event -> event.group(1))
                        .distinct())
                .isSubsetOf(documented);
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Event.values()).map(Event::id).toList());
    }

    @Test
    void everyLinkPointsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                Path target = link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || !link.group(2).isEmpty() && !headings(target).contains(link.group(2))) {
                    broken.add(document + ": " + link.group(1) + " " + link.group(2));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of("."));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            List<Path> documents = Stream.concat(top.map(Path::normalize), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            assertThat(documents).hasSizeGreaterThan(10);
            return documents;
        }
    }

    /** The anchors that GitHub gives them. */
    private static List<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void theExampleListsEverySettingInOrderWithMeaningAndDefault() throws IOException {
        String expected = Stream.of(Setting.values())
                .map(setting -> "# " + setting.description() + "\n#" + setting.name() + "="
                        + (setting.defaultValue() == null ? "" : setting.defaultValue()))
                .collect(joining("\n"));

        String example = Files.readAllLines(Path.of(".env.example")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("# ---- "))
                .collect(joining("\n"));

        assertThat(example).isEqualTo(expected);
    }

    @Test
    void theUncommentedExampleChangesNothing() throws IOException {
        Map<String, String> given = new HashMap<>();
        for (String line : Files.readAllLines(Path.of(".env.example"))) {
            if (line.matches("#[A-Z].*")) {
                given.put(line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }

        Settings settings = new Settings(given);

        assertThat(given).hasSameSizeAs(SETTINGS);
        Settings untouched = new Settings(Map.of());
        assertThat(Setting.values())
                .allMatch(setting -> Objects.equals(settings.text(setting), untouched.text(setting)));
    }
}
