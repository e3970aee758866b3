package simulator;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small Qiscus that knows who serves which room, and simulates its people. Customers come, write again while they
 * wait, and return later in the same room. Agents answer them and go offline and online. An admin now and then resolves
 * a room instead of its agent. All methods are thread-safe.
 */
public class Simulator {
    private static final String[] CUSTOMERS = {
        "Ayu", "Bima", "Citra", "Dian", "Eko", "Fitri", "Gilang", "Hana", "Indra", "Joko", "Kartika", "Lestari", "Maya",
        "Nanda", "Putri", "Rizky", "Sari", "Tono", "Utami", "Wahyu", "Yusuf", "Zahra"
    };
    private static final String[] AGENTS = {"Siti", "Budi", "Dewi", "Agus", "Rina", "Hadi", "Nina", "Fajar"};
    private static final List<Channel> CHANNELS = List.of(
            new Channel(101, "WhatsApp", "wa"),
            new Channel(102, "Live chat", "qiscus"),
            new Channel(103, "Telegram", "telegram"));

    /** How late Qiscus shows a changed customer count. */
    private static final Duration COUNT_LAG = Duration.ofSeconds(2);
    /** How often the simulated people act: the period of {@link SimulatedQiscus}'s timer. */
    static final Duration TICK = Duration.ofMillis(500);

    /** How many agents a room may have, unless the caller says otherwise. */
    private static final int MOST_AGENTS = 5;

    private static final Duration WRITES_AGAIN_AFTER = Duration.ofSeconds(8);
    private static final double RETURNS = 0.4;
    private static final double DELIVERED_TWICE = 0.1;
    private static final double RESOLVED_BY_ADMIN = 0.3;
    private static final double GOES_OFFLINE_PER_TICK = 0.004;
    private static final double COMES_BACK_PER_TICK = 0.03;
    /** The share of agents who go offline without finishing: their customers get no answer for minutes. */
    private static final double GOES_HOME = 0.1;

    private static final double COMES_BACK_FROM_HOME_PER_TICK = 0.003;
    private static final int ROOMS_PER_PAGE = 50;

    record Channel(int id, String name, String source) {}

    /** A webhook that Qiscus sends: its path and its JSON. */
    public record Delivery(String path, Map<String, Object> body) {}

    private final Clock clock;
    private final Random chance;
    private final double customersPerTick;
    private final Duration handlingTime;
    private final Map<String, SimulatedAgent> agents = new TreeMap<>();
    private final Map<String, SimulatedRoom> rooms = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private final SimulatedAccount account = new SimulatedAccount();
    private Duration firstAnswerAfter = Duration.ZERO;
    private int toCome = Integer.MAX_VALUE;
    private long lastRoom;
    private long lastService = 7000;

    public Simulator(int agents, int customersPerMinute, Duration handlingTime, Clock clock, Random chance) {
        this.clock = clock;
        this.chance = chance;
        this.customersPerTick = customersPerMinute * TICK.toMillis() / 60_000.0;
        this.handlingTime = handlingTime;
        this.lastRoom = clock.millis() / 1000;
        for (int i = 0; i < agents; i++) {
            String name = AGENTS[i % AGENTS.length] + (i < AGENTS.length ? "" : " " + (i / AGENTS.length + 1));
            SimulatedAgent agent = new SimulatedAgent(Integer.toString(9001 + i), name);
            this.agents.put(agent.id(), agent);
        }
    }

    /** How long agents take for the first answer. Until then Qiscus shows the room as waiting. */
    public synchronized void answerFirstAfter(Duration time) {
        firstAnswerAfter = time;
    }

    /** From now on only this many more customers come; the present ones stay until they are served. */
    public synchronized void expect(int customers) {
        toCome = customers;
    }

    public Tally tally() {
        return tally;
    }

    public SimulatedAccount account() {
        return account;
    }

    // ---- state that survives a restart, as Qiscus does

    /** The rooms, the agents and the webhooks of this Qiscus. @param webhooks null in files of earlier versions */
    record World(
            Map<String, SimulatedAgent> agents,
            Map<String, SimulatedRoom> rooms,
            long lastRoom,
            long lastService,
            Map<String, SimulatedAccount.Registered> webhooks) {}

