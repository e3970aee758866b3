package assignment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A contact centre in virtual time: the real {@link Decider} between a model of Redis and a model of Qiscus that shows
 * customer counts late. It knows the truth, and records each broken promise.
 */
public class DeciderSimulation {
    /** The longest time between two rounds, in milliseconds: then the decider renews its lease. */
    private static final long RINGS = 500;

    /** The resolution of the time that a slot stays free, in milliseconds. */
    private static final long WATCHES = 50;

    private static final long BEGIN = 1_000_000;

    /** The parameters, with times in milliseconds. Each change makes another world. */
    static final class World implements Cloneable {
        private final int agents;
        private final Map<String, Set<String>> agentsOfChannel;
        private final int capacity = 2;
        private final int workers = 8;
        private final long settle = 10_000;
        private final long period = 1000;
        private final long handling = 30_000;
        private long call = 50;
        /** How late Qiscus's counts may be. */
        private long lag;

        private long webhookDelay;
        /** How many customers come, as a share of the slots that come free. */
        private double load = 0.7;

        private double externalShare;
        private double offlineShare;
        private int changesOfDecider;

        private World(int agents, Map<String, Set<String>> agentsOfChannel) {
            this.agents = agents;
            this.agentsOfChannel = agentsOfChannel;
        }

        static World of(int agents, Map<String, Set<String>> agentsOfChannel) {
            return new World(agents, agentsOfChannel);
        }

        World load(double load) {
            return with(world -> world.load = load);
        }

        World late(long lag, long webhookDelay) {
            return with(world -> {
                world.lag = lag;
                world.webhookDelay = webhookDelay;
            });
        }

        World external(double share) {
            return with(world -> world.externalShare = share);
        }

        World comeAndGo(double share) {
            return with(world -> world.offlineShare = share);
        }

        World call(long millis) {
            return with(world -> world.call = millis);
        }

        World decidersChange(int times) {
            return with(world -> world.changesOfDecider = times);
        }

        private World with(Consumer<World> change) {
            try {
                World other = (World) clone();
                change.accept(other);
                return other;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Event(long at, long order, Runnable what) {}

    /** What Qiscus has about one agent. */
    private static final class Truth {
        int customers;
        boolean online = true;
        long offlineSince;
        final TreeMap<Long, Integer> history = new TreeMap<>(Map.of(0L, 0));
        long freeSince;
        final List<Long> externals = new ArrayList<>();

        int shown(long at) {
            return history.floorEntry(at).getValue();
        }
    }

    private final World world;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<String, Truth> truth = new TreeMap<>();
    private final TreeMap<String, Session> line = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> unconfirmed = new HashMap<>();
    private final List<CountChange> changes = new ArrayList<>();
    private final Map<String, Long> lastAssigned = new HashMap<>();
    private Decider decider;
    private int read;
    private boolean isFirst = true;
    private long now = BEGIN;
    private long order;
    private int rooms;
    private boolean rung;
    private boolean runs;
    private long watched;

    double linesWaiting;
    int lists;
    int assignments;
    int overCapacity;
    int offline;
    int outOfOrder;
    long longestIdle;
    /** Milliseconds of slots that had already been free for more than a second. */
    private long idle;

    private final Map<String, List<Long>> waits = new TreeMap<>();
    final List<String> notes = new ArrayList<>();

    DeciderSimulation(World world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        IntStream.range(0, world.agents).forEach(i -> truth.put("a" + i, new Truth()));
        newDecider();
    }

    private void newDecider() {
        decider = new Decider(
                new Decider.Rules(world.workers, Duration.ofMillis(world.settle), Duration.ofMillis(world.period)));
        read = 0;
        isFirst = true;
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, order++, what));
    }

    private void in(double millis, Runnable what) {
        at(now + Math.round(millis), what);
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    DeciderSimulation run(Duration time) {
        long end = now + time.toMillis();
        if (!runs) {
            begin(time);
        }
        while (!events.isEmpty() && events.peek().at() < end) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
            watch();
        }
        return this;
    }

    private void begin(Duration time) {
        runs = true;
        tick();
        double slots = world.agents * world.capacity;
        if (world.load > 0) {
            customers(world.handling / slots / world.load);
        }
        if (world.externalShare > 0) {
            external(world.handling / slots / world.externalShare);
        }
        if (world.offlineShare > 0) {
            truth.keySet().forEach(this::comesAndGoes);
        }
        for (int i = 0; i < world.changesOfDecider; i++) {
            in(time.toMillis() * random.nextDouble(), this::newDecider);
        }
    }

    DeciderSimulation burst(int customers) {
        for (int i = 0; i < customers; i++) {
            asks(anyChannel());
        }
        return this;
    }

