package deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd's own check of the unit, if it is installed. */
class SystemdUnitTest {
    private static final String UNIT = "qiscus-agent-assignment.service";

    @TempDir
    Path directory;

    private record Said(int exitCode, String text) {}

    private Said systemdAnalyze(String... args) throws Exception {
        // With java at the path that the unit expects.
        String unit = Deploy.read("systemd/" + UNIT)
                .replace(
                        "/usr/bin/java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path copy = Files.writeString(directory.resolve(UNIT), unit);
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(args));
        command.add(copy.toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException notInstalled) {
            assumeThat(notInstalled).as("systemd is not installed").isNull();
            throw notInstalled;
        }
    }

    @Test
    void itIsAUnit() throws Exception {
        Said said = systemdAnalyze("verify");

        assertThat(said.text()).doesNotContain(UNIT + ":");
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    @Test
    void theUnitIsLittleExposed() throws Exception {
        Said said = systemdAnalyze("security", "--offline=true", "--no-pager");
        assumeThat(said.text()).as("this systemd cannot check a file").doesNotContain("unrecognized option");

        Matcher level =
                Pattern.compile("Overall exposure level .*: (\\d+\\.\\d+)").matcher(said.text());

        assertThat(level.find()).as(said.text()).isTrue();
        assertThat(Double.parseDouble(level.group(1))).isLessThan(2.0);
    }
}