    synchronized byte[] save(ObjectMapper json) throws IOException {
        return json.writeValueAsBytes(new World(agents, rooms, lastRoom, lastService, account.webhooks()));
    }

    /** Agents beyond the number of the settings are removed, and their rooms wait again. */
    synchronized void restore(byte[] saved, ObjectMapper json) throws IOException {
        World world = json.readValue(saved, World.class);
        agents.replaceAll((id, agent) -> world.agents().getOrDefault(id, agent));
        world.rooms().values().forEach(room -> room.agentIds().retainAll(agents.keySet()));
        rooms.putAll(world.rooms());
        lastRoom = world.lastRoom();
        lastService = world.lastService();
        if (world.webhooks() != null) {
            account.restore(world.webhooks());
        }
    }

    // ---- answers of Qiscus

    /**
     * A page of the agents who may serve this room. It includes offline agents, because the sources disagree about
     * them.
     */
    public synchronized Answer availableAgents(String roomId, Integer limit, String cursor) {
        int size = limit == null ? 10 : Math.max(1, Math.min(limit, 100));
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        List<SimulatedAgent> all = List.copyOf(agents.values());
        int to = Math.min(from + size, all.size());
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("after", to < all.size() ? Integer.toString(to) : null);
        meta.put("before", null);
        meta.put("per_page", size);
        meta.put("total_count", null);
        long shownAt = clock.millis() - COUNT_LAG.toMillis();
        return Answer.ok(
                Map.of(
                        "agents",
                        all.subList(from, to).stream().map(a -> a.json(shownAt)).toList()),
                meta);
    }

    /** The agents who are in this room. */
    public synchronized Answer agentsIn(String roomId) {
        SimulatedRoom room = rooms.get(roomId);
        long shownAt = clock.millis() - COUNT_LAG.toMillis();
        List<Map<String, Object>> inRoom = room == null
                ? List.of()
                : room.agentIds().stream()
                        .map(id -> agents.get(id).json(shownAt))
                        .toList();
        return Answer.ok(Map.of("agents", inRoom), Map.of());
    }

    /** A page of all agents, without their customer counts, as some accounts have it. */
    public synchronized Answer agents(Integer page, Integer limit) {
        int size = limit == null ? 10 : Math.max(1, Math.min(limit, 100));
        List<Map<String, Object>> shown = agents.values().stream()
                .skip((page == null ? 0L : Math.max(0, page - 1)) * size)
                .limit(size)
                .map(agent -> agent.json(clock.millis()))
                .toList();
        shown.forEach(agent -> agent.remove("current_customer_count"));
        return Answer.ok(Map.of("agents", shown), Map.of("per_page", size, "total_count", agents.size()));
    }

    /**
     * Adds the agent to the room unless it has {@code maxAgent} agents already. Like Qiscus, it does not check the
     * agent's capacity or whether they are online.
     *
     * @param maxAgent 5 if it is absent, as in Qiscus
     * @param replaces whether the agent who came last leaves the room
     */
    public synchronized Answer assign(String roomId, String agentId, Integer maxAgent, Boolean replaces) {
        SimulatedRoom room = rooms.get(roomId);
        SimulatedAgent agent = agents.get(agentId);
        if (room == null || agent == null) {
            return Answer.error(404, (room == null ? "Room" : "Agent") + " not found");
        }
        if (room.isResolved()) {
            return Answer.error(400, "room already resolved");
        }
        boolean isReplaced = Boolean.TRUE.equals(replaces) && !room.agentIds().isEmpty();
        if (isReplaced && room.isFixed()) {
            return Answer.error(400, "Agent cannot be replaced");
        }
        if (isReplaced) {
            leave(room, room.agentIds().get(room.agentIds().size() - 1));
        }
        if (room.agentIds().size() >= (maxAgent == null ? MOST_AGENTS : maxAgent)) {
            return Answer.error(400, "Cant join room, exceed max agents");
        }
        long now = clock.millis();
        room.serve(
                agentId,
                now + firstAnswerAfter.toMillis(),
                now + (long) (handlingTime.toMillis() * (0.5 + chance.nextDouble())),
                now);
        letAnswer(now);
        agent.changeCount(1, now);
        tally.assigned(now - room.asked(), agent.customers());
        return Answer.ok(Map.of("added_agent", agent.json(now), "service", room.service()), Map.of());
    }

