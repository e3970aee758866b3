package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import support.FakeQiscus;
import support.RunningApplication;

class ResolveWebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    static Stream<Path> payloads() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/webhooks/resolve"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void everyPayloadThatQiscusEverSentFreesTheSlotOfTheHolder(Path payload) throws Exception {
        // The payload is for another app.
        String body = Files.readString(payload).replace("kovof-123", FakeQiscus.APP_ID);
        String room = JSON.readTree(body).path("service").path("room_id").asText();
        qiscus.hasAgents("11");
        serve(room);

        HttpResponse<String> answer = app.post("/resolve", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("success").asBoolean()).isTrue();
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("0");
        assertThat(REDIS.client().hexists("assigned", room)).isFalse();
    }

    @Test
    void aResolveForAnotherAppFreesNothing() throws Exception {
        qiscus.hasAgents("11");
        serve("1");

        HttpResponse<String> answer = app.post(
                "/resolve",
                "{\"app_code\":\"another\","
                        + RunningApplication.resolve("1", 700).substring(1));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("another app");
        assertThat(REDIS.client().hexists("assigned", "1")).isTrue();
    }

    @Test
    void ourOwnFailureIsNotTheCallersFault() throws Exception {
        qiscus.hasAgents("11");
        serve("1");
        REDIS.client().del("agent_customer_count");
        REDIS.client().set("agent_customer_count", "garbage");

        assertThat(app.post("/resolve", RunningApplication.resolve("1", 700)).statusCode())
                .isEqualTo(503);
    }

    @Test
    void aResolveThatComesTwiceCountsOnce() throws Exception {
        qiscus.hasAgents("11");
        serve("1");
        serve("2");

        app.post("/resolve", RunningApplication.resolve("1", 700));
        HttpResponse<String> again = app.post("/resolve", RunningApplication.resolve("1", 700));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aRepeatedResolveDoesNotTakeTheNewAgentOfAReturningCustomer() throws Exception {
        qiscus.hasAgents("11");
        serve("1");
        qiscus.resolves("1");
        app.post("/resolve", RunningApplication.resolve("1", 700));
        qiscus.opensAgain("1");
        serve("1");

        app.post("/resolve", RunningApplication.resolve("1", 700));

        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aLateResolveLeavesAReturningCustomerInLine() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.post("/webhook", """
                {"room_id":"1","source":"qiscus","latest_service":{"id":700,"is_resolved":true},"is_resolved":true}""");
        await().until(() -> REDIS.line("qiscus").contains("1"));

        app.post("/resolve", RunningApplication.resolve("1", 700));

        assertThat(REDIS.line("qiscus")).containsExactly("1");
    }

    @Test
    void aCustomerWhoReturnsBeforeTheResolveIsServedAtOnce() throws Exception {
        qiscus.hasAgents("11");
        serve("1");
        qiscus.resolves("1");
        qiscus.opensAgain("1");

        app.post("/webhook", """
                {"room_id":"1","source":"qiscus","latest_service":{"id":700,"is_resolved":true}}""");
        await().until(() -> qiscus.assignments().size() == 2);
        app.post("/resolve", RunningApplication.resolve("1", 700));

        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aResolveOfAnUnknownRoomChangesNothing() throws Exception {
        HttpResponse<String> answer = app.post("/resolve", RunningApplication.resolve("1", 1));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(REDIS.client().exists("agent_customer_count")).isFalse();
    }

    @Test
    void aRoomThatIsResolvedWhileItWaitsLeavesTheLine() throws Exception {
        app.customerWrites("1");
        await().until(() -> REDIS.client().zcard("waiting") == 1);

        app.post("/resolve", RunningApplication.resolve("1", 1));

        assertThat(REDIS.client().exists("waiting")).isFalse();
        assertThat(REDIS.client().hexists("session", "1")).isFalse();
    }

    @Test
    void aResolveWithoutARoomIsRefusedInOneSentenceAndChangesNothing() {
        assertThat(List.of(
                        "",
                        "no",
                        "[]",
                        "null",
                        "{}",
                        "{\"service\":null}",
                        "{\"service\":\"x\"}",
                        "{\"service\":[]}",
                        "{\"service\":{}}",
                        "{\"service\":{\"room_id\":null}}",
                        "{\"service\":{\"room_id\":1.5}}",
                        "{\"room_id\":1}"))
                .allSatisfy(this::isRefused);
    }

    private void isRefused(String body) throws Exception {
        HttpResponse<String> answer = app.post("/resolve", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("success").asBoolean(true)).isFalse();
        assertThat(JSON.readTree(answer.body()).path("message").asText()).endsWith(".");
        assertThat(REDIS.client().exists("resolved")).isFalse();
    }

    @Test
    void anotherMethodIsNotServed() throws Exception {
        assertThat(app.get("/resolve").statusCode()).isEqualTo(405);
    }

    private void serve(String room) throws Exception {
        app.customerWrites(room);
        await().until(() -> REDIS.isAssigned(room));
    }
}
