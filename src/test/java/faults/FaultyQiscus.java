package faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import faults.Ledger.Episode;
import faults.Ledger.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Qiscus over HTTP, on a bad day. It acts upon the {@link Ledger}, shows an older state of it, and fails as it is told.
 * The app id in the header names the instance that calls.
 */
class FaultyQiscus implements AutoCloseable {
    static final String SECRET = "secret-of-the-app";
    private static final int PER_PAGE = 50;
    private static final Pattern CURSOR = Pattern.compile("\"cursor_after\"\\s*:\\s*\"(\\d+)\"");

    enum Fault {
        SERVER_ERROR,
        BAD_GATEWAY,
        TOO_MANY_REQUESTS,
        HANG,
        RESET,
        /** Done, but the answer comes after the caller has given up. */
        DONE_BUT_LATE,
        /** Done, and then the connection breaks. */
        DONE_BUT_RESET,
        DONE_BUT_BAD_GATEWAY,
        /** Answered right, but just before the caller gives up. */
        SLOW
    }

    enum Endpoint {
        LIST,
        ASSIGN,
        REMOVE,
        ROOM,
        SWEEP
    }

    /** @param endpoint null: all of them */
    record Mood(Fault fault, Endpoint endpoint, double probability) {}

    /** Something to do at one certain call: returns false if the call shall never be answered. */
    interface Trap {
        boolean springs(Endpoint endpoint, String instance, boolean done);
    }

    private record Answer(int status, String type, String body) {}

    private final Ledger ledger;
    private final Map<String, Set<String>> agentsOfChannel;
    private final Duration timeout;
    private final Random random;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Mood mood;
    private volatile Duration lag = Duration.ZERO;
    private volatile Trap trap;

