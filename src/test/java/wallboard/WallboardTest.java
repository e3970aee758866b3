package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** The page's files and data. */
@Timeout(120)
class WallboardTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("RECONCILE_PERIOD", "500ms");

    private final FakeQiscus qiscus = app.qiscus();

    private final HttpClient streams =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<InputStream> watch() throws IOException, InterruptedException {
        return streams.send(app.request("/wallboard/events").build(), BodyHandlers.ofInputStream());
    }

    private JsonNode board() throws IOException, InterruptedException {
        HttpResponse<String> answer = app.get("/wallboard/state");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("board");
    }

    private static List<String> all(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static void happened(long ago, String event, Map<String, ?> data) throws IOException {
        REDIS.client()
                .xadd(
                        "history",
                        XAddParams.xAddParams().id(new StreamEntryID(System.currentTimeMillis() - ago)),
                        Map.of("event", event, "room", "9", "data", JSON.writeValueAsString(data)));
    }

    @Test
    void aWaitingCustomerIsShownWithTheReason() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1", "wa");

        await().untilAsserted(() -> {
            JsonNode board = board();
            assertThat(board.path("waiting").asInt()).isEqualTo(1);
            JsonNode customer = board.path("customers").path(0);
            assertThat(customer.path("room_id").asText()).isEqualTo("1");
            assertThat(customer.path("name").asText()).isEqualTo("Customer 1");
            assertThat(customer.path("why").path("kind").asText()).isEqualTo("NOBODY_ONLINE");
            assertThat(board.path("oldest")).isEqualTo(customer);
            assertThat(all(board.path("troubles"), "text"))
                    .contains("1 customer waits where no agent is online: an agent must log in to Qiscus.");
        });
        assertThat(app.get("/wallboard/state").body()).doesNotContain("c@example.com");
    }

    @Test
    void aFullChannelIsTheReasonForAllItsCustomers() throws Exception {
        qiscus.hasAgents("11");
        for (String room : List.of("1", "2")) {
            app.customerWrites(room, "wa");
        }
        await().until(() -> qiscus.assignments().size() == 2 && REDIS.client().zcard("claimed") == 0);
        for (String room : List.of("3", "4", "5")) {
            app.customerWrites(room, "wa");
        }

        await().untilAsserted(() -> {
            JsonNode board = board();
            assertThat(all(board.path("customers"), "room_id")).containsExactly("3", "4", "5");
            board.path("customers").forEach(customer -> assertThat(
                            customer.path("why").path("kind").asText())
                    .isIn("EVERYBODY_FULL", "NEXT"));
            assertThat(board.path("served").asInt()).isEqualTo(2);
            JsonNode channel = board.path("channels").path(0);
            assertThat(channel.path("channel").asText()).isEqualTo("wa");
            assertThat(channel.path("waiting").asInt()).isEqualTo(3);
            JsonNode agent = board.path("agents").path(0);
            assertThat(agent.path("online").asBoolean()).isTrue();
            assertThat(agent.path("customers").asInt()).isEqualTo(2);
            assertThat(agent.path("capacity").asInt()).isEqualTo(2);
            assertThat(agent.path("last_assigned").asLong()).isPositive();
        });
    }

    @Test
    void agentsOnlineAreKnownWithoutWaitingCustomers() throws Exception {
        qiscus.hasAgents("11", "12", "13");
        qiscus.listsPerPage(2);
        qiscus.setForceOffline("12", true);
        qiscus.setType("13", "admin");

        await().untilAsserted(() -> {
            JsonNode agents = board().path("agents");
            assertThat(all(agents, "name")).containsExactly("Agent 11", "Agent 12");
            assertThat(all(agents, "online")).containsExactly("true", "false");
        });

        qiscus.setAvailable("11", false);
        await().untilAsserted(() -> assertThat(
                        board().path("agents").path(0).path("online").asBoolean())
                .isFalse());
    }

    @Test
    void aRefusedListOfAllAgentsIsHarmless() throws Exception {
        qiscus.hasAgents("11");
        for (int i = 0; i < 3; i++) {
            qiscus.nextTo("admin/agents", Fault.answering(403, "{\"errors\":\"Forbidden\"}"));
        }

        await().until(() -> qiscus.calls("admin/agents").size() > 4);
        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void theLastHourComesFromTheHistory() throws Exception {
        for (int waited = 1; waited <= 20; waited++) {
            happened(
                    1_000_000 - waited * 1000L,
                    "assigned",
                    Map.of("name", "Ayu", "channel", "wa", "waited", waited * 4000, "count", 1));
        }
        happened(5000, "corrected", Map.of("agents", 2));

        JsonNode hour = board().path("hour");

        assertThat(hour.path("assigned").asInt()).isEqualTo(20);
        assertThat(hour.path("p50").asInt()).isEqualTo(40_000);
        assertThat(hour.path("p95").asInt()).isEqualTo(76_000);
        assertThat(hour.path("within_goal").asDouble()).isEqualTo(0.75);
        assertThat(hour.path("assigned_per_minute")).hasSize(60);
        assertThat(hour.path("corrections").asInt()).isEqualTo(2);

        happened(0, "assigned", Map.of("channel", "wa", "waited", 1, "count", 1));
        await().untilAsserted(() ->
                assertThat(board().path("hour").path("assigned").asInt()).isEqualTo(21));
    }

    @Test
    void aParkedSessionIsShownWithItsReason() throws Exception {
        qiscus.hasAgents("11");
        qiscus.refusesToAssign("1", "Room is locked");
        app.customerWrites("1");

        await().untilAsserted(() -> {
            JsonNode aside = board().path("parked").path(0);
            assertThat(aside.path("room_id").asText()).isEqualTo("1");
            assertThat(aside.path("reason").asText()).contains("Room is locked");
            assertThat(aside.path("can_retry").asBoolean()).isTrue();
        });
    }

    @Test
    void aFailingQiscusIsShown() throws Exception {
        qiscus.hasAgents("11");
        qiscus.goAway();
        app.customerWrites("1");

        await().untilAsserted(() -> {
            JsonNode board = board();
            assertThat(all(board.path("troubles"), "severity")).contains("BAD");
            assertThat(all(board.path("troubles"), "text")).anyMatch(text -> text.contains("Qiscus"));
            assertThat(board.path("customers").path(0).path("why").path("kind").asText())
                    .isEqualTo("QISCUS_FAILS");
        });
        qiscus.comeBack();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(board().path("waiting").asInt()).isZero());
    }

    @Test
    void viewersGetChangesAsTheyHappen() throws Exception {
        qiscus.hasAgents("11");
        HttpResponse<InputStream> stream = watch();
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (Scanner lines = new Scanner(stream.body(), StandardCharsets.UTF_8)) {
            assertThat(nextBoard(lines).path("served").asInt()).isZero();

            app.customerWrites("1");

            CompletableFuture<JsonNode> told = CompletableFuture.supplyAsync(() -> {
                JsonNode board = nextBoard(lines);
                while (board.path("served").asInt() == 0) {
                    board = nextBoard(lines);
                }
                return board;
            });
            assertThat(told.get(20, TimeUnit.SECONDS).path("served").asInt()).isEqualTo(1);
        }
    }

    private static JsonNode nextBoard(Scanner lines) {
        try {
            String line = lines.nextLine();
            while (!line.startsWith("data: {")) {
                line = lines.nextLine();
            }
            return JSON.readTree(line.substring(6)).path("board");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void viewersAreLimitedAndOneWhoLeavesFreesAPlace() throws Exception {
        List<HttpResponse<InputStream>> viewers = new ArrayList<>();
        for (int i = 0; i < LiveBoard.MOST_VIEWERS; i++) {
            viewers.add(watch());
            assertThat(viewers.get(i).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = app.get("/wallboard/events");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(refused.body()).path("success").asBoolean(true))
                .isFalse();
        viewers.get(0).body().close();
        await().untilAsserted(() -> {
            HttpResponse<InputStream> next = watch();
            viewers.add(next);
            assertThat(next.statusCode()).isEqualTo(200);
        });
        for (HttpResponse<InputStream> viewer : viewers) {
            viewer.body().close();
        }
    }

    @Test
    void thePageComesFromTheJarUnderAStrictPolicy() throws Exception {
        HttpResponse<String> page = app.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>Wallboard</title>")
                .doesNotContain("src=\"http", "href=\"http", " style=");
        Map<String, String> headers = new HashMap<>();
        page.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        assertThat(headers)
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer");
        assertThat(headers.get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(app.send(app.request("/").GET().header("If-None-Match", headers.get("etag")))
                        .statusCode())
                .isEqualTo(304);
        assertThat(app.send(app.request("/").method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.post("/", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void librariesComeFromTheJarUnderTheSamePolicy() throws Exception {
        for (String path : List.of("/wallboard/preact.js", "/wallboard/htm.js")) {
            HttpResponse<String> module = app.get(path);

            assertThat(module.statusCode()).as(path).isEqualTo(200);
            assertThat(module.body()).as(path).contains("export");
            assertThat(module.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
            assertThat(module.headers().firstValue("Content-Security-Policy"))
                    .isEqualTo(app.get("/").headers().firstValue("Content-Security-Policy"));
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        for (String path : List.of(
                "/pom.xml",
                "/.env",
                "/application.properties",
                "/wallboard/",
                "/wallboard/index.html",
                "/wallboard/../pom.xml",
                "/wallboard/%2e%2e/application.properties",
                "/web/index.html",
                "/redis/take.lua")) {
            assertThat(app.get(path).statusCode()).as(path).isIn(400, 404);
        }
    }
}
