package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;
import settings.Setting;
import support.FakeQiscus;
import support.PackagedJar;
import support.RealRedis;
import support.RunningApplication;

/** The program as its own process, with settings as in production: it does what Settings says, or it ends. */
@Timeout(120)
class StartIT {
    private static final String ODD = "ab{{cd}}ef ${body} RAW(x) ?a=b&c#d %41\\n$$ {{PORT}} '\"";

    @RegisterExtension
    final RealRedis redis = new RealRedis();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = RealRedis.freePort();
    private final Map<String, String> environment = new HashMap<>(Map.of("PORT", Integer.toString(port)));
    private final List<String> options = new ArrayList<>();
    private Process program;

    @AfterEach
    void stopProcesses() {
        if (program != null) {
            program.destroyForcibly().onExit().join();
        }
    }

    // ---- it does what Settings says

    @ParameterizedTest
    @ValueSource(strings = {"", " \t"})
    void aBlankValueCountsAsNotSet(String blank) throws Exception {
        StringBuilder file = new StringBuilder();
        for (Setting setting : Setting.values()) {
            environment.put(setting.name(), blank);
            options.add("-D" + setting + "=" + blank);
            file.append(setting).append('=').append(blank).append('\n');
        }
        int redisPort = RealRedis.freePort();
        file.append("PORT=").append(port).append("\nREDIS_PORT=").append(redisPort);
        write(file.toString());

        start();

        awaitServing();
        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed()).contains("in profile dev", "keeps its data in ./data");
        assertThat(isOpen(redisPort)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme:\n", "resource:", "{acme}:"})
    void everyPartOfTheProgramUsesTheSamePrefix(String prefix) throws Exception {
        withRealSystems();
        environment.put("KEY_PREFIX", prefix);
        qiscus.hasAgents("11");
        start();
        awaitServing();

        assertThat(post("/webhook", "{\"room_id\":\"1\",\"source\":\"qiscus\"}"))
                .isEqualTo(200);

        await().atMost(Duration.ofMinutes(1)).until(() -> "11".equals(qiscus.agentOf("1")));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> "1".equals(redis.client().hget(prefix.strip() + "agent_customer_count", "11")));
        assertThat(redis.client().keys("*")).allMatch(key -> key.startsWith(prefix.strip()));
    }