    /** @param timeout after which callers give up */
    FaultyQiscus(Ledger ledger, Map<String, Set<String>> agentsOfChannel, Duration timeout, Random random)
            throws IOException {
        this.ledger = ledger;
        this.agentsOfChannel = agentsOfChannel;
        this.timeout = timeout;
        this.random = random;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param mood null: well */
    void isIn(Mood mood) {
        this.mood = mood;
        ledger.note("Qiscus: " + (mood == null ? "well" : mood));
    }

    void showsAfter(Duration lag) {
        this.lag = lag;
    }

    /** Until it is replaced, asked at each call before it is acted upon, and again before it is answered. */
    void sets(Trap trap) {
        this.trap = trap;
    }

    private void serve(HttpExchange http) throws IOException {
        long calledAt = System.nanoTime();
        try (http) {
            String whole = http.getRequestURI().getPath();
            String path = whole.substring(Math.max(0, whole.indexOf('/', 1)));
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String instance = whole.substring(1, whole.length() - path.length());
            Endpoint endpoint = endpoint(path);
            if (endpoint == null || !SECRET.equals(http.getRequestHeaders().getFirst("Qiscus-Secret-Key"))) {
                write(http, new Answer(404, "application/json", "{\"errors\":{\"message\":\"Not found\"}}"));
                return;
            }
            Fault fault = fault(endpoint);
            LockSupport.parkNanos(Duration.ofMillis(1 + random.nextInt(8)).toNanos());
            if (!passes(endpoint, instance, false)) {
                return;
            }
            if (fault == null || fault.name().startsWith("DONE") || fault == Fault.SLOW) {
                String query = http.getRequestURI().getRawQuery();
                Answer right =
                        switch (endpoint) {
                            case LIST -> list(parameters(query));
                            case ASSIGN -> assign(parameters(body), instance, calledAt);
                            case REMOVE -> remove(parameters(body), instance);
                            case ROOM -> room(path.substring(path.lastIndexOf('/') + 1));
                            case SWEEP -> sweep(body);
                        };
                if (passes(endpoint, instance, true)) {
                    write(http, fault, right);
                }
            } else {
                write(http, fault, null);
            }
        }
    }

    private boolean passes(Endpoint endpoint, String instance, boolean done) {
        Trap set = trap;
        return set == null || set.springs(endpoint, instance, done);
    }

    private Fault fault(Endpoint endpoint) {
        Mood present = mood;
        if (present == null
                || present.endpoint() != null && present.endpoint() != endpoint
                || random.nextDouble() >= present.probability()) {
            return null;
        }
        ledger.count("Qiscus " + present.fault());
        return present.fault();
    }

    private void write(HttpExchange http, Fault fault, Answer right) throws IOException {
        if (fault == null) {
            write(http, right);
            return;
        }
        switch (fault) {
            case SERVER_ERROR -> write(http, new Answer(500, "application/json", "{\"errors\":\"Internal error\"}"));
            case BAD_GATEWAY, DONE_BUT_BAD_GATEWAY ->
                write(http, new Answer(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>"));
            case TOO_MANY_REQUESTS -> {
                http.getResponseHeaders().add("Retry-After", "1");
                write(http, new Answer(429, "application/json", "{\"errors\":\"Too many requests\"}"));
            }
            case HANG -> LockSupport.parkNanos(timeout.toNanos() * 3 / 2);
            case DONE_BUT_LATE -> {
                LockSupport.parkNanos(timeout.toNanos() * 5 / 4);
                write(http, right);
            }
            case SLOW -> {
                LockSupport.parkNanos(timeout.toNanos() * 3 / 4);
                write(http, right);
            }
            case RESET, DONE_BUT_RESET -> {
                // Closed without an answer.
            }
        }
    }

    private static void write(HttpExchange http, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", answer.type());
        http.sendResponseHeaders(answer.status(), bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static Endpoint endpoint(String path) {
        return switch (path) {
            case "/api/v2/admin/service/available_agents" -> Endpoint.LIST;
            case "/api/v1/admin/service/assign_agent" -> Endpoint.ASSIGN;
            case "/api/v1/admin/service/remove_agent" -> Endpoint.REMOVE;
            case "/api/v2/customer_rooms" -> Endpoint.SWEEP;
            default -> path.startsWith("/api/v2/customer_rooms/") ? Endpoint.ROOM : null;
        };
    }

    private static Answer ok(String body) {
        return new Answer(200, "application/json", body);
    }

    private Answer list(Map<String, String> parameters) {
        String roomId = parameters.get("room_id");
        if ("true".equals(parameters.get("is_available_in_room"))) {
            String agent = ledger.agentIn(roomId, lag);
            return agents(agent == null ? "" : agent(agent, ledger.isOnline(agent)));
        }
        Episode episode = ledger.present(roomId);
        Set<String> visible = episode == null ? Set.of() : agentsOfChannel.get(episode.channel);
        Map<String, Boolean> online = visible.stream().sorted().collect(Collectors.toMap(id -> id, ledger::isOnline));
        String agents = online.entrySet().stream()
                .map(agent -> agent(agent.getKey(), agent.getValue()))
                .collect(Collectors.joining(","));
        ledger.lists(
                roomId,
                online.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        return agents(agents);
    }

    private static Answer agents(String agents) {
        return ok("{\"data\":{\"agents\":[" + agents + "]},\"meta\":{\"after\":null},\"status\":200}");
    }

    private String agent(String id, boolean online) {
        return """
                {"id":%s,"name":"Agent %s","type":2,"type_as_string":"agent","is_available":%b,"force_offline":false,\
                "current_customer_count":%d}""".formatted(id, id, online, ledger.shownCustomersOf(id, lag));
    }

    private Answer assign(Map<String, String> form, String instance, long calledAt) {
        boolean inPlace = "true".equals(form.get("replace_latest_agent"));
        String refusal = inPlace && isFixed(form)
                ? "Agent cannot be replaced"
                : ledger.assigns(
                        form.get("room_id"),
                        form.get("agent_id"),
                        "1".equals(form.get("max_agent")),
                        inPlace,
                        instance,
                        calledAt);
        return refusal == null
                ? ok("{\"data\":{\"added_agent\":{\"id\":%s},\"service\":{\"room_id\":\"%s\"}}}"
                        .formatted(form.get("agent_id"), form.get("room_id")))
                : new Answer(400, "application/json", "{\"errors\":{\"message\":\"" + refusal + "\"},\"status\":400}");
    }

    private Answer remove(Map<String, String> form, String instance) {
        // Some are only replaced, some stay where they are.
        String refusal = isFixed(form) || form.get("room_id").hashCode() % 10 == 1
                ? "Agent cannot be removed"
                : ledger.removes(form.get("room_id"), form.get("agent_id"), instance);
        return refusal == null
                ? ok("{\"data\":{}}")
                : new Answer(400, "application/json", "{\"errors\":{\"message\":\"" + refusal + "\"},\"status\":400}");
    }

    /** Of some rooms the agent can be neither removed nor replaced. */
    private static boolean isFixed(Map<String, String> form) {
        return form.get("room_id").hashCode() % 10 == 0;
    }

    private Answer room(String roomId) {
        State state = ledger.shown(roomId, lag);
        return state == null
                ? new Answer(404, "application/json", "{\"errors\":{\"message\":\"Room not found\"},\"status\":404}")
                : ok("{\"data\":{\"customer_room\":" + row(roomId, state, ledger.present(roomId).wroteAt) + "}}");
    }

    private Answer sweep(String body) {
        return body.contains("\"serve_status\"") ? unserved(body) : latest();
    }

    /** Those with the latest messages: their customers have had no answer, unless they are resolved. */
    private Answer latest() {
        return ok("{\"data\":{\"customer_rooms\":[%s]},\"meta\":{\"cursor_after\":null}}"
                .formatted(ledger.latest(PER_PAGE).stream()
                        .map(episode -> row(episode.roomId, ledger.shown(episode.roomId, lag), episode.wroteAt))
                        .collect(Collectors.joining(","))));
    }

    private static String row(String roomId, State state, Instant wroteAt) {
        return """
                {"room_id":"%s","is_resolved":%b,"is_waiting":%b,"last_comment_timestamp":"%s",\
                "last_comment_sender_type":"%s"}""".formatted(
                        roomId,
                        state == State.RESOLVED,
                        state == State.WAITING,
                        wroteAt,
                        state == State.RESOLVED ? "system" : "customer");
    }

    /** Newest first, page by page; as with Qiscus, some that are listed as unserved do not wait. */
    private Answer unserved(String body) {
        Matcher cursor = CURSOR.matcher(body);
        int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
        List<Episode> waiting = ledger.shownWaiting(lag).stream()
                .sorted((one, other) -> Long.compare(other.arrivedAt, one.arrivedAt))
                .toList();
        int to = Math.min(waiting.size(), from + PER_PAGE);
        String page = Stream.concat(
                        waiting.subList(Math.min(from, to), to).stream()
                                .map(room -> """
                {"room_id":"%s","channel_id":%s,"source":"qiscus","name":"Customer %s","is_resolved":false,\
                "is_waiting":true,"last_customer_timestamp":"%s"}""".formatted(room.roomId, room.channel, room.roomId, room.wroteAt)),
                        Stream.of("{\"room_id\":\"999\",\"is_resolved\":false,\"is_waiting\":null}"))
                .collect(Collectors.joining(","));
        return ok("{\"data\":{\"customer_rooms\":[%s]},\"meta\":{\"cursor_after\":%s}}"
                .formatted(page, to < waiting.size() ? "\"" + to + "\"" : "null"));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
