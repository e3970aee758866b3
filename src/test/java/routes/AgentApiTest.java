package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Operator.done;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RunningApplication;

/** Actions of supervisors on agents, and the record of who did them. */
class AgentApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("OPERATOR_TOKENS", Operator.DEWI_AND_BUDI);

    private final FakeQiscus qiscus = app.qiscus();
    private final Operator dewi = Operator.dewi(app);

    @BeforeEach
    void anAgentIsKnown() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1") && REDIS.client().hexists("agent", "11"));
    }

    @Test
    void aPausedAgentKeepsTheirChatsAndGetsNoNewOnes() throws Exception {
        JsonNode paused = done(dewi.post("/agents/11/pause", "{\"until\":null,\"reason\":\"lunch\"}"), 200);

        assertThat(paused.path("message").asText()).isEqualTo("dewi paused Agent 11: lunch.");
        JsonNode data = paused.path("data");
        assertThat(data.path("event").asText()).isEqualTo("paused");
        assertThat(data.path("by").asText()).isEqualTo("dewi");
        assertThat(data.path("at").asLong()).isPositive();
        assertThat(data.has("before")).isFalse();
        assertThat(data.path("after").path("reason").asText()).isEqualTo("lunch");
        assertThat(lastEvent().path("by").asText()).isEqualTo("dewi");
        app.customerWrites("2");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.agentOf("2") == null);
        assertThat(qiscus.agentOf("1")).isEqualTo("11");

        JsonNode resumed = done(new Operator(app, "token2").post("/agents/11/resume", ""), 200);

        assertThat(resumed.path("message").asText()).isEqualTo("Agent 11 gets new chats again: budi resumed them.");
        assertThat(resumed.path("data").path("before").path("by").asText()).isEqualTo("dewi");
        assertThat(resumed.path("data").has("after")).isFalse();
        await().until(() -> "11".equals(qiscus.agentOf("2")));
    }

    @Test
    void aPauseEndsAtItsTime() throws Exception {
        Instant until = Instant.now().plusSeconds(3);

        JsonNode paused = done(
                dewi.post("/agents/11/pause", "{\"until\":\"" + until.atOffset(ZoneOffset.ofHours(7)) + "\"}"), 200);

        assertThat(paused.path("data").path("after").path("until").asLong()).isEqualTo(until.toEpochMilli());
        assertThat(paused.path("message").asText())
                .startsWith("dewi paused Agent 11 until " + until.toString().substring(0, 19));
        app.customerWrites("2");
        await().until(() -> "11".equals(qiscus.agentOf("2")));
        assertThat(Instant.now()).isAfter(until);
    }

    @Test
    void anInvalidPauseIsRefusedAndChangesNothing() {
        assertThat(List.of(
                        "{\"until\":\"2020-12-01T13:00:00+07:00\"}",
                        "{\"until\":\"2026-12-01T13:00:00\"}",
                        "{\"until\":\"tomorrow\"}",
                        "{\"until\":\"\"}",
                        "{\"until\":\"+999999999-12-01T13:00:00+07:00\"}",
                        "{\"until\":\"9999-12-01T13:00:00+07:00\"}",
                        "{\"until\":4102444800000}",
                        "{\"until\":false}",
                        "{\"until\":null,\"reason\":7}",
                        "[]",
                        "no",
                        ""))
                .allSatisfy(body -> isRefused(dewi.post("/agents/11/pause", body), 400));
    }

    @Test
    void aReasonIsShort() throws Exception {
        isRefused(dewi.post("/agents/11/pause", "{\"reason\":\"" + "x".repeat(201) + "\"}"), 400);
    }

    @Test
    void anAgentsOwnCapacityAppliesAtOnce() throws Exception {
        JsonNode set = done(dewi.send("PUT", "/agents/11/capacity", "{\"max_customer_per_agent\":1}"), 200);

        assertThat(set.path("message").asText())
                .isEqualTo("dewi changed the capacity of Agent 11 from that of all to 1.");
        assertThat(set.path("data").has("before")).isFalse();
        assertThat(set.path("data").path("after").asInt()).isEqualTo(1);
        assertThat(lastEvent().path("by").asText()).isEqualTo("dewi");
        app.customerWrites("2");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.agentOf("2") == null);

        assertThat(done(dewi.send("PUT", "/agents/11/capacity", "{\"max_customer_per_agent\":1}"), 200)
                        .has("data"))
                .isFalse();
        JsonNode back = done(dewi.send("PUT", "/agents/11/capacity", "{\"max_customer_per_agent\":null}"), 200);

        assertThat(back.path("data").path("before").asInt()).isEqualTo(1);
        assertThat(back.path("data").has("after")).isFalse();
        assertThat(REDIS.client().exists("config")).isFalse();
        await().until(() -> "11".equals(qiscus.agentOf("2")));
    }

    @Test
    void anInvalidCapacityIsRefusedAndChangesNothing() {
        assertThat(List.of(
                        "{\"max_customer_per_agent\":-1}",
                        "{\"max_customer_per_agent\":1001}",
                        "{\"max_customer_per_agent\":2.5}",
                        "{\"max_customer_per_agent\":\"2\"}",
                        "{\"max_customer_per_agent\":99999999999999999999}",
                        "{}",
                        "[]",
                        "no",
                        ""))
                .allSatisfy(body -> isRefused(dewi.send("PUT", "/agents/11/capacity", body), 400));
    }

    @Test
    void anAgentWhoWasNeverListedIsLookedUpInQiscus() throws Exception {
        qiscus.hasAgents("11", "12", "13");

        done(dewi.post("/agents/12/pause", "{\"until\":null}"), 200);
        done(dewi.send("PUT", "/agents/13/capacity", "{\"max_customer_per_agent\":0}"), 200);

        assertThat(REDIS.client().hget("agent", "12")).contains("paused");
    }

    @Test
    void ifNoAgentIsKnownYetTheyAreReadFromQiscus() throws Exception {
        REDIS.client().del("agent");

        JsonNode agents =
                done(dewi.send("GET", "/agents", ""), 200).path("data").path("agents");

        assertThat(agents.findValuesAsText("id")).containsExactly("11");
    }

    @Test
    void anUnknownAgentIsNotFound() throws Exception {
        isRefused(dewi.post("/agents/404/pause", "{\"until\":null}"), 404);
        isRefused(dewi.post("/agents/404/resume", ""), 404);
        isRefused(dewi.send("PUT", "/agents/404/capacity", "{\"max_customer_per_agent\":3}"), 404);
    }

    @Test
    void noOperatorCanActInTheNameOfAnother() throws Exception {
        HttpResponse<String> answer =
                app.send(app.request("/agents/11/pause?CamelVertxPlatformHttpAuthenticatedUser=budi&by=budi")
                        .header("Authorization", "Bearer token1")
                        .header("CamelVertxPlatformHttpAuthenticatedUser", "budi")
                        .header("by", "budi")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"by\":\"budi\"}")));

        assertThat(done(answer, 200).path("data").path("by").asText()).isEqualTo("dewi");
        assertThat(done(answer, 200).path("data").path("agent_id").asText()).isEqualTo("11");
    }

    private void isRefused(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"success\":false,\"message\":\"")
                .endsWith(".\"}");
        assertThat(REDIS.client().exists("config")).isFalse();
        assertThat(REDIS.client().hget("agent", "11")).doesNotContain("paused");
        assertThat(REDIS.client().hexists("agent", "404")).isFalse();
        assertThat(lastEvent().has("by")).isFalse();
    }

    private static JsonNode lastEvent() throws Exception {
        return JSON.readTree(REDIS.client()
                .xrevrange("history", "+", "-", 1)
                .get(0)
                .getFields()
                .get("data"));
    }
}