    /** Removes an agent from a room, where the customer then waits. */
    public synchronized Answer remove(String roomId, String agentId) {
        SimulatedRoom room = rooms.get(roomId);
        if (room == null) {
            return Answer.error(404, "Room not found");
        }
        if (!room.agentIds().contains(agentId) || room.isFixed() || room.isOnlyReplaced()) {
            return Answer.error(400, "Agent cannot be removed");
        }
        leave(room, agentId);
        return Answer.ok(Map.of(), Map.of());
    }

    private void leave(SimulatedRoom room, String agentId) {
        room.agentIds().remove(agentId);
        agents.get(agentId).changeCount(-1, clock.millis());
    }

    public synchronized Answer room(String roomId) {
        letAnswer(clock.millis());
        SimulatedRoom room = rooms.get(roomId);
        return room == null
                ? Answer.error(404, "Room not found")
                : Answer.ok(Map.of("customer_room", room.json()), Map.of());
    }

    /** The newest messages of a room, the newest first. */
    public synchronized Answer messages(String roomId, Integer limit) {
        letAnswer(clock.millis());
        SimulatedRoom room = rooms.get(roomId);
        return room == null
                ? Answer.error(404, "Room not found")
                : new Answer(
                        200,
                        Map.of(
                                "results",
                                Map.of(
                                        "comments",
                                        room.messages().stream()
                                                .limit(limit == null ? 20 : limit)
                                                .toList())));
    }

    /** The requested list: the unserved rooms, or all rooms with the latest messages first. */
    public Answer list(JsonNode request) {
        return "unserved".equals(request.path("serve_status").asText())
                ? rooms()
                : latest(request.path("cursor_after").asInt());
    }

    /** The rooms, newest first. The filter {@code unserved} also returns some resolved ones. */
    public synchronized Answer rooms() {
        letAnswer(clock.millis());
        List<Map<String, Object>> newestFirst = new ArrayList<>(rooms.values())
                .stream()
                        .sorted(Comparator.comparing(SimulatedRoom::asked).reversed())
                        .filter(room -> !room.isServed() || room.isWaiting())
                        .limit(ROOMS_PER_PAGE)
                        .map(SimulatedRoom::json)
                        .toList();
        return Answer.ok(Map.of("customer_rooms", newestFirst), Map.of("current_total", newestFirst.size()));
    }

    synchronized Answer latest(int from) {
        letAnswer(clock.millis());
        List<Map<String, Object>> page = rooms.values().stream()
                .sorted(Comparator.comparing(SimulatedRoom::lastMessageAt).reversed())
                .skip(from)
                .limit(ROOMS_PER_PAGE)
                .map(SimulatedRoom::json)
                .toList();
        int to = from + page.size();
        return Answer.ok(
                Map.of("customer_rooms", page),
                to < rooms.size() ? Map.of("cursor_after", Integer.toString(to)) : Map.of());
    }

    // ---- actions of people

    /** @return the webhooks that this causes, in the order in which Qiscus sends them */
    public synchronized List<Delivery> tick() {
        long now = clock.millis();
        List<Delivery> deliveries = new ArrayList<>();
        for (SimulatedAgent agent : agents.values()) {
            comeOrGo(agent);
        }
        letAnswer(now);
        for (SimulatedRoom room : rooms.values()) {
            if (room.isDone(now)) {
                deliveries.add(new Delivery("/resolve", resolve(room, now)));
            } else if (room.isWaiting() && now - room.lastWrote() >= WRITES_AGAIN_AFTER.toMillis()) {
                deliveries.add(new Delivery("/webhook", room.write(now)));
            }
        }
        double due = customersPerTick;
        while (toCome > 0 && due > 0 && chance.nextDouble() < due--) {
            toCome--;
            Delivery call = new Delivery("/webhook", arrive(now));
            deliveries.add(call);
            if (chance.nextDouble() < DELIVERED_TWICE) {
                deliveries.add(call);
            }
        }
        rooms.values()
                .removeIf(room -> room.isResolved()
                        && now - room.lastWrote() > Duration.ofMinutes(10).toMillis());
        return deliveries;
    }