    @Test
    void qiscusGetsTheUnchangedValue() throws Exception {
        Set<String> sent = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            sent.add(call.getRequestURI().getPath() + " "
                    + call.getRequestHeaders().getFirst("Qiscus-App-Id") + " "
                    + call.getRequestHeaders().getFirst("Qiscus-Secret-Key"));
            call.sendResponseHeaders(500, -1);
            call.close();
        });
        server.start();
        try {
            withRealSystems();
            environment.put(
                    "QISCUS_BASE_URL",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/a~b-c/%s".formatted("d_e.f"));
            environment.put("QISCUS_APP_ID", "id " + ODD);
            environment.put("QISCUS_SECRET_KEY", ODD);
            environment.put("QISCUS_EMAIL", ODD);
            environment.put("QISCUS_PASSWORD", ODD);
            environment.put("OPERATOR_TOKEN", ODD.replace(" ", ""));
            start();
            awaitServing();
            assertThat(post("/webhook", "{\"room_id\":\"1\",\"source\":\"qiscus\"}"))
                    .isEqualTo(200);

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> sent.stream().anyMatch(call -> call.contains("available_agents")));

            assertThat(sent)
                    .allMatch(call -> call.startsWith("/a~b-c/d_e.f/api/") && call.endsWith(" id " + ODD + " " + ODD));
            assertThat(get("/parked", ODD.replace(" ", ""))).isEqualTo(200);
            assertThat(printed()).doesNotContain("{{cd}}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRedisPasswordMayContainAnyCharacter() throws Exception {
        withRealSystems();
        redis.client().sendCommand(Command.ACL, "SETUSER", "odd", "reset", "on", ">" + ODD, "~*", "&*", "+@all");
        environment.put("REDIS_USER", "odd");
        environment.put("REDIS_PASSWORD", ODD);
        start();
        awaitServing();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> post("/webhook", "{\"room_id\":\"1\",\"source\":\"qiscus\"}") == 200);
        assertThat(printed()).doesNotContain("{{cd}}");
        redis.client().sendCommand(Command.ACL, "DELUSER", "odd");
    }

    @Test
    void aTokenInTheFileMayContainAHash() throws Exception {
        withRealSystems();
        write("\ufeff# for operators\r\nexport OPERATOR_TOKEN = abcdef#1234567890 # ours\r\n");
        start();
        awaitServing();

        assertThat(get("/parked", "abcdef")).isEqualTo(401);
        assertThat(get("/parked", "abcdef#1234567890")).isEqualTo(200);
    }

    @Test
    void aDollarWithoutAVariableIsReportedWithoutItsValue() throws Exception {
        withRealSystems();
        write("\nOPERATOR_TOKEN=a-long-token-of-ours$hidden\n");
        start();
        awaitServing();

        assertThat(printed()).contains(".env names a variable that is not set and counts as empty: line 2.");
        assertThat(printed()).doesNotContain("hidden", "a-long-token");
    }

    @Test
    void camelReadsNeitherTheEnvironmentNorSystemProperties() throws Exception {
        withRealSystems();
        Path file = Files.writeString(directory.resolve("other.properties"), "camel.server.port=1\nPORT=2\n");
        Files.createDirectory(directory.resolve("cloud"));
        Files.writeString(directory.resolve("cloud/x.properties"), "PORT=3\ncamel.server.port=3\n");
        environment.put("CAMEL_SERVER_PORT", "1");
        environment.put("CAMEL_MAIN_JMX_ENABLED", "true");
        environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:nowhere");
        environment.put("CAMEL_COMPONENT_PROPERTIES_ENVIRONMENT_VARIABLE_MODE", "2");
        environment.put("CAMEL_MAIN_INITIAL_PROPERTIES_LOCATION", "file:" + file);
        environment.put("QISCUS_CALL_TIMEOUT", "soon");
        environment.put("WEBHOOK_PATH_END", "{{x}}");
        options.add("-Dcamel.server.port=1");
        options.add("-Dcamel.main.property-placeholder-location=file:" + file);
        options.add("-Dcamel.main.override-properties-location=file:" + file);
        options.add("-Dcamel.main.cloud-properties-location=" + directory.resolve("cloud"));
        options.add("-DWAKE_CHANNEL=other");
        qiscus.hasAgents("11");
        start();
        awaitServing();

        assertThat(post("/webhook", "{\"room_id\":\"1\",\"source\":\"qiscus\"}"))
                .isEqualTo(200);

        await().atMost(Duration.ofMinutes(1)).until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat((List<?>) redis.client().sendCommand(Command.PUBSUB, "CHANNELS", "other"))
                .isEmpty();
    }

    // ---- what it prints then

    @Test
    void theStartEndsWithTheAddressToOpen() throws Exception {
        environment.put("REDIS_PORT", Integer.toString(RealRedis.freePort()));
        environment.put("LANG", "C");
        environment.put("SIMULATOR_CUSTOMERS_PER_MINUTE", "1");
        start();
        awaitServing();

        assertThat(ready())
                .containsExactly(
                        "Ready on port " + port + " in profile dev, version of the jar",
                        "Wallboard: http://localhost:" + port
                                + "/ \u00b7 simulated Qiscus with 4 agents \u00b7 stop with Ctrl-C");
    }

    @Test
    void aRealQiscusIsNamedAtTheStart() throws Exception {
        int managementPort = RealRedis.freePort();
        withRealSystems();
        environment.put("MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("MANAGEMENT_HOST", "127.0.0.1");
        start();
        await().atMost(Duration.ofMinutes(1)).until(() -> printed().contains("Ctrl-C"));

        assertThat(ready())
                .containsExactly(
                        "Ready on port " + port + " in profile prod, version of the jar",
                        "Wallboard: http://localhost:" + managementPort + "/ \u00b7 Qiscus at " + qiscus.url()
                                + " \u00b7 stop with Ctrl-C");
    }

    /** All lines from this one on. */
    private List<String> ready() throws IOException {
        return printed()
                .lines()
                .map(line -> line.substring(Math.min(line.length(), 42)))
                .dropWhile(line -> !line.startsWith("Ready"))
                .map(line -> line.replaceFirst("(version) \\d+\\.\\d+.*", "$1 of the jar"))
                .toList();
    }

    @Test
    void namesCloseToASettingAreReportedWithoutTheirValues() throws Exception {
        withRealSystems();
        environment.put("MAX_CUSTOMER_PER_AGENT", "5");
        environment.put("REDIS_PORT_6379_TCP", "tcp://10.0.0.1:6379");
        environment.put("HOME", "/");
        options.add("-DWORKER=3");
        write("QISCUS_URL=http://hidden.example.com\nCOMPOSE_PROJECT_NAME=x\n");
        start();
        awaitServing();

        assertThat(printed())
                .containsOnlyOnce("Not a setting, and ignored:")
                .contains("Not a setting, and ignored: MAX_CUSTOMER_PER_AGENT (did you mean MAX_CUSTOMERS_PER_AGENT?),"
                        + " QISCUS_URL (did you mean QISCUS_BASE_URL?), WORKER (did you mean WORKERS?)")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbsentSystemIsReportedWithoutAClassName(boolean redisIsAway) throws Exception {
        withRealSystems();
        environment.put("QISCUS_BASE_URL", "http://127.0.0.1:" + RealRedis.freePort());
        environment.put("RECONCILE_PERIOD", "500ms");
        if (redisIsAway) {
            environment.put("REDIS_PORT", Integer.toString(RealRedis.freePort()));
        }
        start();
        awaitServing();

        assertThat(post("/webhook", "{\"room_id\":\"1\",\"source\":\"qiscus\"}"))
                .isEqualTo(redisIsAway ? 503 : 200);
        if (redisIsAway) {
            await().atMost(Duration.ofMinutes(1)).until(() -> printed()
                    .contains("A call was answered with 503: Redis at 127.0.0.1:" + environment.get("REDIS_PORT")
                            + " cannot be reached, check REDIS_HOST and REDIS_PORT"));
        } else {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> printed().contains("is back in line: Qiscus cannot be reached (connection refused)"));
        }
        String health = http.send(request("/observe/health").build(), BodyHandlers.ofString())
                .body();
        assertThat(health).contains(redisIsAway ? "Redis at 127.0.0.1:" : "Redis answers.");
        assertThat(health + printed()).doesNotContainPattern("[a-z]Exception|[a-z]Error\\b|\\bat [a-z]+\\.[A-Z]");
    }

    // ---- or it ends

    @Test
    void aPortTakenBetweenTheCheckAndTheBindEndsTheStart() throws Exception {
        int redisPort = RealRedis.freePort();
        environment.put("REDIS_PORT", Integer.toString(redisPort));
        try (Socket bound = new Socket()) {
            // It answers no call, so the check does not find it.
            bound.setReuseAddress(false);
            bound.bind(new InetSocketAddress(port));

            start();

            assertThat(sentence())
                    .isEqualTo("PORT " + port + " cannot be opened: another program has it, or this user may not.");
        }
        assertThat(isOpen(redisPort)).isFalse();
    }

    @Test
    void aTakenManagementPortEndsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            withRealSystems();
            environment.put("MANAGEMENT_PORT", Integer.toString(taken.getLocalPort()));

            start();

            assertThat(sentence())
                    .isEqualTo("MANAGEMENT_PORT " + taken.getLocalPort()
                            + " cannot be opened at MANAGEMENT_HOST 127.0.0.1: Address already in use.");
        }
    }

    @Test
    void aFailingBeanEndsTheStartAndTheEmbeddedRedis() throws Exception {
        int redisPort = RealRedis.freePort();
        environment.put("REDIS_PORT", Integer.toString(redisPort));
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("data/simulator.json"), "{");

        start();

        assertThat(sentence()).startsWith("The simulator cannot read ").endsWith(": delete that file.");
        assertThat(isOpen(redisPort)).isFalse();
    }

    @Test
    void aDirectoryThatCannotBeCreatedEndsTheStart() throws Exception {
        environment.put("REDIS_PORT", Integer.toString(RealRedis.freePort()));
        environment.put("DATA_DIR", "/dev/null/data");

        start();

        assertThat(sentence())
                .startsWith("The embedded Redis does not start, check REDIS_PORT and DATA_DIR: ")
                .doesNotContain("Exception");
    }

    @Test
    void anUnexpectedFailureEndsTheStart() throws Exception {
        withRealSystems();
        environment.put("OPERATOR_TOKEN", "MARK-token-0123456789");
        // Without these classes the HTTP server cannot be loaded.
        options.add("-Dvertx.cacheDirBase=/dev/null/MARK-token-0123456789");

        start();

        assertThat(sentence())
                .isEqualTo("The program cannot start because of an unexpected failure. Please report it:");
        assertThat(printed()).doesNotContain("MARK");
    }

    // ----

    private void withRealSystems() {
        environment.putAll(RunningApplication.between(redis, qiscus));
        environment.put("LOG_FORMAT", "text");
    }

    private void write(String file) throws IOException {
        Files.writeString(directory.resolve(".env"), file);
    }

    private void start() throws IOException {
        ProcessBuilder java = new ProcessBuilder(PackagedJar.command(options))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed").toFile());
        java.environment().clear();
        java.environment().putAll(environment);
        program = java.start();
    }

    private void awaitServing() {
        await().atMost(60, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !program.isAlive() || get("/observe/health/live", "") == 200);
        assertThat(program.isAlive()).as(() -> "it ended").isTrue();
    }

    /** The first line that is not a log line, if the program ended by itself with a failure. */
    private String sentence() throws Exception {
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(1);
        try (Stream<String> lines = printed().lines()) {
            return lines.filter(line -> !line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d+ (INFO|WARN) .*"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String printed() throws IOException {
        return Files.readString(directory.resolve("printed"));
    }

    private int post(String path, String json) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private int get(String path, String token) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private int send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException closed) {
            return false;
        }
    }
}
