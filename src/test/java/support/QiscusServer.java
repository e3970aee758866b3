package support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Qiscus over HTTP: its calls, their parameters, and the JSON of its answers. A {@link Truth} has the state and acts on
 * it, and {@link Faults} decide what goes wrong and when.
 */
public class QiscusServer implements AutoCloseable {

    /** One call that arrived. @param caller the beginning of the path @param at by {@link System#nanoTime} */
    public record Call(
            String caller, String method, String path, Map<String, String> parameters, String secret, long at) {

        public String room() {
            return parameters.getOrDefault("room_id", "");
        }

        public String agent() {
            return parameters.get("agent_id");
        }

        public boolean isTrue(String parameter) {
            return "true".equals(parameters.get(parameter));
        }
    }

    public record Agent(String id, String type, boolean available, boolean forceOffline, int customers) {}

    /**
     * @param sender the type of the sender of the last message, as JSON
     * @param at its time, as JSON
     */
    public record Room(
            String id, String channel, boolean resolved, boolean waiting, boolean ofBot, String sender, String at) {}

    /**
     * @param sender its type, as JSON
     * @param shown its time, as JSON
     */
    public record Message(String sender, Instant at, String shown) {}

    /** The state of Qiscus, and its actions. */
    public interface Truth {
        FakeAccount account();

        List<Agent> all();

        /** The agents that it lists for a room. */
        List<Agent> availableFor(String roomId);

        List<Agent> inRoom(String roomId);

        /** @return null if it took effect */
        Fault assign(Call call);

        /** @return null if it took effect */
        Fault remove(Call call);

        /** @return null if there is none */
        Room room(String id);

        List<Room> unserved();

        /** The rooms with the latest messages first. */
        List<Room> latest();

        /** The oldest first. @return null if Qiscus does not show them */
        List<Message> messages(String roomId);

        default int agentsPerPage() {
            return 100;
        }

        default int roomsPerPage() {
            return 50;
        }
    }

    /** What goes wrong, and when. */
    public interface Faults {

        /** @return null for the correct answer */
        Fault of(Call call);

        /** How long a call takes to arrive. */
        Duration latency();

        /** @return false if it is neither processed nor answered */
        boolean arrives(Call call);

        /** @return false if it is never answered */
        boolean isAnswered(Call call, boolean tookEffect);
    }

    /** An answer that replaces the correct one, above all a wrong one. */
    public record Fault(int status, String body, Map<String, String> headers, boolean takesEffect, Duration after) {
        private static final int SILENT = 0;
        private static final int RIGHT = -1;
        private static final int TORN = -2;
        private static final int STALLED = -3;

        public static Fault answering(int status, String body) {
            return new Fault(status, body, Map.of(), false, Duration.ZERO);
        }

        public static Fault refusing(int status, String why) {
            return answering(status, "{\"errors\":{\"message\":\"%s\"},\"status\":%d}".formatted(why, status));
        }

        /** Closes the connection without an answer. */
        public static Fault silent() {
            return answering(SILENT, "");
        }

        /** The correct answer, but late. */
        public static Fault none() {
            return answering(RIGHT, "").afterTakingEffect();
        }

        /** A success that breaks off in the middle. */
        public static Fault torn() {
            return answering(TORN, "{\"data\":{\"added_agent\":{\"id\":1");
        }

        /** A success that stops in the middle and keeps the connection. */
        public static Fault stalled() {
            return answering(STALLED, torn().body());
        }

        public Fault with(String header, String value) {
            return new Fault(status, body, Map.of(header, value), takesEffect, after);
        }

        public Fault afterTakingEffect() {
            return new Fault(status, body, headers, true, after);
        }

