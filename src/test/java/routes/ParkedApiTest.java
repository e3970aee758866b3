package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RunningApplication;

class ParkedApiTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    @BeforeEach
    void parkRoom1() throws Exception {
        qiscus.hasAgents("11");
        qiscus.refusesToAssign("1", "Room is locked");
        app.customerWrites("1");
        await().until(() -> REDIS.client().hexists("parked", "1"));
        qiscus.isWell();
    }

    @Test
    void aParkedSessionIsListedWithItsReason() throws Exception {
        HttpResponse<String> answer = app.get("/parked");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode parked =
                new ObjectMapper().readTree(answer.body()).path("data").path("1");
        assertThat(parked.path("reason").asText()).contains("Room is locked");
        assertThat(parked.path("session").path("name").asText()).isEqualTo("Customer 1");
    }

    @Test
    void aParkedSessionIsRetried() throws Exception {
        HttpResponse<String> answer =
                app.send(app.request("/parked/1/retry").POST(java.net.http.HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(REDIS.client().hexists("parked", "1")).isFalse();
    }

    @Test
    void aParkedSessionIsDropped() throws Exception {
        HttpResponse<String> answer = app.send(app.request("/parked/1").DELETE());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(REDIS.client().hexists("parked", "1")).isFalse();
        assertThat(REDIS.client().hexists("session", "1")).isFalse();
    }

    @Test
    void aRoomThatIsNotParkedIsNotFound() throws Exception {
        assertThat(app.send(app.request("/parked/2").DELETE()).statusCode()).isEqualTo(404);
        assertThat(app.get("/parked/1/retry").statusCode()).isEqualTo(405);
        assertThat(REDIS.client().hexists("parked", "1")).isTrue();
    }
}
