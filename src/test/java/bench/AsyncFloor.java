package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import java.util.List;

/**
 * The least that a webhook can cost: like {@link BlockingFloor}, but on the event loop and with an asynchronous driver.
 */
public class AsyncFloor extends AbstractVerticle {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RedisAPI redis;

    public static void main(String[] args) {
        Vertx.vertx()
                .deployVerticle(
                        AsyncFloor.class,
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public void start() {
        Redis.createClient(vertx, "redis://127.0.0.1:" + System.getenv("REDIS_PORT"))
                .connect()
                .onSuccess(connection -> listen(RedisAPI.api(connection)));
    }

    private void listen(RedisAPI api) {
        redis = api;
        vertx.createHttpServer().requestHandler(this::serve).listen(Integer.parseInt(System.getenv("PORT")));
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (body.length() == 0) {
                BlockingFloor.answer(request, "none");
                return;
            }
            try {
                JsonNode call = JSON.readTree(body.getBytes());
                redis.lpush(List.of("new_session_queue", BlockingFloor.entry(call)))
                        .onSuccess(length -> BlockingFloor.answer(
                                request, call.path("room_id").asText()))
                        .onFailure(
                                failure -> request.response().setStatusCode(503).end());
            } catch (Exception e) {
                request.response().setStatusCode(400).end();
            }
        });
    }
}