        public Fault after(Duration delay) {
            return new Fault(status, body, headers, takesEffect, delay);
        }
    }

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "Qiscus");
        thread.setDaemon(true);
        return thread;
    });
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/";
    private static final String ROOMS = "/api/v2/customer_rooms";

    private final Truth truth;
    private final Faults faults;
    private final Executor threads;
    private HttpServer server;

    public QiscusServer(Truth truth, Faults faults) {
        this(truth, faults, THREADS);
    }

    /** @param threads that process calls: plugged-in code may take its time */
    public QiscusServer(Truth truth, Faults faults, Executor threads) {
        this.truth = truth;
        this.faults = faults;
        this.threads = threads;
    }

    /** @param port 0: any */
    public void start(int port) {
        server = VERTX.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(this::receive);
        server.listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /** On the same port as before. */
    public void startAgain() {
        start(server.actualPort());
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    // ---- a call

    private void receive(HttpServerRequest http) {
        long at = System.nanoTime();
        http.body()
                .onSuccess(body -> threads.execute(
                        () -> orHangUp(http, () -> serve(http, call(http, body.toString(), at), body.toString()))));
    }

    private void serve(HttpServerRequest http, Call call, String body) {
        Fault fault = Objects.requireNonNullElse(faults.of(call), Fault.none());
        after(faults.latency(), http, () -> {
            if (!faults.arrives(call)) {
                http.response().close();
                return;
            }
            Fault right = fault.takesEffect() ? answer(call, http, body) : null;
            after(fault.after(), http, () -> {
                Fault answer = fault.status() == Fault.RIGHT ? right : fault;
                write(http.response(), faults.isAnswered(call, right != null) ? answer : Fault.silent());
            });
        });
    }

    private void after(Duration delay, HttpServerRequest http, Runnable step) {
        if (delay.isZero()) {
            step.run();
        } else {
            VERTX.setTimer(Math.max(1, delay.toMillis()), timer -> threads.execute(() -> orHangUp(http, step)));
        }
    }

    private static void orHangUp(HttpServerRequest http, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            http.response().close();
            throw e;
        }
    }

    private static Call call(HttpServerRequest http, String body, long at) {
        String path = URI.create(http.path()).getPath();
        int api = Math.max(0, path.indexOf(API));
        Map<String, String> parameters = new HashMap<>();
        addForm(parameters, http.query());
        if (path.endsWith("/customer_rooms")) {
            addJson(parameters, body);
        } else if (String.valueOf(http.getHeader("Content-Type")).contains("form-urlencoded")) {
            addForm(parameters, body);
        }
        String secret = http.getHeader(path.endsWith("/load_comments") ? "QISCUS_SDK_SECRET" : "Qiscus-Secret-Key");
        return new Call(
                path.substring(Math.min(1, api), api),
                http.method().name(),
                path.substring(api),
                parameters,
                secret,
                at);
    }

    private static void addForm(Map<String, String> parameters, String encoded) {
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
    }

    private static void addJson(Map<String, String> parameters, String body) {
        try {
            JSON.readTree(body).properties().stream()
                    .filter(field -> field.getValue().isTextual())
                    .forEach(field ->
                            parameters.put(field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void write(HttpServerResponse response, Fault answer) {
        if (answer.status() == Fault.SILENT) {
            response.close();
            return;
        }
        response.putHeader("Content-Type", "application/json")
                .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        answer.headers().forEach(response::putHeader);
        Buffer body = Buffer.buffer(answer.body());
        if (answer.status() > 0) {
            response.setStatusCode(answer.status()).end(body);
            return;
        }
        response.putHeader("Content-Length", Integer.toString(body.length() + 100))
                .write(body)
                .onComplete(written ->
                        VERTX.setTimer(answer.status() == Fault.STALLED ? 3000 : 1, timer -> response.close()));
    }

    // ---- the answers

    private Fault answer(Call call, HttpServerRequest http, String body) {
        Fault ofAccount = truth.account().answer(call.method(), call.path(), http.headers(), body);
        if (ofAccount != null) {
            return ofAccount;
        }
        if (!FakeQiscus.SECRET.equals(call.secret())) {
            return Fault.answering(401, "{\"errors\":\"Unauthorized\"}");
        }
        return switch (call.method() + " " + call.path()) {
            case "GET /api/v2/admin/service/available_agents" ->
                agents(
                        call.isTrue("is_available_in_room")
                                ? truth.inRoom(call.room())
                                : truth.availableFor(call.room()),
                        call,
                        number(call, "cursor_after", 0));
            case "GET /api/v2/admin/agents" ->
                agents(truth.all(), call, (number(call, "page", 1) - 1) * agentsPerPage(call));
            case "POST /api/v1/admin/service/assign_agent" ->
                done(truth.assign(call), () -> """
                        {"added_agent":{"id":%s,"authentication_token":"<token>"},"service":{"room_id":"%s"}}""".formatted(call.agent(), call.room()));
            case "POST /api/v1/admin/service/remove_agent" -> done(truth.remove(call), () -> "{}");
            case "POST " + ROOMS -> rooms(call);
            case "GET /api/v2.1/rest/load_comments" -> messages(call);
            default -> room(call);
        };
    }

    private static int number(Call call, String parameter, int otherwise) {
        String given = call.parameters().get(parameter);
        return given == null ? otherwise : Integer.parseInt(given);
    }

    private int agentsPerPage(Call call) {
        return Math.min(truth.agentsPerPage(), number(call, "limit", Integer.MAX_VALUE));
    }

    private Fault agents(List<Agent> all, Call call, int from) {
        int size = agentsPerPage(call);
        return Fault.answering(
                200,
                page(all, from, size)
                        .map(QiscusServer::json)
                        .collect(Collectors.joining(
                                ",",
                                "{\"data\":{\"agents\":[",
                                "]},\"meta\":{\"after\":" + next(all, from, size) + ",\"before\":null,\"per_page\":"
                                        + size + ",\"total_count\":null},\"status\":200}")));
    }

    private static <T> Stream<T> page(List<T> all, int from, int size) {
        return all.subList(Math.min(from, all.size()), Math.min(from + size, all.size())).stream();
    }

    private static String next(List<?> all, int from, int size) {
        return from + size < all.size() ? "\"" + (from + size) + "\"" : "null";
    }

    /** Called many thousand times a second, so it avoids String.format. */
    private static String json(Agent agent) {
        String id = agent.id();
        return "{\"avatar_url\":null,\"created_at\":\"2023-11-07T03:41:11Z\",\"current_customer_count\":"
                + agent.customers() + ",\"email\":\"" + id + "@example.com\",\"force_offline\":" + agent.forceOffline()
                + ",\"id\":" + id + ",\"is_available\":" + agent.available()
                + ",\"is_req_otp_reset\":null,\"last_login\":null,\"name\":\"Agent " + id + "\",\"sdk_email\":\"x_agent"
                + id + "@example.com\",\"sdk_key\":\"<sdk key>\",\"type\":2,\"type_as_string\":\"" + agent.type()
                + "\",\"user_channels\":[{\"id\":1,\"name\":\"Live chat\"}],\"user_roles\":[{\"id\":7,\"name\":\"Default\"}]}";
    }

    private static Fault done(Fault refusal, Supplier<String> data) {
        return refusal == null ? Fault.answering(200, "{\"data\":" + data.get() + "}") : refusal;
    }

    /** As in Qiscus, some rooms that are listed as unserved do not wait. */
    private Fault rooms(Call call) {
        boolean unserved = call.parameters().containsKey("serve_status");
        List<Room> all = unserved ? truth.unserved() : truth.latest();
        int from = number(call, "cursor_after", 0);
        Stream<String> others = Stream.of(
                "{\"room_id\":\"998\",\"is_resolved\":true,\"is_waiting\":false}",
                "{\"room_id\":\"999\",\"is_resolved\":false,\"is_waiting\":null}");
        String page = Stream.concat(
                        page(all, from, truth.roomsPerPage()).map(QiscusServer::json), others.filter(other -> unserved))
                .collect(Collectors.joining(","));
        return Fault.answering(
                200,
                "{\"data\":{\"customer_rooms\":[" + page + "]},\"meta\":{\"cursor_after\":"
                        + next(all, from, truth.roomsPerPage()) + "}}");
    }

    private static String json(Room room) {
        return """
                {"room_id":"%s","channel_id":%s,"source":"qiscus","name":"Customer %s","user_id":"customer-%s","is_resolved":%b,\
                "is_waiting":%b,"is_handled_by_bot":%b,"last_customer_timestamp":%s,"last_comment_timestamp":%s,\
                "last_comment_sender_type":%s}""".formatted(
                        room.id(),
                        room.channel(),
                        room.id(),
                        room.id(),
                        room.resolved(),
                        room.waiting(),
                        room.ofBot(),
                        room.at(),
                        room.at(),
                        room.sender());
    }

    private Fault room(Call call) {
        Room room = call.method().equals("GET") && call.path().startsWith(ROOMS + "/")
                ? truth.room(call.path().substring(ROOMS.length() + 1))
                : null;
        return room == null
                ? Fault.refusing(404, "Not found")
                : Fault.answering(200, "{\"data\":{\"customer_room\":" + json(room) + "},\"status\":200}");
    }

    /** The newest first. */
    private Fault messages(Call call) {
        List<Message> all = truth.messages(call.room());
        if (all == null) {
            return Fault.refusing(404, "Not found");
        }
        String newest = IntStream.iterate(all.size() - 1, i -> i >= 0, i -> i - 1)
                .limit(number(call, "limit", Integer.MAX_VALUE))
                .mapToObj(i -> json(2_488_202_680L + i, call.room(), all.get(i)))
                .collect(Collectors.joining(","));
        return Fault.answering(200, "{\"results\":{\"comments\":[" + newest + "]},\"status\":200}");
    }

    private static String json(long id, String roomId, Message message) {
        boolean ofCustomer = message.sender().equals("\"customer\"");
        return """
                {"id":%d,"message":"..","timestamp":%s,"type":"%s","user":{"user_id":%s,"username":"..","extras":{%s}}}""".formatted(
                        id,
                        message.shown(),
                        message.sender().equals("\"system\"") ? "system_event" : "text",
                        ofCustomer ? "\"customer-" + roomId + "\"" : message.sender(),
                        ofCustomer ? "" : "\"type\":" + message.sender());
    }
}