    private String anyChannel() {
        List<String> channels = List.copyOf(world.agentsOfChannel.keySet());
        return channels.get(random.nextInt(channels.size()));
    }

    private void tick() {
        linesWaiting += line.values().stream().map(Session::channel).distinct().count() * RINGS / 1000.0;
        ring();
        in(RINGS, this::tick);
    }

    private void customers(double mean) {
        in(exponential(mean), () -> {
            asks(anyChannel());
            customers(mean);
        });
    }

    /** More customers, all in one channel. */
    DeciderSimulation comeTo(String channel, double meanPause) {
        in(exponential(meanPause), () -> {
            asks(channel);
            comeTo(channel, meanPause);
        });
        return this;
    }

    DeciderSimulation asks(String channel) {
        String room = "r" + rooms++;
        String firstAsked = String.format("%017.3f", now + rooms / 1e6 % 1);
        line.put(
                firstAsked + room, new Session(room, channel, null, null, firstAsked, null, 0, null, null, null, null));
        ring();
        return this;
    }

    private void external(double mean) {
        in(exponential(mean), () -> {
            String agent = anyOf(truth.keySet());
            if (truth.get(agent).customers < world.capacity) {
                truthChanges(agent, 1);
                long came = now;
                truth.get(agent).externals.add(came);
                in(exponential(world.handling), () -> {
                    truth.get(agent).externals.remove(came);
                    truthChanges(agent, -1);
                });
            }
            external(mean);
        });
    }

    private String anyOf(Set<String> ids) {
        return List.copyOf(ids).get(random.nextInt(ids.size()));
    }

    private void comesAndGoes(String agent) {
        in(exponential(60_000), () -> {
            Truth one = truth.get(agent);
            one.online = false;
            one.offlineSince = now;
            in(exponential(60_000 * world.offlineShare), () -> {
                one.online = true;
                one.freeSince = now;
                comesAndGoes(agent);
            });
        });
    }

    private void truthChanges(String agent, int by) {
        Truth one = truth.get(agent);
        one.customers += by;
        one.history.put(now, one.customers);
        if (by < 0) {
            one.freeSince = now;
        }
    }

    private void ring() {
        if (!rung) {
            rung = true;
            in(1, () -> {
                rung = false;
                round();
            });
        }
    }

    private void round() {
        List<Session> heads = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (Session session : line.values()) {
            if (heads.size() < world.workers * world.agentsOfChannel.size()
                    && taken.merge(session.channel(), 1, Integer::sum) <= world.workers) {
                heads.add(session);
            }
        }
        Snapshot snapshot = new Snapshot(
                isFirst,
                now,
                heads,
                heads.size() < line.size(),
                Set.of(),
                Map.copyOf(counts),
                Map.copyOf(unconfirmed),
                changes.subList(read, changes.size()),
                isFirst ? Map.copyOf(lastAssigned) : Map.of(),
                Map.of(),
                world.capacity,
                Set.of(),
                0);
        read = changes.size();
        isFirst = false;
        Decider of = decider;
        Round round = of.round(new Matching().fewestCustomersBelowCapacity(of.choice(snapshot)));
        round.placements().forEach(placement -> place(of, placement));
        round.toAsk().forEach(session -> ask(of, session));
        if (!round.placements().isEmpty()) {
            ring();
        }
    }

    private void ask(Decider of, Session session) {
        lists++;
        double took = world.call * (0.5 + random.nextDouble());
        in(took, () -> {
            long shownAt = now - (long) (world.lag * random.nextDouble());
            List<Agent> listed = world.agentsOfChannel.get(session.channel()).stream()
                    .map(id -> new Agent(id, id, truth.get(id).shown(shownAt), truth.get(id).online, false, "agent"))
                    .toList();
            of.listed(session, listed, now);
            ring();
        });
    }

    private void change(String agent, int by, CountChange.Kind kind, long since) {
        int count = counts.merge(agent, by, Integer::sum);
        changes.add(new CountChange(agent, now, count, by, kind, since));
    }

