package wallboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;

/** Redis stops, and comes back. */
@Timeout(120)
class WallboardWithoutRedisTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn());

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    private JsonNode board() throws Exception {
        return new ObjectMapper().readTree(app.get("/wallboard/state").body()).path("board");
    }

    @Test
    void theLastBoardIsShownWithTheTroubleUntilRedisIsBack() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1");
        await().untilAsserted(() -> assertThat(board().path("waiting").asInt()).isEqualTo(1));

        redis.kill();

        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
            JsonNode board = board();
            assertThat(board.path("connected").asBoolean(true)).isFalse();
            assertThat(board.path("waiting").asInt()).isEqualTo(1);
            JsonNode trouble = board.path("troubles").path(0);
            assertThat(trouble.path("severity").asText()).isEqualTo("BAD");
            assertThat(trouble.path("text").asText()).startsWith("Redis cannot be reached");
            assertThat(trouble.path("since").asLong()).isPositive();
        });

        redis.start();

        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(board().path("connected").asBoolean()).isTrue());
    }
}
