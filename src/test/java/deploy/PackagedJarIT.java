package deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The deliverable: one jar that runs and lists its contents. */
class PackagedJarIT {
    private static final Path JAR = Path.of("target", "qiscus-agent-assignment.jar");

    private static String entry(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getJarEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void itRuns() throws Exception {
        assertThat(Deploy.java("-jar", JAR.toString(), "help"))
                .contains("Usage: java -jar qiscus-agent-assignment.jar", "check", "register", "simulate");
    }

    @Test
    void itKnowsItsVersion() throws Exception {
        assertThat(Deploy.java("-jar", JAR.toString(), "--version"))
                .matches("Qiscus Agent Assignment \\d+\\.\\d+.*\\s*");
    }

    @Test
    void theJarNamesTheLicenceOfEverythingInIt() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> libraries = entry(jar, "META-INF/THIRD-PARTY.txt")
                    .lines()
                    .filter(line -> line.contains(" - http"))
                    .toList();

            assertThat(libraries)
                    .hasSizeGreaterThan(100)
                    .allMatch(line -> line.strip().startsWith("("))
                    .noneMatch(line -> line.contains("Unknown license"));
        }
    }

    @Test
    void theJarHasTheModulesAndLicencesOfThePagesLibraries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith("META-INF/resources/"))
                            .map(name -> name.replaceFirst(".*/(preact|htm)/[^/]+/", "$1/")))
                    .containsExactlyInAnyOrder(
                            "preact/LICENSE", "preact/dist/preact.module.js", "htm/LICENSE", "htm/dist/htm.module.js");
        }
    }

    @Test
    void theJarListsItsLibrariesForScanners() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assumeThat(jar.getJarEntry("META-INF/sbom/bom.json"))
                    .as("the jar was built offline, without an SBOM")
                    .isNotNull();
            JsonNode bom = new ObjectMapper().readTree(entry(jar, "META-INF/sbom/bom.json"));

            assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bom.path("components"))
                    .hasSizeGreaterThan(100)
                    .allMatch(component -> !component.path("version").asText().isEmpty()
                            && !component.path("hashes").isEmpty())
                    .extracting(component -> component.path("name").asText())
                    .contains("camel-main", "netty-codec-http", "jedis")
                    .doesNotContain("assertj-core", "junit-jupiter-api");
        }
    }

    @Test
    void theJarHasNothingForTestsOrForOneMachineOnly() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .noneMatch(name ->
                            name.endsWith(".env") || name.startsWith("support/") || name.startsWith("org/junit"));
        }
    }
}
