package faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import support.FakeAccount;
import support.QiscusServer;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.QiscusServer.Message;

/**
 * The truth, as only Qiscus knows it: who came when, which agents they got, who is resolved. What Qiscus shows of it
 * may be older. Nothing in here comes from the program under test.
 */
class Ledger implements QiscusServer.Truth, AutoCloseable {
    enum State {
        WAITING,
        SERVED,
        RESOLVED
    }

    /** One stay of a customer in a room, from the first message to the resolve. All times are {@link System#nanoTime}. */
    static class Episode {
        final String roomId;
        final String channel;
        final long service;
        final Long previousService;
        /** The calm phase in which it came; 0 during faults. */
        final int calm;

        final Instant wroteAt = Instant.now();
        final long arrivedAt = System.nanoTime();
        final List<String> givenTo = new ArrayList<>();
        /** How often we took it from its agent. */
        int moves;
        /** Who was in the room since when; empty: no agent. */
        final TreeMap<Long, String> inRoom = new TreeMap<>();

        long sentAt;
        long acceptedAt;
        int calls;
        long assignCalledAt;
        long assignedAt;
        String agent;
        boolean takenOver;
        long resolvedAt;
        long resolveSentAt;
        boolean resolveTold;
        State state = State.WAITING;

        private Episode(String roomId, String channel, long service, Long previousService, int calm) {
            this.roomId = roomId;
            this.channel = channel;
            this.service = service;
            this.previousService = previousService;
            this.calm = calm;
        }

        boolean givenByUs() {
            return !givenTo.isEmpty();
        }

        @Override
        public String toString() {
            return "room " + roomId + " channel " + channel + " service " + service + " " + state
                    + (agent == null ? "" : " by " + agent);
        }
    }

    /** An assignment of ours that exceeded the agent's capacity. */
    record Overfull(String roomId, String agentId, int ours, int foreign, int unknowable) {}

    private static class Agent {
        private final Set<String> rooms = new HashSet<>();
        /** External customers, with the time when they came. */
        private final Map<String, Long> foreign = new HashMap<>();

        private final TreeMap<Long, Integer> counts = new TreeMap<>(Map.of(0L, 0));
        private boolean online = true;

        private int count() {
            return rooms.size() + foreign.size();
        }
    }

    private record Room(List<Episode> episodes, TreeMap<Long, State> states) {}

    private record Listed(long at, Set<String> online) {}

    private static final Comparator<Room> NEWEST_FIRST =
            Comparator.<Room>comparingLong(room -> last(room).arrivedAt).reversed();

    private final int capacity;
    private final Duration visibleAfter;
    private final Map<String, Set<String>> agentsOfChannel;
    private final FakeAccount account = new FakeAccount();
    private final long begin = System.nanoTime();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, Listed> listed = new HashMap<>();
    private final List<Episode> episodes = new ArrayList<>();
    private final Set<String> handled = new HashSet<>();
    private final List<Overfull> overfull = new ArrayList<>();
    private final List<Overfull> surprised = new ArrayList<>();
    private final List<String> offline = new ArrayList<>();
    private final List<String> secondTries = new ArrayList<>();
    private final Map<String, Integer> tally = new TreeMap<>();
    private final PrintWriter log;
    private Consumer<Episode> onServed = episode -> {};
    private long services = 1000;
    private Duration firstAnswer = Duration.ZERO;
    private Duration lag = Duration.ZERO;

    /** @param visibleAfter the time after which the program can know an external customer */
    Ledger(int capacity, Duration visibleAfter, Map<String, Set<String>> agentsOfChannel, Path file)
            throws IOException {
        this.capacity = capacity;
        this.visibleAfter = visibleAfter;
        this.agentsOfChannel = agentsOfChannel;
        log = new PrintWriter(Files.newBufferedWriter(file), true);
    }

    @Override
    public void close() {
        log.close();
    }

    /** One line of the history, to find out afterwards what happened. */
    synchronized void note(String what) {
        log.printf("%9.3f %s%n", (System.nanoTime() - begin) / 1e9, what);
    }

    synchronized void count(String what) {
        tally.merge(what, 1, Integer::sum);
    }

