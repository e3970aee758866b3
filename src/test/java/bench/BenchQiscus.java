package bench;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Qiscus that costs little: it answers after a given time, counts its calls and notes when each assign call came.
 * Its customer counts are the truth at once.
 */
class BenchQiscus implements AutoCloseable {

    /** @param at {@link System#nanoTime} at which the call arrived here */
    record AssignCall(String roomId, String agentId, long at) {}

    private static final String ROOM = "/api/v2/customer_rooms/";

    private final Vertx vertx;
    private final HttpServer server;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, String> agentOf = new HashMap<>();
    private final List<AssignCall> assignCalls = new ArrayList<>();
    private final List<Long> listCalls = new ArrayList<>();
    private final Map<String, Set<String>> agentsOfChannel = new HashMap<>();
    private boolean online = true;
    private Duration latency = Duration.ZERO;

    BenchQiscus(Vertx vertx, int agents) {
        this.vertx = vertx;
        for (int i = 0; i < agents; i++) {
            counts.put(Integer.toString(5000 + i), 0);
        }
        server = vertx.createHttpServer().requestHandler(this::serve);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    synchronized void answersAfter(Duration latency) {
        this.latency = latency;
    }

    synchronized void setOnline(boolean online) {
        this.online = online;
    }

    /** Rooms whose id begins with this channel and a dash have only these agents, by their numbers from 0. */
    synchronized void hasChannel(String channel, int from, int to) {
        agentsOfChannel.put(
                channel,
                IntStream.range(from, to)
                        .mapToObj(i -> Integer.toString(5000 + i))
                        .collect(Collectors.toSet()));
    }

    /** Customers whom nobody told the program of. */
    synchronized void hasExternal(int from, int to, int customers) {
        IntStream.range(from, to).forEach(i -> counts.put(Integer.toString(5000 + i), customers));
    }

    synchronized String agentOf(String roomId) {
        return agentOf.get(roomId);
    }

    synchronized List<AssignCall> assignCalls() {
        return List.copyOf(assignCalls);
    }

    synchronized int assigned() {
        return assignCalls.size();
    }

    /** When each list of agents was asked for: {@link System#nanoTime}. */
    synchronized List<Long> listCalls() {
        return List.copyOf(listCalls);
    }

    /** The agent leaves the room; telling the program is the caller's business. */
    synchronized void resolves(String roomId) {
        counts.merge(agentOf.remove(roomId), -1, Integer::sum);
    }

    private void serve(HttpServerRequest request) {
        long at = System.nanoTime();
        request.body().onSuccess(body -> {
            MultiMap form = form(body.toString());
            String answer = answer(request, form, at);
            long millis = latency.toMillis();
            Runnable reply = () -> request.response()
                    .setStatusCode(answer == null ? 404 : 200)
                    .putHeader("Content-Type", "application/json")
                    .end(answer == null ? "{\"errors\":\"Not found\"}" : answer);
            if (millis == 0) {
                reply.run();
            } else {
                vertx.setTimer(millis, timer -> reply.run());
            }
        });
    }

    private static MultiMap form(String body) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.add(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return form;
    }

    private synchronized String answer(HttpServerRequest request, MultiMap form, long at) {
        if (request.path().startsWith(ROOM)) {
            String room = request.path().substring(ROOM.length());
            return "{\"data\":{\"customer_room\":{\"room_id\":\"%s\",\"is_resolved\":%b,\"is_waiting\":false}}}"
                    .formatted(room, !agentOf.containsKey(room));
        }
        return switch (request.path()) {
            case "/api/v2/admin/service/available_agents" -> {
                String room = request.getParam("room_id", "");
                if (request.getParam("is_available_in_room") != null) {
                    yield page(0, agentOf.containsKey(room) ? Set.of(agentOf.get(room)) : Set.of());
                }
                listCalls.add(at);
                yield page(
                        Integer.parseInt(request.getParam("cursor_after", "0")),
                        agentsOfChannel.get(room.substring(0, Math.max(0, room.indexOf('-')))));
            }
            case "/api/v2/admin/agents" -> page(100 * (Integer.parseInt(request.getParam("page", "1")) - 1), null);
            case "/api/v1/admin/service/assign_agent" -> {
                String room = form.get("room_id");
                String agent = form.get("agent_id");
                assignCalls.add(new AssignCall(room, agent, at));
                agentOf.put(room, agent);
                counts.merge(agent, 1, Integer::sum);
                yield "{\"data\":{\"added_agent\":{\"id\":" + agent + "},\"service\":{\"room_id\":\"" + room + "\"}}}";
            }
            case "/api/v2/customer_rooms" -> "{\"data\":{\"customer_rooms\":[]},\"meta\":{\"cursor_after\":null}}";
            case "/api/v1/admin/get_profile" -> "{\"data\":{\"id\":1}}";
            default -> null;
        };
    }

    private String page(int from, Set<String> only) {
        StringBuilder json = new StringBuilder("{\"data\":{\"agents\":[");
        List<String> ids = counts.keySet().stream()
                .filter(id -> only == null || only.contains(id))
                .toList();
        int to = Math.min(ids.size(), from + 100);
        for (int i = from; i < to; i++) {
            String id = ids.get(i);
            json.append(i == from ? "" : ",").append("""
                    {"avatar_url":null,"created_at":"2023-11-07T03:41:11Z","current_customer_count":%d,\
                    "email":"agent%s@example.com","force_offline":false,"id":%s,"is_available":%b,"is_req_otp_reset":null,\
                    "last_login":"2023-11-07T07:38:12Z","name":"Agent %s","sdk_email":"x_agent%s@example.com",\
                    "sdk_key":"-","type":2,"type_as_string":"agent","user_channels":[{"id":1,"name":"Live chat"}],\
                    "user_roles":[{"id":7,"name":"Default"}]}""".formatted(counts.get(id), id, id, online, id, id));
        }
        return json.append("]},\"meta\":{\"after\":")
                .append(to < ids.size() ? "\"" + to + "\"" : "null")
                .append(",\"before\":null,\"per_page\":100,\"total_count\":null},\"status\":200}")
                .toString();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
