package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Protocol;
import support.FakeQiscus;
import support.PackagedJar;
import support.QiscusServer.Fault;
import support.RealRedis;

/** The program as its owner starts it, and everything that it prints. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SecretsInLogsIT {
    /** All contain MARK, except those that the fake Qiscus makes up. */
    private static final List<String> SECRETS =
            List.of("MARK", FakeQiscus.SECRET, "<token>", "<sdk key>", "@example.com", "@marked.example");

    private static final String WEBHOOK_SECRET = "MARK-webhook-secret-0123456789";
    private static final String OPERATOR_TOKEN = "MARK-operator-{{token}}-${body}-RAW(x)?a=b&c#d%41";
    private static final String REDIS_PASSWORD = "MARK-redis-{{password}} ${body} RAW(x) #d %41";

    private static final String ALL_AT_TRACE = """
            <configuration>
                <appender name="all" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%level %logger %msg %mdc%n%ex{full}</pattern></encoder>
                </appender>
                <logger name="org.apache.hc.client5.http.wire" level="TRACE"/>
                <logger name="org.apache.hc.client5.http.headers" level="ALL"/>
                <logger name="org.apache.camel" level="TRACE"/>
                <root level="ALL"><appender-ref ref="all"/></root>
            </configuration>
            """;
    private static final String ALL_OF_JAVA_LOGGING = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            .level = INFO
            io.level = ALL
            redis.level = ALL
            org.level = ALL
            """;

    private static final String NEW_SESSION = """
            {"app_id":"app-code","source":"qiscus","name":"%s","email":"MARK-customer@marked.example","room_id":"%s",\
            "avatar_url":"https://MARK-avatar/a.png","extras":"{\\"phone\\":\\"MARK-extras\\"}","is_new_session":true,\
            "is_resolved":false,"message":"MARK-message","latest_service":{"id":1,"is_resolved":true,"notes":"MARK-notes"},\
            "candidate_agent":{"id":5,"email":"MARK-agent@marked.example","authentication_token":"MARK-agent-token",\
            "sdk_key":"MARK-sdk-key"}}""";
    private static final String RESOLVE = """
            {"customer":{"name":"Ayu","user_id":"MARK-customer@marked.example"},\
            "resolved_by":{"id":1,"type":"admin","email":"MARK-admin@marked.example"},\
            "service":{"id":%d,"room_id":"%s","is_resolved":true,"notes":"MARK-notes","source":"qiscus"}}""";

    @RegisterExtension
    final RealRedis redis = RealRedis.ofItsOwn();

    @RegisterExtension
    final FakeQiscus qiscus = new FakeQiscus();

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = RealRedis.freePort();
    private Process program;

    @AfterEach
    void stopProcesses() {
        if (program != null) {
            program.destroyForcibly();
        }
    }

    @Test
    void withEveryLoggerAtTraceNoSecretIsPrinted() throws Exception {
        Path logback = Files.writeString(directory.resolve("trace.xml"), ALL_AT_TRACE);
        Path jul = Files.writeString(directory.resolve("jul.properties"), ALL_OF_JAVA_LOGGING);

        String printed =
                printedMeanwhile("-Dlogback.configurationFile=" + logback, "-Djava.util.logging.config.file=" + jul);

        assertThat(printed).contains("INFO event Assigned Ayu (room 1) to Agent 11");
        assertThat(printed).doesNotContain(SECRETS);
    }

    @Test
    void inJsonEachLineIsOneObjectWithItsFieldsAndNoSecret() throws Exception {
        String printed = printedMeanwhile();

        assertThat(printed).doesNotContain(SECRETS);
        assertThat(printed.lines()).allMatch(line -> line.startsWith("{"));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .allMatch(line -> line.has("time") && line.has("level") && line.has("logger") && line.has("message"));
        JsonNode assigned = first(lines, "assigned");
        assertThat(assigned.path("message").asText()).startsWith("Assigned Ayu (room 1) to Agent 11");
        assertThat(assigned.path("level").asText()).isEqualTo("INFO");
        assertThat(assigned.path("logger").asText()).isEqualTo("event");
        assertThat(assigned.path("room_id").asText()).isEqualTo("1");
        assertThat(assigned.path("channel").asText()).isEqualTo("qiscus");
        assertThat(assigned.path("agent_id").asText()).isEqualTo("11");
        assertThat(assigned.path("count").isNumber()).isTrue();
        assertThat(first(lines, "wrote").path("room_id").asText()).isEqualTo("1");
        assertThat(first(lines, "set_back").path("reason").asText()).startsWith("Qiscus answered");
        assertThat(first(lines, "parked").path("reason").asText()).contains("[e-mail]", "<our secret>");
        assertThat(first(lines, "resolved").path("agent_id").asText()).isEqualTo("11");
        assertThat(lines.get(lines.size() - 1).path("message").asText()).isEqualTo("Stopped");
        assertThat(lines.get(lines.size() - 1).has("event")).isFalse();
    }

    private static JsonNode first(List<JsonNode> lines, String event) {
        return lines.stream()
                .filter(line -> event.equals(line.path("event").asText()))
                .findFirst()
                .orElseThrow();
    }

    /** Every kind of failure in the life of the program. */
    private String printedMeanwhile(String... options) throws Exception {
        allowRedisUser();
        qiscus.hasAgents("11");
        Path printed = directory.resolve("printed");
        start(printed, options);
        await().atMost(60, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> webhook("Ayu", "1") == 200);
        await().until(() -> "11".equals(qiscus.agentOf("1")));

        refusals();
        failuresOfQiscus();
        redisComesAndGoes();

        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(printed);
    }

    private void refusals() throws Exception {
        String webhook = "/webhook/" + WEBHOOK_SECRET;
        assertThat(post(webhook, "{\"room_id\":\"MARK room\",\"email\":\"MARK@marked.example\"}"))
                .isEqualTo(400);
        assertThat(post(webhook, "{\"room_id\":1,\"message\":\"MARK-torn")).isEqualTo(400);
        assertThat(post(webhook, "MARK-text")).isEqualTo(400);
        assertThat(post("/resolve/" + WEBHOOK_SECRET, "{\"service\":{\"notes\":\"MARK-notes\"}}"))
                .isEqualTo(400);
        assertThat(post("/resolve/" + WEBHOOK_SECRET, "[\"MARK-notes\"]")).isEqualTo(400);
        assertThat(post("/webhook/MARK-guess", "{\"message\":\"MARK\"}")).isEqualTo(404);
        assertThat(get("/parked", "MARK-guess")).isBetween(401, 404);
        assertThat(get("/parked", OPERATOR_TOKEN)).isEqualTo(200);
        assertThat(get("/sessions/1", OPERATOR_TOKEN)).isEqualTo(200);
    }

    private void failuresOfQiscus() throws Exception {
        qiscus.nextTo("available_agents", Fault.answering(500, "{\"trace\":\"MARK-500\",\"errors\":[\"MARK-500\"]}"));
        qiscus.nextTo("available_agents", Fault.answering(200, "{\"data\":{\"agents\":[{\"sdk_key\":\"MARK-torn"));
        qiscus.nextTo("available_agents", Fault.answering(200, "<html>MARK-page</html>"));
        qiscus.nextTo(
                "assign_agent",
                Fault.answering(
                        400,
                        "{\"errors\":{\"message\":\"no room for" + " siti@example.com with " + FakeQiscus.SECRET
                                + "\",\"token\":\"MARK-400\"}}"));
        qiscus.nextTo("assign_agent", Fault.answering(503, "MARK-503").with("Set-Cookie", "MARK-cookie"));
        webhook("Ayu", "2");
        await().atMost(60, TimeUnit.SECONDS).until(() -> "11".equals(qiscus.agentOf("2")));

        qiscus.resolves("1");
        assertThat(post("/resolve/" + WEBHOOK_SECRET, RESOLVE.formatted(7, "1")))
                .isEqualTo(200);
        qiscus.refusesToAssign("3", "siti@example.com: " + FakeQiscus.SECRET + " is locked");
        webhook("MARK-name@marked.example", "3");
        await().atMost(60, TimeUnit.SECONDS).until(() -> redis.client().hexists("parked", "3"));
    }

    /** After its restart Redis does not know our user until it is created again. */
    private void redisComesAndGoes() throws Exception {
        redis.kill();
        assertThat(webhook("Ayu", "4")).isEqualTo(503);
        redis.start();
        assertThat(webhook("Ayu", "4")).isEqualTo(503);
        allowRedisUser();
        await().atMost(30, TimeUnit.SECONDS).until(() -> webhook("Ayu", "4") == 200);
    }

    private void allowRedisUser() {
        redis.client()
                .sendCommand(Protocol.Command.ACL, "SETUSER", "app", "on", ">" + REDIS_PASSWORD, "~*", "&*", "+@all");
    }

    private void start(Path printed, String... options) throws IOException {
        ProcessBuilder java = new ProcessBuilder(PackagedJar.command(List.of(options)));
        java.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
        java.environment().clear();
        Map<String, String> settings = new HashMap<>(Map.of(
                "PORT", Integer.toString(port),
                "QISCUS_BASE_URL", qiscus.url(),
                "QISCUS_APP_ID", FakeQiscus.APP_ID,
                "QISCUS_SECRET_KEY", FakeQiscus.SECRET,
                "QISCUS_TIMEOUT", "1s",
                "SETTLE_TIME", "1s",
                "CLAIM_LEASE", "3s",
                "DISPATCH_PERIOD", "200ms",
                "RECONCILE_PERIOD", "1s"));
        settings.putAll(Map.of(
                "QISCUS_EMAIL",
                "MARK-login@marked.example",
                "QISCUS_PASSWORD",
                "MARK-login-{{password}}-${body}",
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                Integer.toString(redis.port()),
                "REDIS_USER",
                "app",
                "REDIS_PASSWORD",
                REDIS_PASSWORD,
                "WEBHOOK_SECRET",
                WEBHOOK_SECRET,
                "OPERATOR_TOKEN",
                OPERATOR_TOKEN));
        java.environment().putAll(settings);
        program = java.start();
    }

    private int webhook(String name, String room) throws Exception {
        return post("/webhook/" + WEBHOOK_SECRET, NEW_SESSION.formatted(name, room));
    }

    private int post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
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
}