    synchronized Map<String, Integer> tally() {
        return new TreeMap<>(tally);
    }

    void whenServed(Consumer<Episode> listener) {
        onServed = listener;
    }

    // ---- agents

    synchronized void hasAgent(String id) {
        agents.put(id, new Agent());
    }

    synchronized List<String> agents() {
        return List.copyOf(agents.keySet());
    }

    synchronized void online(String id, boolean online) {
        agents.get(id).online = online;
        note("agent " + id + (online ? " online" : " offline"));
    }

    synchronized boolean isOnline(String id) {
        return agents.get(id).online;
    }

    /** An external customer writes to this agent, or leaves them. */
    synchronized void foreign(String id, String customer, boolean there) {
        Agent agent = agents.get(id);
        boolean changed =
                there ? agent.foreign.put(customer, System.nanoTime()) == null : agent.foreign.remove(customer) != null;
        if (changed) {
            changed(agent);
            note("foreign " + customer + (there ? " comes to " : " leaves ") + id + ", who has " + agent.count());
        }
    }

    synchronized int customersOf(String id) {
        return agents.get(id).count();
    }

    synchronized int customersByUsOf(String id) {
        return agents.get(id).rooms.size();
    }

    synchronized Set<String> roomsByUsOf(String id) {
        return Set.copyOf(agents.get(id).rooms);
    }

    private void changed(Agent agent) {
        agent.counts.put(System.nanoTime(), agent.count());
    }

    // ---- customers

    synchronized Episode arrives(String roomId, String channel, int calm) {
        Room room = rooms.computeIfAbsent(roomId, r -> new Room(new ArrayList<>(), new TreeMap<>()));
        Long previous = room.episodes.isEmpty() ? null : last(room).service;
        Episode episode = new Episode(roomId, channel, ++services, previous, calm);
        room.episodes.add(episode);
        room.states.put(episode.arrivedAt, State.WAITING);
        episodes.add(episode);
        note("arrives " + episode);
        return episode;
    }

    synchronized void sent(Episode episode) {
        episode.calls++;
        if (episode.sentAt == 0) {
            episode.sentAt = System.nanoTime();
        }
    }

    synchronized void accepted(Episode episode) {
        if (episode.acceptedAt == 0) {
            episode.acceptedAt = System.nanoTime();
        }
    }

    synchronized boolean waits(Episode episode) {
        return episode.state == State.WAITING;
    }

    /** Another agent takes the customer in the dashboard. */
    synchronized boolean takesOver(Episode episode, String agentId) {
        if (episode.state != State.WAITING) {
            return false;
        }
        serve(episode, agentId);
        episode.takenOver = true;
        agents.get(agentId).foreign.put(episode.roomId, System.nanoTime());
        changed(agents.get(agentId));
        note("taken over " + episode);
        return true;
    }

    private void serve(Episode episode, String agentId) {
        episode.state = State.SERVED;
        episode.agent = agentId;
        episode.assignedAt = System.nanoTime();
        episode.inRoom.put(episode.assignedAt, agentId);
        rooms.get(episode.roomId).states.put(episode.assignedAt, State.SERVED);
    }

    synchronized boolean resolves(Episode episode) {
        if (episode.state == State.RESOLVED) {
            return false;
        }
        episode.state = State.RESOLVED;
        episode.resolvedAt = System.nanoTime();
        episode.inRoom.put(episode.resolvedAt, "");
        rooms.get(episode.roomId).states.put(episode.resolvedAt, State.RESOLVED);
        agents.values().forEach(agent -> {
            if (agent.rooms.remove(episode.roomId) | agent.foreign.remove(episode.roomId) != null) {
                changed(agent);
            }
        });
        note("resolved " + episode);
        return true;
    }

    synchronized void resolveSent(Episode episode) {
        if (episode.resolveSentAt == 0) {
            episode.resolveSentAt = System.nanoTime();
        }
    }

    synchronized void resolveTold(Episode episode) {
        episode.resolveTold = true;
    }

    // ---- actions of Qiscus

