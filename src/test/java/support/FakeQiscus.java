package support;

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
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import support.QiscusServer.Agent;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.QiscusServer.Message;
import support.QiscusServer.Room;

/**
 * A fake Qiscus over HTTP that knows the truth: who really serves which room, and how full each agent ever was. Like
 * Qiscus, it checks neither the capacity nor whether an agent is online, and refuses a second agent with max_agent=1.
 * The test decides what goes wrong.
 */
public class FakeQiscus implements QiscusServer.Truth, QiscusServer.Faults, BeforeEachCallback, AutoCloseable {
    public static final String APP_ID = "app-code";
    public static final String SECRET = "secret-of-the-app";

    /** One assignment that took effect. @param at when it was requested, by {@link System#nanoTime} */
    public record Assigned(String roomId, String agentId, long at) {}

    private static class FakeAgent {
        private final String id;
        private final TreeMap<Long, Integer> counts = new TreeMap<>(Map.of(Long.MIN_VALUE, 0));
        private boolean available = true;
        private boolean forceOffline;
        private String type = "agent";
        private int foreign;
        private int most;

        private FakeAgent(String id) {
            this.id = id;
        }

        private int count() {
            return counts.lastEntry().getValue();
        }

        private int countAt(long then) {
            return counts.floorEntry(then).getValue();
        }

        private void change(int by) {
            counts.put(System.nanoTime(), count() + by);
            most = Math.max(most, count());
        }
    }

    /** The state and the faults of one test. */
    private static class World {
        private final FakeAccount account = new FakeAccount();
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
        private final Map<String, Message> lastMessages = new HashMap<>();
        private final Map<String, List<Message>> messages = new HashMap<>();
        private boolean tellsMessages;
        private int roomsPerPage = 50;
        private boolean waitUntilAnswered;
        private boolean ignoresWhoIsInRoom;
        private boolean hidesWhoIsOffline;
        /** Rooms whose agents cannot be removed, with Qiscus's words. */
        private final Map<String, String> notTaken = new HashMap<>();

        /** Rooms for which a second agent was requested without the parameter that makes Qiscus refuse it. */
        private final Set<String> withTwoAgents = new HashSet<>();

        private boolean refusesRemovals;
        private Duration latency = Duration.ZERO;
        private Duration countLag = Duration.ZERO;
        private int agentsPerPage = 100;
    }

    private final QiscusServer server;
    private volatile World world = new World();

    public FakeQiscus() {
        server = new QiscusServer(this, this);
    }

    /** @param threads that process its calls */
    public FakeQiscus(Executor threads) {
        server = new QiscusServer(this, this, threads);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        world = new World();
        context.getStore(Namespace.create(this)).getOrComputeIfAbsent(this, started -> start());
    }

    public FakeQiscus start() {
        server.start(0);
        return this;
    }

    @Override
    public void close() {
        server.close();
    }

    public String url() {
        return server.url();
    }

    /** Qiscus is away until {@link #comeBack()}. */
    public void goAway() {
        server.close();
    }

    public void comeBack() {
        server.startAgain();
    }

    /** Its admin and its registered webhooks. */
    @Override
    public FakeAccount account() {
        return world.account;
    }

    // ---- set by the test

    public synchronized void hasAgents(String... ids) {
        for (String id : ids) {
            world.agents.put(id, new FakeAgent(id));
        }
    }

    /**
     * The agents that Qiscus lists for a room, or for all rooms with this prefix if it ends with a dash; by default
     * all.
     */
    public synchronized void listsForRoom(String roomId, String... ids) {
        world.visibleInRoom.put(roomId, Set.of(ids));
    }

    public synchronized void setAvailable(String id, boolean available) {
        world.agents.get(id).available = available;
    }

    public synchronized void setForceOffline(String id, boolean offline) {
        world.agents.get(id).forceOffline = offline;
    }

    public synchronized void setType(String id, String type) {
        world.agents.get(id).type = type;
    }

