package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions and messages know nothing of routes; only what camel-http throws is translated in one place. */
class NoCamelInDecisionsTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @ParameterizedTest
    @ValueSource(strings = {"assignment", "qiscus"})
    void onlyQiscusFaultsImportsCamel(String directory) throws IOException {
        List<Path> sources = javaFiles(directory);

        Stream<Path> withCamel = sources.stream().filter(file -> read(file).contains("org.apache.camel"));

        assertThat(sources).hasSizeGreaterThan(5);
        assertThat(withCamel).isSubsetOf(List.of(SOURCES.resolve("qiscus/QiscusFaults.java")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "routes", "store", "simulator", "qiscus", "org.springframework", "redis"})
    void decisionsDependOnNothingAroundThem(String outside) throws IOException {
        List<Path> sources = javaFiles("assignment");

        Stream<Path> dependent = sources.stream().filter(file -> read(file)
                .lines()
                .anyMatch(line -> line.matches("import (static )?" + outside.replace(".", "\\.") + "\\..*")));

        assertThat(sources).hasSizeGreaterThan(5);
        assertThat(dependent).isEmpty();
    }

    private static List<Path> javaFiles(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
