package simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.Application;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisConnectionException;
import settings.Settings;
import support.RealRedis;

/** The program as a newcomer starts it: without settings, with a simulated Qiscus and an embedded Redis. */
class SimulatedQiscusIT {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = RealRedis.freePort();
    private final int redisPort = RealRedis.freePort();

    @TempDir(cleanup = CleanupMode.NEVER)
    Path data;

    @Test
    void simulatedCustomersAreAssignedAndResolvedAlsoAfterARestart() throws Exception {
        Application first = start();
        JedisPooled before = new JedisPooled("127.0.0.1", redisPort);
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> before.hlen("assigned") > 0);
            await().atMost(Duration.ofSeconds(30)).until(() -> before.zcard("resolved") > 0);
            assertThat(state().path("agents")).hasSize(3);
        } finally {
            // Otherwise the server would keep running for this client.
            before.close();
            first.stop();
        }
        await().until(this::redisIsGone);

        Application second = start();
        try (JedisPooled redis = new JedisPooled("127.0.0.1", redisPort)) {
            long resolvedBefore = redis.zcard("resolved");
            assertThat(resolvedBefore).isPositive();
            await().atMost(Duration.ofSeconds(30)).until(() -> redis.zcard("resolved") > resolvedBefore);
        } finally {
            second.stop();
        }
    }

    @Test
    void agentsCanBeSentOffline() throws Exception {
        Application application = start();
        try {
            HttpResponse<String> answer =
                    send(request("/simulator/agents/9001/offline").PUT(BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new ObjectMapper()
                            .readTree(answer.body())
                            .path("is_available")
                            .asBoolean(true))
                    .isFalse();
            assertThat(send(request("/simulator/agents/1/offline").PUT(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            application.stop();
        }
    }

    private Application start() throws Exception {
        Application application = new Application(new Settings(Map.of(
                "PORT",
                Integer.toString(port),
                "REDIS_PORT",
                Integer.toString(redisPort),
                "DATA_DIR",
                data.toString(),
                "SIMULATOR_AGENTS",
                "3",
                "SIMULATOR_CUSTOMERS_PER_MINUTE",
                "300",
                "SIMULATOR_HANDLING_TIME",
                "1s")));
        application.start();
        await().ignoreException(IOException.class)
                .until(() -> send(request("/simulator").GET()).statusCode() == 200);
        return application;
    }

    private JsonNode state() throws Exception {
        return new ObjectMapper().readTree(send(request("/simulator").GET()).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private boolean redisIsGone() {
        try (JedisPooled redis = new JedisPooled("127.0.0.1", redisPort)) {
            redis.ping();
            return false;
        } catch (JedisConnectionException gone) {
            return true;
        }
    }
}