    /** Customers of this agent that we did not assign. */
    public synchronized void setForeign(String id, int customers) {
        FakeAgent agent = world.agents.get(id);
        agent.change(customers - agent.foreign);
        agent.foreign = customers;
    }

    public synchronized void answersAfter(Duration delay) {
        world.latency = delay;
    }

    /** How late changed customer counts are shown. */
    public synchronized void showsCountsAfter(Duration lag) {
        world.countLag = lag;
    }

    public synchronized void listsPerPage(int size) {
        world.agentsPerPage = size;
    }

    /** The answer to the next call whose path contains this; several queue up. */
    public synchronized void nextTo(String path, Fault fault) {
        world.faults.computeIfAbsent(path, p -> new ArrayDeque<>()).add(fault);
    }

    /** The answer to every such call, from now on until {@link #isWell()}. */
    public synchronized void answersTo(Predicate<Call> calls, Fault fault) {
        world.outages.add(call -> calls.test(call) ? fault : null);
    }

    /** The answer to every call, from now on until {@link #isWell()}. */
    public void answersAll(Fault fault) {
        answersTo(call -> true, fault);
    }

    /** Keeps refusing this room, although it is shown, until {@link #isWell()}. */
    public void refusesToAssign(String roomId, String words) {
        answersTo(
                call -> call.path().endsWith("/assign_agent") && roomId.equals(call.room()),
                Fault.refusing(422, words));
    }

    public synchronized void isWell() {
        world.outages.clear();
    }

    /** Runs once, before the next call whose path contains this is processed; false: it is never answered either. */
    public void whenCalled(String path, BooleanSupplier happens) {
        world.arrivals.put(path, happens);
    }

    /** Runs once, before the next such call is answered; false: it never is. */
    public void beforeAnswering(String path, BooleanSupplier happens) {
        world.departures.put(path, happens);
    }

    /** A customer wrote and waits, but their webhook is lost. */
    public synchronized void missesTheWebhookOf(String roomId, Instant wroteAt) {
        world.missed.put(roomId, wroteAt);
    }

    /** The list shows the mark of the bot. */
    public synchronized void isHandledByBot(String roomId) {
        world.ofBot.add(roomId);
    }

    /** Another agent takes the room in the dashboard. */
    public synchronized void takenOver(String roomId, String agentId) {
        world.servedBy.put(roomId, agentId);
        world.agents.get(agentId).change(1);
    }

    /** The agent transfers the room to a colleague in the dashboard. */
    public synchronized void handedOver(String roomId, String agentId) {
        loses(roomId);
        takenOver(roomId, agentId);
    }

    /** An admin removes the agent from the room in the dashboard: the customer waits. */
    public synchronized void loses(String roomId) {
        world.agents.get(world.servedBy.remove(roomId)).change(-1);
    }

    /** From now on it shows a room as waiting until its agent {@link #answers}. */
    public synchronized void showsRoomsAsWaitingUntilAnswered() {
        world.waitUntilAnswered = true;
    }

    /** The agent writes to the customer. */
    public synchronized void answers(String roomId) {
        world.answered.add(roomId);
        writes(roomId, "\"agent\"");
    }

    /** The customer writes; if an agent is in the room, there is no webhook. */
    public synchronized void customerWrites(String roomId) {
        writes(roomId, "\"customer\"");
    }

    /** @param sender the type of the sender, as JSON */
    public synchronized void writes(String roomId, String sender) {
        writes(roomId, sender, Instant.now());
    }

    public synchronized void writes(String roomId, String sender, Instant at) {
        Message said = new Message(sender, at, "\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\"");
        world.lastMessages.put(roomId, said);
        world.messages.computeIfAbsent(roomId, id -> new ArrayList<>()).add(said);
    }

    /** @param shown the time of the last message, as JSON */
    public synchronized void showsTimeOf(String roomId, String shown) {
        world.lastMessages.computeIfPresent(roomId, (id, said) -> new Message(said.sender(), said.at(), shown));
    }

    /** From now on it shows the messages of a room, not only the last one. */
    public synchronized void tellsMessages() {
        world.tellsMessages = true;
    }