    private void comeOrGo(SimulatedAgent agent) {
        double comes = agent.isAnswering() ? COMES_BACK_PER_TICK : COMES_BACK_FROM_HOME_PER_TICK;
        if (chance.nextDouble() < (agent.isOnline() ? GOES_OFFLINE_PER_TICK : comes)) {
            agent.setOnline(!agent.isOnline());
            agent.leaves(!agent.isOnline() && chance.nextDouble() < GOES_HOME);
        }
    }

    /** Agents write who are about to, unless they leave their customers without an answer. */
    private void letAnswer(long now) {
        rooms.values().stream()
                .filter(room -> room.isAnswerDue(now)
                        && room.agentIds().stream()
                                .anyMatch(id -> agents.get(id).isAnswering()))
                .forEach(room -> room.answer(now));
    }

    private Map<String, Object> arrive(long now) {
        List<SimulatedRoom> gone =
                rooms.values().stream().filter(SimulatedRoom::isResolved).toList();
        SimulatedRoom room;
        if (!gone.isEmpty() && chance.nextDouble() < RETURNS) {
            room = gone.get(chance.nextInt(gone.size()));
        } else {
            String name = CUSTOMERS[chance.nextInt(CUSTOMERS.length)];
            room = new SimulatedRoom(Long.toString(++lastRoom), name, CHANNELS.get(chance.nextInt(CHANNELS.size())));
            rooms.put(room.id(), room);
        }
        room.open(Long.toString(++lastService), now);
        tally.came();
        return room.write(now);
    }

    private Map<String, Object> resolve(SimulatedRoom room, long now) {
        SimulatedAgent agent = agents.get(room.agentIds().get(0));
        room.agentIds().forEach(id -> agents.get(id).changeCount(-1, now));
        tally.resolved();
        room.resolve(now);
        return room.resolvedBy(
                chance.nextDouble() < RESOLVED_BY_ADMIN
                        ? Map.of(
                                "id",
                                1,
                                "name",
                                "Admin",
                                "email",
                                "admin@example.com",
                                "type",
                                "admin",
                                "is_available",
                                false)
                        : Map.of(
                                "id",
                                Integer.valueOf(agent.id()),
                                "name",
                                agent.name(),
                                "email",
                                agent.email(),
                                "type",
                                "agent",
                                "is_available",
                                agent.isOnline()));
    }

    // ---- the view and the actions of people who use the simulator

    public synchronized Answer state() {
        return new Answer(
                200,
                Map.of(
                        "agents",
                                agents.values().stream()
                                        .map(SimulatedAgent::state)
                                        .toList(),
                        "waiting",
                                named(rooms.values().stream()
                                        .filter(SimulatedRoom::isUnserved)
                                        .toList()),
                        "served",
                                named(rooms.values().stream()
                                        .filter(SimulatedRoom::isServed)
                                        .toList())));
    }

    private static Map<String, String> named(Collection<SimulatedRoom> rooms) {
        return rooms.stream().collect(toMap(SimulatedRoom::id, SimulatedRoom::name, (a, b) -> a, LinkedHashMap::new));
    }

    /**
     * @param state {@code online}; {@code offline}: finishes first; {@code gone}: goes offline without finishing;
     *     {@code silent}: answers no customers; {@code talking}: answers again
     */
    public synchronized Answer turn(String agentId, String state) {
        SimulatedAgent agent = agents.get(agentId);
        if (agent == null) {
            return Answer.error(404, "Agent not found");
        }
        switch (state) {
            case "online", "offline" -> {
                agent.setOnline("online".equals(state));
                agent.leaves(false);
            }
            case "gone" -> {
                agent.setOnline(false);
                agent.leaves(true);
            }
            case "silent", "talking" -> agent.ignores("silent".equals(state));
            default -> {
                return Answer.error(404, "online, offline, gone, silent or talking");
            }
        }
        return new Answer(200, agent.state());
    }
}
