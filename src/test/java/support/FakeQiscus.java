package support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An HTTP server that plays Qiscus and knows the truth: who really serves whom, and how full each agent ever was.
 * As Qiscus, it checks neither capacity nor whether an agent is online, and refuses a second agent with max_agent=1.
 */
public class FakeQiscus implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    public static final String APP_ID = "app-code";
    public static final String SECRET = "secret-of-the-app";

    /** What one call is answered instead of the right thing. */
    public record Fault(int status, String body, Map<String, String> headers, boolean takesEffect, Duration after) {

        public static Fault answering(int status, String body) {
            return new Fault(status, body, Map.of(), false, Duration.ZERO);
        }

        /** The connection is closed without an answer. */
        public static Fault silent() {
            return new Fault(0, "", Map.of(), false, Duration.ZERO);
        }

        /** A success that breaks off in the middle. */
        public static Fault torn() {
            return new Fault(TORN, "{\"data\":{\"added_agent\":{\"id\":1", Map.of(), false, Duration.ZERO);
        }

        /** A success that stops in the middle and keeps the connection. */
        public static Fault stalled() {
            return new Fault(STALLED, torn().body(), Map.of(), false, Duration.ZERO);
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

    /** One call that reached us. */
    public record Call(String method, String path, Map<String, String> parameters, String secret) {}

    /**
     * The last message of a room.
     *
     * @param sender as JSON
     * @param shown its time, as JSON
     */
    private record Said(String sender, Instant at, String shown) {}

    /** One assignment that took effect. */
    public record Assigned(String roomId, String agentId) {}

    private static class FakeAgent {
        private final String id;
        private final TreeMap<Long, Integer> counts = new TreeMap<>(Map.of(0L, 0));
        private boolean available = true;
        private boolean forceOffline;
        private String type = "agent";
        private int foreign;
        private int most;

        private FakeAgent(String id) {
            this.id = id;
        }
    }

    private static final int TORN = -200;
    private static final int STALLED = -201;

    /** A static one serves all tests of its class. */
    private int users;

    private FakeAccount account = new FakeAccount();
    private HttpServer server;
    private ExecutorService threads;
    private final Map<String, FakeAgent> agents = new LinkedHashMap<>();
    private final Map<String, Set<String>> visibleInRoom = new HashMap<>();
    private final Map<String, String> servedBy = new ConcurrentHashMap<>();
    private final Set<String> resolved = new HashSet<>();
    private final List<Assigned> assignments = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Instant> missed = new LinkedHashMap<>();
    private final Set<String> ofBot = new HashSet<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<Function<Call, Fault>> outages = new ArrayList<>();
    private final Map<String, BooleanSupplier> arrivals = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> departures = new ConcurrentHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Map<String, Said> lastMessages = new HashMap<>();
    private final Map<String, List<Said>> messages = new HashMap<>();
    private boolean tellsMessages;
    private int roomsPerPage = 50;
    private boolean waitUntilAnswered;
    private boolean ignoresWhoIsInRoom;
    private boolean hidesWhoIsOffline;
    /** Rooms that cannot be taken from their agents, and what it says of that. */
    private final Map<String, String> notTaken = new HashMap<>();

    /** Rooms for which a second agent was asked for, without the parameter that makes Qiscus refuse it. */
    private final Set<String> withTwoAgents = new HashSet<>();

    private boolean refusesRemovals;
    private Duration latency = Duration.ZERO;
    private Duration countLag = Duration.ZERO;
    private int agentsPerPage = 100;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        enter();
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) throws IOException {
        agents.clear();
        visibleInRoom.clear();
        servedBy.clear();
        resolved.clear();
        assignments.clear();
        calls.clear();
        faults.clear();
        outages.clear();
        missed.clear();
        ofBot.clear();
        answered.clear();
        lastMessages.clear();
        messages.clear();
        tellsMessages = false;
        roomsPerPage = 50;
        waitUntilAnswered = false;
        ignoresWhoIsInRoom = false;
        hidesWhoIsOffline = false;
        notTaken.clear();
        withTwoAgents.clear();
        refusesRemovals = false;
        arrivals.clear();
        departures.clear();
        latency = Duration.ZERO;
        countLag = Duration.ZERO;
        agentsPerPage = 100;
        account = new FakeAccount();
        enter();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        leave();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        leave();
    }

    private void enter() throws IOException {
        if (users++ == 0) {
            threads = Executors.newCachedThreadPool();
            start(0);
        }
    }

    private void leave() {
        if (--users == 0) {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void start(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Qiscus is gone until {@link #comeBack()}. */
    public void goAway() {
        server.stop(0);
    }

    public void comeBack() throws IOException {
        start(server.getAddress().getPort());
    }

    /** Its admin and its registered webhooks. */
    public FakeAccount account() {
        return account;
    }

    // ---- what the test sets

    public synchronized void hasAgents(String... ids) {
        for (String id : ids) {
            agents.put(id, new FakeAgent(id));
        }
    }

    /** Which agents Qiscus lists for a room; without this it lists all. */
    public synchronized void listsForRoom(String roomId, String... ids) {
        visibleInRoom.put(roomId, Set.of(ids));
    }

    public synchronized void setAvailable(String id, boolean available) {
        agents.get(id).available = available;
    }

    public synchronized void setForceOffline(String id, boolean offline) {
        agents.get(id).forceOffline = offline;
    }

    public synchronized void setType(String id, String type) {
        agents.get(id).type = type;
    }

    /** Customers that he has and nobody told us of. */
    public synchronized void setForeign(String id, int customers) {
        FakeAgent agent = agents.get(id);
        change(agent, customers - agent.foreign);
        agent.foreign = customers;
    }

    public synchronized void answersAfter(Duration delay) {
        latency = delay;
    }

    /** Changed customer counts are shown so much later. */
    public synchronized void showsCountsAfter(Duration lag) {
        countLag = lag;
    }

    public synchronized void listsPerPage(int size) {
        agentsPerPage = size;
    }

    /** The next call to a path that contains this gets it; several queue up. */
    public synchronized void nextTo(String path, Fault fault) {
        faults.computeIfAbsent(path, p -> new ArrayDeque<>()).add(fault);
    }

    /** Every such call gets it, from now on until {@link #isWell()}. */
    public synchronized void answersTo(Predicate<Call> calls, Fault fault) {
        outages.add(call -> calls.test(call) ? fault : null);
    }

    /** Every call gets it, from now on until {@link #isWell()}. */
    public void answersAll(Fault fault) {
        answersTo(call -> true, fault);
    }

    /** It stays a no for this one, though the room is shown, until {@link #isWell()}. */
    public void refusesToAssign(String roomId, String words) {
        answersTo(
                call -> call.path().endsWith("/assign_agent")
                        && roomId.equals(call.parameters().get("room_id")),
                Fault.answering(422, "{\"errors\":{\"message\":\"" + words + "\"}}"));
    }

    public synchronized void isWell() {
        outages.clear();
    }

    /** Happens once, before the next call to a path that contains this is acted upon; false: nor is it ever answered. */
    public void whenCalled(String path, BooleanSupplier happens) {
        arrivals.put(path, happens);
    }

    /** Happens once, before the next call to such a path is answered; false: it never is. */
    public void beforeAnswering(String path, BooleanSupplier happens) {
        departures.put(path, happens);
    }

    private static boolean happens(Map<String, BooleanSupplier> events, String path) {
        return events.keySet().stream()
                .filter(path::contains)
                .findFirst()
                .map(events::remove)
                .map(BooleanSupplier::getAsBoolean)
                .orElse(true);
    }

    /** A customer wrote and waits, but no webhook will tell. */
    public synchronized void missesTheWebhookOf(String roomId, Instant wroteAt) {
        missed.put(roomId, wroteAt);
    }

    /** The listing shows the sign of the bot. */
    public synchronized void isHandledByBot(String roomId) {
        ofBot.add(roomId);
    }

    /** Somebody else takes the room, in the dashboard. */
    public synchronized void takenOver(String roomId, String agentId) {
        servedBy.put(roomId, agentId);
        change(agents.get(agentId), 1);
    }

    /** The agent gives the room to a colleague, in the dashboard. */
    public synchronized void handedOver(String roomId, String agentId) {
        change(agents.get(servedBy.get(roomId)), -1);
        takenOver(roomId, agentId);
    }

    /** An admin takes the agent out of the room, in the dashboard: the customer waits. */
    public synchronized void loses(String roomId) {
        change(agents.get(servedBy.remove(roomId)), -1);
    }

    /** From now on it shows a room as waiting, until its agent {@link #answers}. */
    public synchronized void showsRoomsAsWaitingUntilAnswered() {
        waitUntilAnswered = true;
    }

    /** The agent writes to the customer. */
    public synchronized void answers(String roomId) {
        answered.add(roomId);
        writes(roomId, "\"agent\"");
    }

    /** The customer writes, and if an agent is in the room no webhook tells. */
    public synchronized void customerWrites(String roomId) {
        writes(roomId, "\"customer\"");
    }

    /** @param sender the type of the sender, as JSON */
    public synchronized void writes(String roomId, String sender) {
        writes(roomId, sender, Instant.now());
    }

    public synchronized void writes(String roomId, String sender, Instant at) {
        Said said = new Said(sender, at, "\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\"");
        lastMessages.put(roomId, said);
        messages.computeIfAbsent(roomId, id -> new ArrayList<>()).add(said);
    }

    /** @param shown how the time of the last message is shown, as JSON */
    public synchronized void showsTimeOf(String roomId, String shown) {
        lastMessages.computeIfPresent(roomId, (id, said) -> new Said(said.sender(), said.at(), shown));
    }

    /** From now on it tells the messages of a room, not only the last one. */
    public synchronized void tellsMessages() {
        tellsMessages = true;
    }

    public synchronized void listsRoomsPerPage(int size) {
        roomsPerPage = size;
    }

    /** Whether a call asks for the rooms with the latest messages. */
    public static boolean asksForNews(Call call) {
        return call.path().endsWith("/customer_rooms") && !call.parameters().containsKey("serve_status");
    }

    /** Asked who is in a room, it lists who is available for it. */
    public synchronized void ignoresWhoIsInRoom() {
        ignoresWhoIsInRoom = true;
    }

    /** Asked who is in a room, it does not name an agent who is offline. */
    public synchronized void hidesWhoIsOffline() {
        hidesWhoIsOffline = true;
    }

    /** No agent is removed from a room; replaced they are. */
    public synchronized void refusesRemovals() {
        refusesRemovals = true;
    }

    /** Its agent is neither removed nor replaced. */
    public synchronized void cannotBeTaken(String roomId, String words) {
        notTaken.put(roomId, words);
    }

    /** Whether a call removes an agent from a room. */
    public static boolean removes(Call call) {
        return call.path().endsWith("/remove_agent");
    }

    /** Whether a call assigns an agent in the place of another one. */
    public static boolean replaces(Call call) {
        return call.path().endsWith("/assign_agent") && isTrue(call.parameters().get("replace_latest_agent"));
    }

    /** Whether a call asks who is in a room. */
    public static boolean asksWhoIsInRoom(Call call) {
        return call.path().endsWith("/available_agents")
                && isTrue(call.parameters().get("is_available_in_room"));
    }

    private static boolean isTrue(String parameter) {
        return "true".equals(parameter);
    }

    /** The service in the room ends; the webhook about it is the test's to send. */
    public synchronized void resolves(String roomId) {
        resolved.add(roomId);
        answered.remove(roomId);
        writes(roomId, "\"system\"");
        String agentId = servedBy.remove(roomId);
        if (agentId != null) {
            change(agents.get(agentId), -1);
        }
    }

    /** The customer is back in the same room. */
    public synchronized void opensAgain(String roomId) {
        resolved.remove(roomId);
    }

    // ---- what the test asks

    /** In the order in which they took effect. */
    public synchronized List<Assigned> assignments() {
        return List.copyOf(assignments);
    }

    public synchronized List<String> assignedRooms() {
        return assignments.stream().map(Assigned::roomId).toList();
    }

    public String agentOf(String roomId) {
        return servedBy.get(roomId);
    }

    /** The rooms that ever had two agents, or would have had. */
    public synchronized Set<String> roomsWithTwoAgents() {
        return Set.copyOf(withTwoAgents);
    }

    public synchronized int customersOf(String agentId) {
        return agents.get(agentId).counts.lastEntry().getValue();
    }

    /** What available_agents shows for him at this moment. */
    public synchronized int shownCustomersOf(String agentId) {
        return shown(agents.get(agentId));
    }

    /** The most customers that this agent ever had at a time. */
    public synchronized int mostCustomersOf(String agentId) {
        return agents.get(agentId).most;
    }

    public synchronized List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().contains(path)).toList();
    }

    // ---- HTTP

    private void change(FakeAgent agent, int by) {
        int count = agent.counts.lastEntry().getValue() + by;
        agent.counts.put(System.nanoTime(), count);
        agent.most = Math.max(agent.most, count);
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            Map<String, String> parameters = parameters(http.getRequestURI().getRawQuery());
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (String.valueOf(http.getRequestHeaders().getFirst("Content-Type"))
                    .contains("form-urlencoded")) {
                parameters.putAll(parameters(body));
            }
            if (path.endsWith("/customer_rooms")) {
                parameters.putAll(ofRoomList(body));
            }
            String secret = http.getRequestHeaders()
                    .getFirst(path.endsWith("/load_comments") ? "QISCUS_SDK_SECRET" : "Qiscus-Secret-Key");
            Fault fault = record(new Call(http.getRequestMethod(), path, parameters, secret));
            LockSupport.parkNanos(latency.toNanos());
            if (!happens(arrivals, path)) {
                return;
            }
            Fault answer = fault == null || fault.takesEffect() ? answer(http, path, parameters, secret, body) : fault;
            if (fault != null) {
                answer = fault;
                LockSupport.parkNanos(fault.after().toNanos());
            }
            if (answer.status() == 0 || !happens(departures, path)) {
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().add("Content-Type", "application/json");
            answer.headers().forEach(http.getResponseHeaders()::add);
            if (answer.status() == TORN || answer.status() == STALLED) {
                http.sendResponseHeaders(200, bytes.length + 100);
                http.getResponseBody().write(bytes);
                http.getResponseBody().flush();
                if (answer.status() == STALLED) {
                    LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
                }
                return;
            }
            http.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = http.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private Fault answer(HttpExchange http, String path, Map<String, String> parameters, String secret, String body) {
        Fault ofAccount = account.answer(http.getRequestMethod(), path, http.getRequestHeaders(), body);
        return ofAccount != null ? ofAccount : answer(http.getRequestMethod(), path, parameters, secret);
    }

    private synchronized Fault record(Call call) {
        calls.add(call);
        return faults.entrySet().stream()
                .filter(entry -> call.path().contains(entry.getKey())
                        && !entry.getValue().isEmpty())
                .map(entry -> entry.getValue().poll())
                .findFirst()
                .or(() -> outages.stream()
                        .map(outage -> outage.apply(call))
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse(null);
    }

    private synchronized Fault answer(String method, String path, Map<String, String> parameters, String secret) {
        if (!SECRET.equals(secret)) {
            return Fault.answering(401, "{\"errors\":\"Unauthorized\"}");
        }
        if (path.equals("/api/v1/admin/get_profile") && method.equals("GET")) {
            return Fault.answering(200, "{\"data\":{\"id\":1,\"type_as_string\":\"admin\"}}");
        }
        if (path.equals("/api/v2/admin/service/available_agents") && method.equals("GET")) {
            return available(parameters);
        }
        if (path.equals("/api/v2/admin/agents") && method.equals("GET")) {
            return all(parameters);
        }
        if (path.equals("/api/v1/admin/service/assign_agent") && method.equals("POST")) {
            return assign(parameters);
        }
        if (path.equals("/api/v1/admin/service/remove_agent") && method.equals("POST")) {
            return remove(parameters);
        }
        if (path.equals("/api/v2/customer_rooms") && method.equals("POST")) {
            return parameters.containsKey("serve_status") ? unserved() : latest(parameters.get("cursor_after"));
        }
        if (path.equals("/api/v2.1/rest/load_comments") && tellsMessages) {
            return messages(parameters.get("room_id"), Integer.parseInt(parameters.get("limit")));
        }
        if (path.startsWith("/api/v2/customer_rooms/") && method.equals("GET")) {
            return room(path.substring(path.lastIndexOf('/') + 1));
        }
        return Fault.answering(404, "{\"errors\":{\"message\":\"Not found\"},\"status\":404}");
    }

    private Fault available(Map<String, String> parameters) {
        String roomId = parameters.get("room_id");
        boolean inRoom = isTrue(parameters.get("is_available_in_room")) && !ignoresWhoIsInRoom;
        Set<String> visible = visibleInRoom.get(roomId);
        List<FakeAgent> listed = agents.values().stream()
                .filter(agent -> inRoom
                        ? agent.id.equals(servedBy.get(roomId)) && (agent.available || !hidesWhoIsOffline)
                        : visible == null || visible.contains(agent.id))
                .toList();
        int from = Integer.parseInt(parameters.getOrDefault("cursor_after", "0"));
        int to = Math.min(listed.size(), from + Math.min(agentsPerPage, Integer.parseInt(parameters.get("limit"))));
        String page = listed.subList(from, to).stream().map(this::json).collect(Collectors.joining(","));
        return Fault.answering(200, """
                {"data":{"agents":[%s]},"meta":{"after":%s,"before":null,"per_page":%d,"total_count":null},"status":200}""".formatted(page, to < listed.size() ? "\"" + to + "\"" : "null", agentsPerPage));
    }

    private Fault all(Map<String, String> parameters) {
        int size = Math.min(agentsPerPage, Integer.parseInt(parameters.get("limit")));
        String page = agents.values().stream()
                .skip((Integer.parseInt(parameters.get("page")) - 1L) * size)
                .limit(size)
                .map(this::json)
                .collect(Collectors.joining(","));
        return Fault.answering(200, """
                {"data":{"agents":[%s]},"meta":{"per_page":%d,"total_count":null},"status":200}""".formatted(page, size));
    }

    private int shown(FakeAgent agent) {
        Map.Entry<Long, Integer> then = agent.counts.floorEntry(System.nanoTime() - countLag.toNanos());
        return (then == null ? agent.counts.firstEntry() : then).getValue();
    }

    private String json(FakeAgent agent) {
        return """
                {"avatar_url":null,"current_customer_count":%d,"email":"%s@example.com","force_offline":%b,"id":%s,\
                "is_available":%b,"last_login":null,"name":"Agent %s","sdk_key":"<sdk key>","type":2,"type_as_string":"%s",\
                "user_channels":[{"id":1,"name":"Live chat"}]}""".formatted(
                        shown(agent), agent.id, agent.forceOffline, agent.id, agent.available, agent.id, agent.type);
    }

    private Fault assign(Map<String, String> parameters) {
        String roomId = parameters.get("room_id");
        FakeAgent agent = agents.get(parameters.get("agent_id"));
        if (agent == null) {
            return Fault.answering(404, "{\"errors\":{\"message\":\"Agent not found\"},\"status\":404}");
        }
        if (resolved.contains(roomId)) {
            return Fault.answering(400, "{\"errors\":{\"message\":\"room already resolved\"},\"status\":400}");
        }
        if (notTaken.containsKey(roomId) && servedBy.containsKey(roomId)) {
            return notTaken(roomId);
        }
        if (servedBy.containsKey(roomId) && isTrue(parameters.get("replace_latest_agent"))) {
            change(agents.get(servedBy.remove(roomId)), -1);
        }
        if (servedBy.containsKey(roomId)) {
            if (!"1".equals(parameters.get("max_agent"))) {
                withTwoAgents.add(roomId);
            }
            return Fault.answering(
                    400, "{\"errors\":{\"message\":\"Cant join room, exceed max agents\"},\"status\":400}");
        }
        servedBy.put(roomId, agent.id);
        change(agent, 1);
        // "The agent joined this conversation".
        writes(roomId, "\"system\"");
        assignments.add(new Assigned(roomId, agent.id));
        return Fault.answering(200, """
                {"data":{"added_agent":{"id":%s,"authentication_token":"<token>"},"service":{"room_id":"%s"}}}""".formatted(agent.id, roomId));
    }

    private Fault remove(Map<String, String> parameters) {
        String roomId = parameters.get("room_id");
        if (notTaken.containsKey(roomId)) {
            return notTaken(roomId);
        }
        if (refusesRemovals || !parameters.get("agent_id").equals(servedBy.get(roomId))) {
            return Fault.answering(400, "{\"errors\":{\"message\":\"Agent cannot be removed\"},\"status\":400}");
        }
        loses(roomId);
        return Fault.answering(200, "{\"data\":{}}");
    }

    private Fault notTaken(String roomId) {
        return Fault.answering(400, "{\"errors\":{\"message\":\"" + notTaken.get(roomId) + "\"},\"status\":400}");
    }

    /** The rooms whose webhook got lost, and as with Qiscus some that do not wait at all. */
    private Fault unserved() {
        String rooms = Stream.concat(
                        missed.entrySet().stream()
                                .filter(room -> isWaiting(room.getKey()))
                                .map(room -> """
                {"room_id":"%s","channel_id":null,"source":"qiscus","name":"Customer %s","is_resolved":false,\
                "is_waiting":true,"is_handled_by_bot":%b,"last_customer_timestamp":"%s"}""".formatted(
                                        room.getKey(), room.getKey(), ofBot.contains(room.getKey()), room.getValue())),
                        Stream.of(
                                "{\"room_id\":\"998\",\"is_resolved\":true,\"is_waiting\":false}",
                                "{\"room_id\":\"999\",\"is_resolved\":false,\"is_waiting\":null}"))
                .collect(Collectors.joining(","));
        return Fault.answering(200, "{\"data\":{\"customer_rooms\":[" + rooms + "]},\"meta\":{\"cursor_after\":null}}");
    }

    private static Map<String, String> ofRoomList(String body) {
        return Stream.of("serve_status", "cursor_after")
                .map(name -> Pattern.compile("\"(" + name + ")\":\"([^\"]*)\"").matcher(body))
                .filter(Matcher::find)
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    /** All rooms, those with the latest messages first. */
    private Fault latest(String cursor) {
        List<Map.Entry<String, Said>> newestFirst = lastMessages.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Said> room) ->
                                room.getValue().at())
                        .reversed())
                .toList();
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(newestFirst.size(), from + roomsPerPage);
        String rooms = newestFirst.subList(Math.min(from, to), to).stream()
                .map(room -> shown(room.getKey()))
                .collect(Collectors.joining(","));
        return Fault.answering(
                200,
                "{\"data\":{\"customer_rooms\":[" + rooms + "]},\"meta\":{\"cursor_after\":"
                        + (to < newestFirst.size() ? "\"" + to + "\"" : "null") + "}}");
    }

    /** The newest first. */
    private Fault messages(String roomId, int limit) {
        List<Said> said = messages.getOrDefault(roomId, List.of());
        List<String> newest = new ArrayList<>();
        for (int i = said.size() - 1; i >= 0 && newest.size() < limit; i--) {
            String sender = said.get(i).sender();
            newest.add("""
                    {"id":%d,"message":"..","timestamp":%s,"type":"%s","user":{"user_id":%s,"username":"..","extras":{%s}}}""".formatted(
                            2_488_202_680L + i,
                            said.get(i).shown(),
                            sender.equals("\"system\"") ? "system_event" : "text",
                            sender.equals("\"customer\"") ? "\"customer-" + roomId + "\"" : sender,
                            sender.equals("\"customer\"") ? "" : "\"type\":" + sender));
        }
        return Fault.answering(200, "{\"results\":{\"comments\":[" + String.join(",", newest) + "]},\"status\":200}");
    }

    private String shown(String roomId) {
        Said said = lastMessages.get(roomId);
        return """
                {"room_id":"%s","user_id":"customer-%s","is_resolved":%b,"is_waiting":%b,"last_comment_sender_type":%s,\
                "last_comment_timestamp":%s}""".formatted(
                        roomId,
                        roomId,
                        resolved.contains(roomId),
                        isWaiting(roomId),
                        said == null ? null : said.sender(),
                        said == null ? null : said.shown());
    }

    private boolean isWaiting(String roomId) {
        boolean isServed = servedBy.containsKey(roomId) && !(waitUntilAnswered && !answered.contains(roomId));
        return !isServed && !resolved.contains(roomId);
    }

    private Fault room(String roomId) {
        return Fault.answering(200, "{\"data\":{\"customer_room\":" + shown(roomId) + "},\"status\":200}");
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new HashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