    public synchronized void listsRoomsPerPage(int size) {
        world.roomsPerPage = size;
    }

    /** Whether a call asks for the rooms with the latest messages. */
    public static boolean asksForNews(Call call) {
        return call.path().endsWith("/customer_rooms") && !call.parameters().containsKey("serve_status");
    }

    /** Asked who is in a room, it lists the available agents instead. */
    public synchronized void ignoresWhoIsInRoom() {
        world.ignoresWhoIsInRoom = true;
    }

    /** Asked who is in a room, it leaves out an agent who is offline. */
    public synchronized void hidesWhoIsOffline() {
        world.hidesWhoIsOffline = true;
    }

    /** Agents cannot be removed from rooms, but they can be replaced. */
    public synchronized void refusesRemovals() {
        world.refusesRemovals = true;
    }

    /** Its agent can be neither removed nor replaced. */
    public synchronized void cannotBeTaken(String roomId, String words) {
        world.notTaken.put(roomId, words);
    }

    /** Whether a call removes an agent from a room. */
    public static boolean removes(Call call) {
        return call.path().endsWith("/remove_agent");
    }

    /** Whether a call replaces an agent. */
    public static boolean replaces(Call call) {
        return call.path().endsWith("/assign_agent") && call.isTrue("replace_latest_agent");
    }

    /** Whether a call asks who is in a room. */
    public static boolean asksWhoIsInRoom(Call call) {
        return call.path().endsWith("/available_agents") && call.isTrue("is_available_in_room");
    }

    /** The service in the room ends. The test sends the webhook about it. */
    public synchronized void resolves(String roomId) {
        world.resolved.add(roomId);
        world.answered.remove(roomId);
        writes(roomId, "\"system\"");
        if (world.servedBy.containsKey(roomId)) {
            loses(roomId);
        }
    }

    /** The customer is back in the same room. */
    public synchronized void opensAgain(String roomId) {
        world.resolved.remove(roomId);
    }

    // ---- read by the test

    /** In the order in which they took effect. */
    public synchronized List<Assigned> assignments() {
        return List.copyOf(world.assignments);
    }

    public synchronized List<String> assignedRooms() {
        return world.assignments.stream().map(Assigned::roomId).toList();
    }

    public String agentOf(String roomId) {
        return world.servedBy.get(roomId);
    }

    /** The rooms that ever had two agents, or would have had. */
    public synchronized Set<String> roomsWithTwoAgents() {
        return Set.copyOf(world.withTwoAgents);
    }

    public synchronized int customersOf(String agentId) {
        return world.agents.get(agentId).count();
    }

    /** What available_agents shows for this agent now. */
    public synchronized int shownCustomersOf(String agentId) {
        return world.agents.get(agentId).countAt(System.nanoTime() - world.countLag.toNanos());
    }

    /** The most customers that this agent ever had at a time. */
    public synchronized int mostCustomersOf(String agentId) {
        return world.agents.get(agentId).most;
    }

    public synchronized List<Call> calls(String path) {
        return world.calls.stream().filter(call -> call.path().contains(path)).toList();
    }

    // ---- state and actions

    @Override
    public synchronized List<Agent> all() {
        return shown(agent -> true);
    }

    @Override
    public synchronized List<Agent> availableFor(String roomId) {
        Set<String> visible = world.visibleInRoom.getOrDefault(
                roomId, world.visibleInRoom.get(roomId.substring(0, roomId.indexOf('-') + 1)));
        return shown(agent -> visible == null || visible.contains(agent.id));
    }

    @Override
    public synchronized List<Agent> inRoom(String roomId) {
        return world.ignoresWhoIsInRoom
                ? availableFor(roomId)
                : shown(agent ->
                        agent.id.equals(world.servedBy.get(roomId)) && (agent.available || !world.hidesWhoIsOffline));
    }

    private List<Agent> shown(Predicate<FakeAgent> which) {
        long then = System.nanoTime() - world.countLag.toNanos();
        return world.agents.values().stream()
                .filter(which)
                .map(agent -> new Agent(agent.id, agent.type, agent.available, agent.forceOffline, agent.countAt(then)))
                .toList();
    }

