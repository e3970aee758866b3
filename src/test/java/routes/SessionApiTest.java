package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;
import support.StoredState;

class SessionApiTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    private final StoredState given = new StoredState(REDIS);

    @Test
    void theRoomOfThePathCountsWhateverElseTheCallSays() throws Exception {
        qiscus.hasAgents();
        app.customerWrites("1");
        await().until(() -> "waiting".equals(story("1").path("state").asText()));

        HttpResponse<String> answer =
                app.send(app.request("/sessions/1?room_id=2").header("Room_id", "3"));

        assertThat(answer.body()).contains("\"room_id\":\"1\"");
    }

    @Test
    void theWholeHistoryOfARoomIsShown() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        REDIS.client().hset("config", "max_customer_per_agent", "1");
        long before = System.currentTimeMillis();
        app.customerWrites("1");
        await().until(() -> "assigned".equals(story("1").path("state").asText()));

        app.customerWrites("2");
        await().until(() -> events("2").contains("waits"));
        JsonNode waiting = story("2");
        assertThat(waiting.path("name").asText()).isEqualTo("Customer 2");
        assertThat(waiting.path("channel").asText()).isEqualTo("qiscus");
        assertThat(waiting.path("reason").asText()).isEqualTo("every agent is full");
        await().until(() -> story("2").path("position").asInt() == 1);

        qiscus.nextTo("assign_agent", Fault.answering(503, ""));
        qiscus.resolves("1");
        app.post("/resolve", RunningApplication.resolve("1", 5));
        await().until(() -> "assigned".equals(story("2").path("state").asText()));
        JsonNode agent = story("2").path("agent");
        assertThat(agent.path("id").asText()).isEqualTo("11");
        assertThat(agent.path("name").asText()).isEqualTo("Agent 11");
        assertThat(agent.path("since").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(Instant.parse(agent.path("since_time").asText()).toEpochMilli())
                .isEqualTo(agent.path("since").asLong());

        qiscus.resolves("2");
        app.post("/resolve", RunningApplication.resolve("2", 6));

        JsonNode end = story("2");
        assertThat(end.path("state").asText()).isEqualTo("resolved");
        assertThat(end.has("agent")).isFalse();
        assertThat(events("2")).startsWith("came", "waits", "chosen").endsWith("chosen", "assigned", "resolved");
        assertThat(events("2")).contains("doubted", "set_back");
        assertThat(of("2", "came").path("channel").asText()).isEqualTo("qiscus");
        assertThat(of("2", "waits").path("agents")).hasToString("[[\"11\",\"Agent 11\",1,1,1]]");
        assertThat(of("2", "chosen").path("why").asText()).isEqualTo("the only one with a free slot");
        assertThat(of("2", "chosen").path("agents")).hasToString("[[\"11\",\"Agent 11\",0,1,0]]");
        assertThat(of("2", "assigned").path("waited").asLong()).isPositive();
        assertThat(of("2", "resolved").path("while").asText()).isEqualTo("served");
        assertThat(of("2", "resolved").path("count").asInt(-1)).isZero();
        assertThat(end.path("history").findValues("at"))
                .extracting(JsonNode::asLong)
                .isSorted();
        assertThat(Instant.parse(of("2", "came").path("time").asText()).toEpochMilli())
                .isEqualTo(of("2", "came").path("at").asLong());
    }

    @Test
    void aParkedRoomSaysWhy() throws Exception {
        qiscus.hasAgents("11");
        qiscus.refusesToAssign("1", "Room is locked");
        app.customerWrites("1");

        await().until(() -> "parked".equals(story("1").path("state").asText()));

        assertThat(story("1").path("reason").asText()).isEqualTo("Qiscus answered 422: Room is locked");
        assertThat(of("1", "parked").path("reason").asText()).isEqualTo("Qiscus answered 422: Room is locked");
    }

    @Test
    void anUnknownRoomIsNotFound() throws Exception {
        HttpResponse<String> answer = app.get("/sessions/4711");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"message\":\"Nothing is known of this room.\"}");
    }

    @Test
    void anInvalidRoomIdIsRefused() throws Exception {
        for (String path :
                List.of("/sessions/a%20b", "/sessions/-1", "/sessions/" + "1".repeat(65), "/sessions/%7B%7D")) {
            HttpResponse<String> answer = app.get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("\"success\":false", "A room id is");
        }
    }

    @Test
    void aRoomIsShownAsItIsInRedis() throws Exception {
        long now = System.currentTimeMillis();
        given.assigned("1", "qiscus", "11");
        given.change("assigned", "1", assignment -> assignment.put("since", 1_700_000_000_000L));
        given.happened(now - 1000, "1", "came", "{\"channel\":\"qiscus\"}");
        given.muchHappened(now, 2500);

        assertThat(app.get("/sessions/1").body())
                .isEqualTo(
                        "{\"success\":true,\"message\":\"Success\",\"data\":{\"room_id\":\"1\",\"state\":\"assigned\","
                                + "\"name\":\"Customer 1\",\"channel\":\"qiscus\",\"agent\":{\"id\":\"11\",\"name\":\"Agent 11\","
                                + "\"since\":1700000000000,\"since_time\":\"2023-11-14T22:13:20Z\"},\"history\":[{\"at\":"
                                + (now - 1000) + ",\"time\":\"" + Instant.ofEpochMilli(now - 1000)
                                + "\",\"event\":\"came\",\"text\":\"room 1 came\",\"channel\":\"qiscus\"}]}}");
    }

    @Test
    void eventsOlderThanTheRetentionAreNotShown() throws Exception {
        given.happened(System.currentTimeMillis() - 25 * 3_600_000L, "1", "came", "{}");

        assertThat(app.get("/sessions/1").statusCode()).isEqualTo(404);
    }

    @Test
    void aCustomerNamedByTheirEmailAddressIsShownWithoutIt() throws Exception {
        app.post("/webhook", "{\"room_id\":\"1\",\"name\":\"ayu@example.com\",\"source\":\"qiscus\"}");

        await().until(() -> events("1").contains("came"));
        assertThat(app.get("/sessions/1").body()).doesNotContain("example.com");
        assertThat(story("1").path("name").asText()).isEqualTo("[e-mail]");
    }

    private JsonNode story(String room) throws Exception {
        return new ObjectMapper().readTree(app.get("/sessions/" + room).body()).path("data");
    }

    private List<String> events(String room) throws Exception {
        return StreamSupport.stream(story(room).path("history").spliterator(), false)
                .map(event -> event.path("event").asText())
                .toList();
    }

    private JsonNode of(String room, String event) throws Exception {
        return StreamSupport.stream(story(room).path("history").spliterator(), false)
                .filter(each -> event.equals(each.path("event").asText()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