    private void place(Decider of, Placement placement) {
        Session session = placement.session();
        String agent = placement.agent().id();
        // One round may place two sessions with the same agent: the second counts the first.
        if (line.remove(session.firstAsked() + session.roomId()) == null) {
            of.notReserved(placement);
            return;
        }
        passedOver(session, agent);
        change(agent, 1, CountChange.Kind.RESERVED, 0);
        unconfirmed.merge(agent, 1, Integer::sum);
        lastAssigned.put(agent, now);
        waits.computeIfAbsent(session.channel(), none -> new ArrayList<>())
                .add(now - Math.round(Double.parseDouble(session.firstAsked())));
        double took = world.call * (0.5 + random.nextDouble());
        long decided = now;
        in(took / 2, () -> {
            truthChanges(agent, 1);
            long notVisible = truth.get(agent).externals.stream()
                    .filter(came -> came > decided - world.settle - world.lag)
                    .count();
            if (truth.get(agent).customers - notVisible > world.capacity) {
                overCapacity++;
                notes.add(now + " " + agent + " has " + truth.get(agent).customers + " by " + session.roomId());
            }
        });
        in(took, () -> {
            assignments++;
            unconfirmed.merge(agent, -1, Integer::sum);
            change(agent, 0, CountChange.Kind.CONFIRMED, 0);
            of.assignCallEnded(session);
            ring();
            in(exponential(world.handling), () -> resolved(agent));
        });
    }

    private void passedOver(Session session, String agent) {
        for (Session older :
                line.headMap(session.firstAsked() + session.roomId()).values()) {
            if (world.agentsOfChannel.get(older.channel()).contains(agent)) {
                long when = now;
                in(300 + 3 * world.call, () -> {
                    if (line.containsKey(older.firstAsked() + older.roomId())) {
                        outOfOrder++;
                        notes.add(when + " " + session.roomId() + " before " + older.roomId() + " with " + agent);
                    }
                });
                return;
            }
        }
    }

    private void resolved(String agent) {
        truthChanges(agent, -1);
        in(world.webhookDelay * random.nextDouble(), () -> {
            change(agent, -1, CountChange.Kind.RESOLVED, 0);
            ring();
        });
    }

    /** Measures how long an agent has a free slot while a session waits that could have it. */
    private void watch() {
        if (now - watched < WATCHES) {
            return;
        }
        long before = Math.max(watched, BEGIN);
        watched = now;
        truth.forEach((id, one) -> {
            if (one.online && one.customers + unconfirmed.getOrDefault(id, 0) < world.capacity) {
                for (Session session : line.values()) {
                    if (world.agentsOfChannel.get(session.channel()).contains(id)) {
                        long since = Math.max(one.freeSince, (long) Double.parseDouble(session.firstAsked()));
                        longestIdle = Math.max(longestIdle, now - since);
                        if (now - since > 1000) {
                            idle += (now - before) * (world.capacity - one.customers - unconfirmed.getOrDefault(id, 0));
                        }
                        return;
                    }
                }
            }
        });
    }

    /** How long customers of a channel waited until an agent was reserved, the shortest first. */
    List<Long> waitsOf(String channel) {
        return waits.getOrDefault(channel, List.of()).stream().sorted().toList();
    }

    double listsPerAssignment() {
        return lists / (double) assignments;
    }

    /** Not counting one list per second for each waiting line. */
    double furtherListsPerAssignment() {
        return (lists - linesWaiting) / assignments;
    }

    @Override
    public String toString() {
        List<Long> waits =
                this.waits.values().stream().flatMap(List::stream).sorted().toList();
        return String.format(
                "%d assignments, %.2f lists each (%.2f beyond one a second for each line), over capacity %d, out of order %d, longest idle %d ms, wait p50 %d p99 %d max %d",
                assignments,
                listsPerAssignment(),
                furtherListsPerAssignment(),
                overCapacity,
                outOfOrder,
                longestIdle,
                waits.isEmpty() ? 0 : waits.get(waits.size() / 2),
                waits.isEmpty() ? 0 : waits.get(waits.size() * 99 / 100),
                waits.isEmpty() ? 0 : waits.get(waits.size() - 1));
    }

    /**
     * Half an hour of five channels that share their agents.
     *
     * @return the share of all slot time, in percent, that slots were free for longer than a second while a customer
     *     waited who could have had them; the worst of several half hours
     */
    public static double slotsFreeForMoreThanASecond() {
        World world = World.of(20, channels(5, 20));
        Duration time = Duration.ofMinutes(30);
        return DoubleStream.of(0.7, 0.95, 1.1)
                .flatMap(load -> LongStream.range(0, 10)
                        .mapToDouble(seed -> new DeciderSimulation(world.load(load), seed).run(time).idle))
                .map(idle -> 100 * idle / (world.agents * world.capacity * (double) time.toMillis()))
                .max()
                .orElseThrow();
    }

    /** What went wrong, for the message of a failed test. */
    String story() {
        return this + "\n" + String.join("\n", notes);
    }

    static Map<String, Set<String>> channels(int channels, int agents) {
        Set<String> all = new TreeSet<>();
        IntStream.range(0, agents).forEach(i -> all.add("a" + i));
        Map<String, Set<String>> ofChannel = new LinkedHashMap<>();
        IntStream.range(0, channels).forEach(i -> ofChannel.put("c" + i, all));
        return ofChannel;
    }
}
