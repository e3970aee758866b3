package commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.CommandRun;
import support.RealRedis;
import support.RunningApplication;

class SimulateTest {
    private static final String SECRET = "our-secret-path-segment";
    private static final String PORT = Integer.toString(RealRedis.freePort());

    @RegisterExtension
    final RunningApplication app = new RunningApplication()
            .with("QISCUS_BASE_URL", "http://127.0.0.1:" + PORT + "/simulator")
            .with("QISCUS_APP_ID", "simulator")
            .with("QISCUS_SECRET_KEY", "simulator")
            .with("WEBHOOK_SECRET", SECRET)
            .startedByTest();

    private CommandRun simulate(String secret, String... options) throws Exception {
        app.start();
        String[] args = new String[options.length + 5];
        System.arraycopy(
                new String[] {"simulate", "--port", PORT, "--url", "http://127.0.0.1:" + app.port()}, 0, args, 0, 5);
        System.arraycopy(options, 0, args, 5, options.length);
        return CommandRun.of(Map.of("WEBHOOK_SECRET", secret), args);
    }

    @Test
    void customersOfTheSimulatorAreServedByARunningInstance() throws Exception {
        CommandRun run = simulate(
                SECRET, "--customers", "6", "--rate", "600", "--agents", "4", "--handling", "0.5", "--seconds", "60");

        assertThat(run.out())
                .as(run.err())
                .startsWith("Qiscus is simulated at http://127.0.0.1:" + PORT + "/simulator")
                .contains(
                        "customers came      6 of 6\n",
                        "webhooks refused    0\n",
                        "assigned            6\n",
                        "resolved            6\n",
                        "of at most 2\n")
                .containsPattern("waited              half of them up to \\d+\\.\\d s, 95 % up to \\d+\\.\\d s")
                .doesNotContain(SECRET);
        assertThat(run.exitCode()).isZero();
        assertThat(app.qiscus().calls("/")).isEmpty();
    }

    @Test
    void customersWithoutAnAgentAreReported() throws Exception {
        CommandRun run = simulate("another-secret", "--customers", "2", "--rate", "600", "--seconds", "6");

        assertThat(run.out()).as(run.err()).contains("webhooks accepted   0\n", "assigned            0\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d", "http://localhost:%d/behind/", "https://127.0.0.1:%d"})
    @Timeout(10)
    void itIsReportedAtOnceIfNothingListens(String url) {
        String address = url.formatted(RealRedis.freePort());

        CommandRun run = CommandRun.of(Map.of(), "simulate", "--port", freePort(), "--url", address);

        assertThat(run.err())
                .isEqualTo("Nothing listens at " + address + ": start the instance first, or name it with --url.\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aHostThatDoesNotExistIsReportedToo() {
        CommandRun run = CommandRun.of(Map.of(), "simulate", "--port", freePort(), "--url", "http://no.such.invalid");

        assertThat(run.err()).startsWith("Nothing listens at http://no.such.invalid: ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @Timeout(20)
    void aServerThatNeverAnswersIsReportedWithinSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();

            CommandRun run = CommandRun.of(Map.of(), "simulate", "--port", freePort(), "--url", url);

            assertThat(run.err()).startsWith("Nothing answers at " + url + " within 5 seconds: ");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    private static String freePort() {
        return Integer.toString(RealRedis.freePort());
    }

    @ParameterizedTest
    @CsvSource({
        "--customers,0",
        "--rate,-1",
        "--agents,many",
        "--handling,0",
        "--seconds,0",
        "--port,70000",
        "--url,here",
        "--url,ftp://127.0.0.1/here"
    })
    void anInvalidOptionIsAnsweredWithTheUsage(String option, String value) {
        CommandRun run = CommandRun.of(Map.of(), "simulate", option, value);

        assertThat(run.err()).contains(option, "Usage: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aTakenPortIsReported() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());

            CommandRun run = CommandRun.of(Map.of(), "simulate", "--port", port);

            assertThat(run.err()).isEqualTo("--port " + port + " is taken by another program.\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }
}