    @Override
    public int agentsPerPage() {
        return world.agentsPerPage;
    }

    @Override
    public int roomsPerPage() {
        return world.roomsPerPage;
    }

    @Override
    public synchronized Fault assign(Call call) {
        String roomId = call.room();
        FakeAgent agent = world.agents.get(call.agent());
        if (agent == null) {
            return Fault.refusing(404, "Agent not found");
        }
        if (world.resolved.contains(roomId)) {
            return Fault.refusing(400, "room already resolved");
        }
        boolean isServed = world.servedBy.containsKey(roomId);
        if (isServed && world.notTaken.containsKey(roomId)) {
            return Fault.refusing(400, world.notTaken.get(roomId));
        }
        if (isServed && !call.isTrue("replace_latest_agent")) {
            if (!"1".equals(call.parameters().get("max_agent"))) {
                world.withTwoAgents.add(roomId);
            }
            return Fault.refusing(400, "Cant join room, exceed max agents");
        }
        if (isServed) {
            loses(roomId);
        }
        takenOver(roomId, agent.id);
        // "The agent joined this conversation".
        writes(roomId, "\"system\"");
        world.assignments.add(new Assigned(roomId, agent.id, call.at()));
        return null;
    }

    @Override
    public synchronized Fault remove(Call call) {
        String roomId = call.room();
        if (world.notTaken.containsKey(roomId)) {
            return Fault.refusing(400, world.notTaken.get(roomId));
        }
        if (world.refusesRemovals || !call.agent().equals(world.servedBy.get(roomId))) {
            return Fault.refusing(400, "Agent cannot be removed");
        }
        loses(roomId);
        return null;
    }

    /** The rooms whose webhook was lost. */
    @Override
    public synchronized List<Room> unserved() {
        return world.missed.entrySet().stream()
                .filter(room -> isWaiting(room.getKey()))
                .map(room -> room(room.getKey(), null, "\"" + room.getValue() + "\""))
                .toList();
    }

    @Override
    public synchronized List<Room> latest() {
        return world.lastMessages.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing(Message::at).reversed()))
                .map(room -> room(room.getKey()))
                .toList();
    }

    @Override
    public synchronized Room room(String roomId) {
        Message said = world.lastMessages.get(roomId);
        return room(roomId, said == null ? null : said.sender(), said == null ? null : said.shown());
    }

    private Room room(String roomId, String sender, String at) {
        return new Room(
                roomId,
                null,
                world.resolved.contains(roomId),
                isWaiting(roomId),
                world.ofBot.contains(roomId),
                sender,
                at);
    }

    private boolean isWaiting(String roomId) {
        boolean isServed =
                world.servedBy.containsKey(roomId) && !(world.waitUntilAnswered && !world.answered.contains(roomId));
        return !isServed && !world.resolved.contains(roomId);
    }

    @Override
    public synchronized List<Message> messages(String roomId) {
        return world.tellsMessages ? List.copyOf(world.messages.getOrDefault(roomId, List.of())) : null;
    }

    // ---- faults

    @Override
    public synchronized Fault of(Call call) {
        world.calls.add(call);
        return world.faults.entrySet().stream()
                .filter(entry -> call.path().contains(entry.getKey())
                        && !entry.getValue().isEmpty())
                .map(entry -> entry.getValue().poll())
                .findFirst()
                .or(() -> world.outages.stream()
                        .map(outage -> outage.apply(call))
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse(null);
    }

    @Override
    public Duration latency() {
        return world.latency;
    }

    @Override
    public boolean arrives(Call call) {
        return happens(world.arrivals, call);
    }

    @Override
    public boolean isAnswered(Call call, boolean tookEffect) {
        return happens(world.departures, call);
    }

    private static boolean happens(Map<String, BooleanSupplier> events, Call call) {
        return events.keySet().stream()
                .filter(call.path()::contains)
                .findFirst()
                .map(events::remove)
                .map(BooleanSupplier::getAsBoolean)
                .orElse(true);
    }
}
