package deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the image as far as possible without building it. */
class DockerfileTest {

    private static String dockerfile() throws IOException {
        return Deploy.read("Dockerfile");
    }

    @Test
    void theCopiedFilesExistAndAreNotIgnored() throws IOException {
        List<String> copied = Pattern.compile("(?m)^COPY (?!--from)(\\S+) ")
                .matcher(dockerfile())
                .results()
                .map(copy -> copy.group(1))
                .toList();

        assertThat(copied).contains("pom.xml", "src");
        assertThat(copied).allMatch(path -> Files.exists(Path.of(path)));
        assertThat(Deploy.read("Dockerfile.dockerignore").lines())
                .contains("*")
                .containsAll(copied.stream().map(path -> "!" + path).toList());
    }

    @Test
    void theImageRunsWithoutAShellAndNotAsRoot() throws IOException {
        assertThat(dockerfile())
                .containsPattern("(?m)^ENTRYPOINT \\[\"java\", ")
                .contains("\nUSER 10001:10001\n");
    }

    @Test
    void itsVariablesAreSettings() throws IOException {
        List<String> names = Pattern.compile("(?m)^ENV (.+)$")
                .matcher(dockerfile())
                .results()
                .map(MatchResult::group)
                .flatMap(line -> Pattern.compile("(\\w+)=").matcher(line).results())
                .map(name -> name.group(1))
                .toList();

        assertThat(names).isNotEmpty().isSubsetOf(Deploy.settings());
    }

    @Test
    void theJvmAcceptsItsOptions() throws Exception {
        assertThat(Deploy.java("-XshowSettings:properties", "-version")).contains("file.encoding = UTF-8");
    }
}
