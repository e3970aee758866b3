package commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.CommandRun;
import support.RunningApplication;

class CommandsTest {
    @RegisterExtension
    final RunningApplication app =
            new RunningApplication().with("QISCUS_SECRET_KEY", "wrong-secret").startedByTest();

    @TempDir
    Path directory;

    @Test
    void helpListsTheCommands() {
        CommandRun run = CommandRun.of(Map.of(), "help");

        assertThat(run.out()).contains("Usage: java -jar qiscus-agent-assignment.jar", "check", "register");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void helpOfOneCommandListsItsOptions() {
        CommandRun run = CommandRun.of(Map.of(), "help", "register");

        assertThat(run.out()).contains("--url=https://HOST");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsAnOptionOfTheProgramToo(String option) {
        CommandRun run = CommandRun.of(Map.of(), option);

        assertThat(run.out()).isEqualTo(CommandRun.of(Map.of(), "help").out()).contains("--help", "--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"check, --help", "check, -h", "register, --help", "register, -h", "simulate, --help", "simulate, -h"})
    void helpIsAnOptionOfEachCommand(String command, String option) {
        CommandRun run = CommandRun.of(Map.of("PORT", "wrong"), command, option);

        assertThat(run.out())
                .startsWith("Usage: java -jar qiscus-agent-assignment.jar " + command)
                .contains("--url", "--help", "--version");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "check --version", "register --version", "simulate --version"})
    void theVersionIsPrinted(String line) {
        CommandRun run = CommandRun.of(Map.of("PORT", "wrong"), line.split(" "));

        // The build writes the version into the jar.
        assertThat(run.out()).isEqualTo("Qiscus Agent Assignment development\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "--check", "CHECK"})
    void anUnknownCommandIsAnsweredWithTheUsage(String unknown) {
        CommandRun run = CommandRun.of(Map.of(), unknown);

        assertThat(run.err()).contains("'" + unknown + "'", "Usage: java -jar qiscus-agent-assignment.jar");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://assign.example.com",
                "assign.example.com",
                "https://",
                "https://a b",
                "https://assign.example.com?secret=1",
                "https://user:password@assign.example.com"
            })
    void anAddressThatQiscusShouldNotCallIsRefused(String url) {
        CommandRun run = CommandRun.of(Map.of(), "register", "--url", url);

        assertThat(run.err()).startsWith("--url must be like https://your.host, without a query.");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void anAddressIsNeededToRegister() {
        CommandRun run = CommandRun.of(Map.of(), "register");

        assertThat(run.err()).startsWith("--url is missing");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "target/ours-1.0.jar check --url x, java -jar target/ours-1.0.jar",
        "app.Application check, java -jar qiscus-agent-assignment.jar",
        "'', java -jar qiscus-agent-assignment.jar"
    })
    void theSuggestedCommandNamesTheJarThatWasStarted(String started, String line) {
        assertThat(Commands.line(started)).isEqualTo(line);
    }

    @Test
    void mainRunsTheCommandOnly() throws Exception {
        Process process = main(app.environment(), "check");

        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(printed.lines())
                .startsWith("ok     settings  everything that profile prod needs is set")
                .contains("WRONG  qiscus    refuses: Qiscus answered 401: Unauthorized")
                .allMatch(line -> line.isEmpty() || line.matches("(ok|\\?|WRONG) .*|  +-> .*|.* wrong\\."));
    }

    private Process main(Map<String, String> settings, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "app.Application"));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QISCUS_") || name.startsWith("REDIS_"));
        builder.environment().putAll(settings);
        return builder.start();
    }
}
