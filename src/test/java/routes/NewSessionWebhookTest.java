package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.LogLines;
import support.RunningApplication;

class NewSessionWebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without workers, so that the stored calls stay in the queue. */
    @RegisterExtension
    static final RunningApplication APP = new RunningApplication().with("ASSIGN_ENABLED", "false");

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void anAcceptedCallIsQueuedAsASmallJsonWithoutSecrets() throws Exception {
        HttpResponse<String> answer = APP.post("/webhook", """
                {"app_id":"app-code","source":"wa","name":"Ayu","email":"ayu@example.com","room_id":187250792,"is_new_session":true,
                "channel":{"id":101,"name":"WhatsApp","source":"wa"},"latest_service":{"id":244},
                "candidate_agent":{"id":22,"authentication_token":"a-token"}}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JSON.readTree(answer.body()).path("success").asBoolean()).isTrue();
        assertThat(JSON.readTree(answer.body()).path("message").asText()).contains("187250792");
        String stored = REDIS.client().lindex("new_session_queue", 0);
        assertThat(stored).doesNotContain("a-token", "ayu@example.com");
        JsonNode entry = JSON.readTree(stored);
        assertThat(entry.path("room_id").asText()).isEqualTo("187250792");
        assertThat(entry.path("channel").asText()).isEqualTo("101");
        assertThat(entry.path("source").asText()).isEqualTo("wa");
        assertThat(entry.path("name").asText()).isEqualTo("Ayu");
        assertThat(entry.path("is_new_session").asBoolean()).isTrue();
        assertThat(entry.path("previous_service").asText()).isEqualTo("244");
        assertThat(entry.path("received_at").isNumber()).isTrue();
    }

    static Stream<Path> payloads() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/webhooks/new-session"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void everyPayloadThatQiscusEverSentIsAccepted(Path payload) throws Exception {
        String text = Files.readString(payload);
        String body = text.replace(JSON.readTree(text).path("app_id").asText(), FakeQiscus.APP_ID);

        assertThat(APP.post("/webhook", body).statusCode()).isEqualTo(200);

        assertThat(JSON.readTree(REDIS.client().lindex("new_session_queue", 0))
                        .path("room_id")
                        .asText())
                .isEqualTo(JSON.readTree(body).path("room_id").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "null",
                "1",
                "\"room\"",
                "{}",
                "{\"room_id\":",
                "{\"room_id\":null}",
                "{\"room_id\":\"\"}",
                "{\"room_id\":\" \"}",
                "{\"room_id\":true}",
                "{\"room_id\":1.5}",
                "{\"room_id\":-1}",
                "{\"room_id\":{}}",
                "{\"room_id\":[1]}",
                "{\"room_id\":\"../1\"}",
                "{\"room_id\":\"a b\"}",
                "{\"room_id\":1} {\"room_id\":2}",
                "<room_id>1</room_id>"
            })
    void aCallWithoutAUsableRoomIsRefusedInOneSentenceAndStoresNothing(String body) throws Exception {
        HttpResponse<String> answer = APP.post("/webhook", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.path("success").asBoolean(true)).isFalse();
        assertThat(json.path("message").asText()).endsWith(".");
        assertThat(REDIS.client().keys("*")).isEmpty();
    }

    static Stream<String> appsOfOthers() {
        return Stream.of(
                "\"app_id\":\"app-code-2\"",
                "\"app_code\":\"another\"",
                "\"app_id\":12345",
                "\"app_id\":\"app-code\",\"app_code\":\"another\"",
                "\"app_id\":\"another\",\"app_code\":\"app-code\"",
                "\"app_id\":null,\"app_code\":\"another\"",
                "\"app_id\":true");
    }

    @ParameterizedTest
    @MethodSource("appsOfOthers")
    void aWebhookForAnotherAppIsIgnored(String app) throws Exception {
        HttpResponse<String> answer =
                APP.post("/webhook", "{" + app + ",\"room_id\":\"4711\",\"name\":\"A stranger\"}");
        HttpResponse<String> unusable = APP.post("/webhook", "{" + app + "}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"success\":true,\"message\":\"This webhook is for another app, so nothing was done.\"}");
        assertThat(unusable.statusCode()).isEqualTo(200);
        assertThat(REDIS.client().keys("*")).isEmpty();
        // The logger is the event of the line, so it must not say that a customer wrote.
        assertThat(log.of("reply-other-app")).hasSize(2).allMatch(line -> line.contains("QISCUS_APP_ID"));
        assertThat(log.of("new-session-webhook")).isEmpty();
        assertThat(log.all()).noneMatch(line -> line.contains("4711") || line.contains("stranger"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"app_id\":\"app-code\",",
                "\"app_code\":\"App-Code\",",
                "\"app_id\":\" app-code \",\"app_code\":\"\",",
                "\"app_id\":null,\"app_code\":null,",
                "\"app_id\":{},",
                "\"latest_service\":{\"id\":1,\"app_id\":7},"
            })
    void aWebhookForOurAppOrWithoutAnAppIsAccepted(String app) throws Exception {
        assertThat(APP.post("/webhook", "{" + app + "\"room_id\":1}").statusCode())
                .isEqualTo(200);
        assertThat(REDIS.client().llen("new_session_queue")).isOne();
    }

    @Test
    void bytesThatAreNotTextAreRefused() throws Exception {
        HttpResponse<String> answer = APP.send(APP.request("/webhook")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {0, 0, (byte) 0xff, (byte) 0xfe, 1, 2, 3, 4})));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(REDIS.client().keys("*")).isEmpty();
    }

    @Test
    void aFormIsRefused() throws Exception {
        HttpResponse<String> answer = APP.send(APP.request("/webhook")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("room_id=1")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(REDIS.client().keys("*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF8", "\"utf-8\"", "us-ascii", "utf-8; profile=x"})
    void jsonIsReadAsUtf8(String charset) throws Exception {
        assertThat(send(charset).statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(REDIS.client().lindex("new_session_queue", 0))
                        .path("name")
                        .asText())
                .isEqualTo("Jürgen 𰹧");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "iso-8859-1", "utf-88", "no-such-charset"})
    void aCallInAnotherCharsetIsRefused(String charset) throws Exception {
        assertThat(send(charset).statusCode()).isEqualTo(415);
        assertThat(REDIS.client().keys("*")).isEmpty();
    }

    private static HttpResponse<String> send(String charset) throws Exception {
        return APP.send(APP.request("/webhook")
                .header("Content-Type", "application/json; charset=" + charset)
                .POST(BodyPublishers.ofString("{\"room_id\":1,\"name\":\"Jürgen 𰹧\"}")));
    }

    @Test
    void anotherMethodIsNotServed() throws Exception {
        assertThat(APP.get("/webhook").statusCode()).isEqualTo(405);
        assertThat(APP.put("/webhook", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsRefused() throws Exception {
        HttpResponse<String> answer = APP.post("/webhook", "{\"room_id\":1,\"name\":\"" + "a".repeat(1 << 20) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(REDIS.client().keys("*")).isEmpty();
    }

    @Test
    void theCallersHeadersAreNeitherReturnedNorStored() throws Exception {
        HttpResponse<String> answer = APP.send(APP.request("/webhook?CamelRedis.Command=FLUSHALL&CamelRedis.Key=other")
                .header("Content-Type", "application/json")
                .header("X-Secret", "mine")
                .header("CamelRedis.Key", "other")
                .POST(BodyPublishers.ofString("{\"room_id\":1}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Secret")).isEmpty();
        assertThat(REDIS.client().keys("*")).containsExactly("new_session_queue");
    }

    @Test
    void callsAreQueuedInTheirOrder() throws Exception {
        for (String room : List.of("1", "2", "3")) {
            APP.customerWrites(room);
        }

        await().until(() -> REDIS.client().llen("new_session_queue") == 3);
        assertThat(REDIS.client().lrange("new_session_queue", 0, -1))
                .extracting(entry -> JSON.readTree(entry).path("room_id").asText())
                .containsExactly("3", "2", "1");
    }
}
