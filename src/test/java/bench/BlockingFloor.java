package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import redis.clients.jedis.JedisPooled;

/**
 * The least that a blocking webhook costs: it parses the body with Jackson, LPUSHes a small JSON with Jedis on a worker
 * thread, and answers.
 */
class BlockingFloor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BlockingFloor() {}

    public static void main(String[] args) {
        JedisPooled redis = new JedisPooled("127.0.0.1", Integer.parseInt(System.getenv("REDIS_PORT")));
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer()
                .requestHandler(request -> request.body()
                        .compose(body -> vertx.executeBlocking(() -> store(redis, body.getBytes()), false))
                        .onSuccess(room -> answer(request, room))
                        .onFailure(
                                failure -> request.response().setStatusCode(500).end()))
                .listen(Integer.parseInt(System.getenv("PORT")));
    }

    private static String store(JedisPooled redis, byte[] body) throws Exception {
        if (body.length == 0) {
            return "none";
        }
        JsonNode call = JSON.readTree(body);
        redis.lpush("new_session_queue", entry(call));
        return call.path("room_id").asText();
    }

    static String entry(JsonNode call) throws Exception {
        return JSON.writeValueAsString(Map.of(
                "room_id", call.path("room_id").asText(),
                "channel", call.path("channel").path("id").asText(),
                "source", call.path("source").asText(),
                "name", call.path("name").asText(),
                "received_at", System.currentTimeMillis()));
    }

    static void answer(HttpServerRequest request, String room) {
        request.response()
                .putHeader("Content-Type", "application/json")
                .end("{\"success\":true,\"message\":\"Room " + room + " is in the queue.\"}");
    }
}