    @Override
    public synchronized Fault remove(Call call) {
        Room room = rooms.get(call.room());
        Episode episode = room == null ? null : last(room);
        // In some rooms the agent can only be replaced, in others not even that.
        if (isFixed(call) || call.room().hashCode() % 10 == 1) {
            return Fault.refusing(400, "Agent cannot be removed");
        }
        if (episode == null || episode.state != State.SERVED || !call.agent().equals(episode.agent)) {
            return Fault.refusing(400, "Agent is not in the room");
        }
        leaves(episode, call.caller());
        episode.state = State.WAITING;
        episode.inRoom.put(System.nanoTime(), "");
        room.states.put(System.nanoTime(), State.WAITING);
        return null;
    }

    /** In some rooms the agent can be neither removed nor replaced. */
    private static boolean isFixed(Call call) {
        return call.room().hashCode() % 10 == 0;
    }

    private void leaves(Episode episode, String by) {
        Agent agent = agents.get(episode.agent);
        if (agent.rooms.remove(episode.roomId) | agent.foreign.remove(episode.roomId) != null) {
            changed(agent);
        }
        episode.moves++;
        note(by + " takes " + episode);
        episode.agent = null;
    }

    @Override
    public Fault assign(Call call) {
        String roomId = call.room();
        String agentId = call.agent();
        String by = call.caller();
        boolean inPlace = call.isTrue("replace_latest_agent");
        Episode episode;
        synchronized (this) {
            if (inPlace && isFixed(call)) {
                return Fault.refusing(400, "Agent cannot be replaced");
            }
            Agent agent = agents.get(agentId);
            Room room = rooms.get(roomId);
            if (agent == null || room == null) {
                return Fault.refusing(400, "Agent or room not found");
            }
            episode = last(room);
            if (episode.state == State.RESOLVED) {
                note(by + " assigns " + agentId + " in vain to " + episode);
                return Fault.refusing(400, "room already resolved");
            }
            if (episode.state == State.SERVED && inPlace) {
                leaves(episode, by);
            } else if (episode.state == State.SERVED) {
                note(by + " assigns " + agentId + " in vain to " + episode);
                if (episode.givenByUs() && !agentId.equals(episode.agent)) {
                    secondTries.add(episode + ", then " + agentId);
                }
                if ("1".equals(call.parameters().get("max_agent"))) {
                    return Fault.refusing(400, "Cant join room, exceed max agents");
                }
            }
            serve(episode, agentId);
            episode.assignCalledAt = call.at();
            episode.givenTo.add(agentId);
            agent.rooms.add(roomId);
            changed(agent);
            note(by + " assigns " + episode + ", who has " + agent.count());
            check(episode, agentId, agent);
        }
        onServed.accept(episode);
        return null;
    }

    private void check(Episode episode, String agentId, Agent agent) {
        Listed list = listed.get(episode.roomId);
        if (list == null || !list.online.contains(agentId)) {
            offline.add(episode.toString());
            note("OFFLINE " + episode);
        }
        if (agent.count() > capacity) {
            long known = (list == null ? System.nanoTime() : list.at) - visibleAfter.toNanos();
            int unknowable = (int) agent.foreign.values().stream()
                    .filter(since -> since - known > 0)
                    .count();
            Overfull event =
                    new Overfull(episode.roomId, agentId, agent.rooms.size(), agent.foreign.size(), unknowable);
            (agent.count() - unknowable > capacity ? overfull : surprised).add(event);
            note((agent.count() - unknowable > capacity ? "OVER CAPACITY " : "surprised ") + event);
        }
    }

    // ---- what Qiscus shows, slightly older than the truth

    synchronized void showsAfter(Duration lag) {
        this.lag = lag;
    }

    /** How long agents take for the first answer; until then Qiscus shows the room as waiting. */
    synchronized void answersAfter(Duration firstAnswer) {
        this.firstAnswer = firstAnswer;
    }

    private long then() {
        return System.nanoTime() - lag.toNanos();
    }

    @Override
    public FakeAccount account() {
        return account;
    }

    @Override
    public synchronized List<QiscusServer.Agent> all() {
        return agents.keySet().stream().map(this::shown).toList();
    }

