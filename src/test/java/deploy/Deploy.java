package deploy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import settings.Setting;

/** The files that the tests of this package check, and the names that they may use. */
final class Deploy {
    static final Path FILES = Path.of("deploy");

    private Deploy() {}

    static String read(String file) throws IOException {
        return Files.readString(FILES.resolve(file));
    }

    /**
     * Runs Java with the options of the deployment and these.
     *
     * @return its output
     * @throws AssertionError if it fails
     */
    static String java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + FILES.resolve("jvm.options"));
        command.addAll(List.of(arguments));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(printed).isZero();
        return printed;
    }

    static Set<String> settings() {
        return Stream.of(Setting.values()).map(Setting::name).collect(toSet());
    }
}