    @Override
    public synchronized List<QiscusServer.Agent> availableFor(String roomId) {
        Room room = rooms.get(roomId);
        Set<String> visible = room == null ? Set.of() : agentsOfChannel.get(last(room).channel);
        List<QiscusServer.Agent> shown =
                visible.stream().sorted().map(this::shown).toList();
        listed.put(
                roomId,
                new Listed(
                        System.nanoTime(),
                        shown.stream()
                                .filter(QiscusServer.Agent::available)
                                .map(QiscusServer.Agent::id)
                                .collect(Collectors.toSet())));
        return shown;
    }

    @Override
    public synchronized List<QiscusServer.Agent> inRoom(String roomId) {
        Room room = rooms.get(roomId);
        return room == null
                ? List.of()
                : room.episodes.stream()
                        .map(episode -> episode.inRoom.floorEntry(then()))
                        .filter(then -> then != null && !then.getValue().isEmpty())
                        .limit(1)
                        .map(then -> shown(then.getValue()))
                        .toList();
    }

    private QiscusServer.Agent shown(String id) {
        Agent agent = agents.get(id);
        return new QiscusServer.Agent(
                id,
                "agent",
                agent.online,
                false,
                agent.counts.floorEntry(Math.max(0, then())).getValue());
    }

    @Override
    public synchronized QiscusServer.Room room(String roomId) {
        return rooms.containsKey(roomId) ? shown(rooms.get(roomId)) : null;
    }

    @Override
    public synchronized List<QiscusServer.Room> unserved() {
        return rooms.values().stream()
                .sorted(NEWEST_FIRST)
                .map(this::shown)
                .filter(QiscusServer.Room::waiting)
                .toList();
    }

    /** The customers of these have had no answer, unless they are resolved. */
    @Override
    public synchronized List<QiscusServer.Room> latest() {
        return rooms.values().stream()
                .sorted(NEWEST_FIRST)
                .limit(roomsPerPage())
                .map(this::shown)
                .toList();
    }

    @Override
    public List<Message> messages(String roomId) {
        return null;
    }

    private QiscusServer.Room shown(Room room) {
        Episode episode = last(room);
        State state = shownState(room);
        return new QiscusServer.Room(
                episode.roomId,
                episode.channel,
                state == State.RESOLVED,
                state == State.WAITING,
                false,
                state == State.RESOLVED ? "\"system\"" : "\"customer\"",
                "\"" + episode.wroteAt + "\"");
    }

    private State shownState(Room room) {
        Map.Entry<Long, State> then = room.states.floorEntry(then());
        if (then == null) {
            return room.states.firstEntry().getValue();
        }
        boolean isUnanswered = then.getValue() == State.SERVED && then() - then.getKey() < firstAnswer.toNanos();
        return isUnanswered ? State.WAITING : then.getValue();
    }

    private static Episode last(Room room) {
        return room.episodes.get(room.episodes.size() - 1);
    }

    synchronized List<Episode> before(Episode episode) {
        return rooms.get(episode.roomId).episodes.stream()
                .filter(other -> other != episode)
                .toList();
    }

    // ---- for the checker

    synchronized List<Episode> episodes() {
        return List.copyOf(episodes);
    }

    synchronized List<Episode> waiting() {
        return episodes.stream()
                .filter(episode -> episode.state == State.WAITING)
                .toList();
    }

    synchronized List<Episode> served() {
        return episodes.stream()
                .filter(episode -> episode.state == State.SERVED)
                .toList();
    }

    /** The supervisor tries an action on a room. */
    synchronized void handles(String roomId) {
        handled.add(roomId);
    }

    synchronized boolean wasHandled(String roomId) {
        return handled.contains(roomId);
    }

    synchronized List<Overfull> overfull() {
        return List.copyOf(overfull);
    }

    /** Over capacity by customers that the program could not know of yet. */
    synchronized List<Overfull> surprised() {
        return List.copyOf(surprised);
    }

    synchronized List<String> offline() {
        return List.copyOf(offline);
    }

    /** Another agent was tried for a room that we had assigned, and Qiscus refused. */
    synchronized List<String> secondTries() {
        return List.copyOf(secondTries);
    }
}
