package bench;

import static java.util.stream.IntStream.range;

import assignment.DeciderSimulation;
import bench.SideBySide.Figure;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import support.RealRedis;

/** The cost and the duration of a decision, beside an earlier version. */
class Decisions {
    private static final int ONCE = 1;
    private static final Duration CALL = Duration.ofMillis(50);

    private final List<RealRedis> redis;

    Decisions(RealRedis redis) {
        RealRedis second = RealRedis.ofItsOwn();
        second.start();
        this.redis = List.of(second, redis);
    }

    String measure() {
        return SideBySide.HEADER
                + cost(300)
                + cost(1000)
                + lists()
                + fortyFullChannels()
                + drain(32, CALL)
                + drain(8, Duration.ofMillis(1))
                + refill()
                + fiveASecond()
                + waiting(10)
                + waiting(100_000)
                + killed()
                + freeSlots();
    }

    private SideBySide sides(int agents, Map<String, String> settings) {
        return new SideBySide(redis, agents, settings);
    }

    /** Each agent has a customer; more come one by one, and the oldest are resolved. */
    private String cost(int agents) {
        Map<Side, Queue<String>> served = new HashMap<>();
        try (SideBySide sides = sides(agents, Map.of())) {
            return sides.prepare(side -> {
                        Queue<String> rooms = new LinkedList<>();
                        range(0, agents).forEach(n -> rooms.add(side.comes("qiscus")));
                        side.awaitAssigned(agents);
                        served.put(side, rooms);
                        oneByOne(side, rooms, 600);
                    })
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> oneByOne(side, served.get(side), 150),
                            new Figure(
                                    "CPU of the program per assignment, one by one, %,d agents".formatted(agents),
                                    "%.2f ms"),
                            new Figure(
                                    "CPU of Redis per assignment, one by one, %,d agents".formatted(agents),
                                    "%.2f ms"));
        }
    }

    /** @return CPU per assignment in milliseconds: of the program, of Redis */
    private static double[] oneByOne(Side side, Queue<String> served, int many) {
        Side.Cpu before = side.cpu();
        range(0, many).forEach(n -> {
            int calls = side.qiscus().assignments().size();
            served.add(side.comes("qiscus"));
            side.awaitAssigned(calls + 1);
            side.resolve(served.remove());
        });
        return side.cpu().sinceFor(before, many);
    }

    private String lists() {
        Duration time = Duration.ofSeconds(20);
        StringBuilder rows = new StringBuilder();
        try (SideBySide sides = sides(SharedAgents.AGENTS, Map.of())) {
            sides.prepare(side -> {
                side.answersAfter(SharedAgents.CALL);
                new SharedAgents(side, 1).lists(0, 0.7, time.dividedBy(2));
            });
            for (int channels : List.of(1, 5)) {
                for (double load : List.of(0.7, 1.1)) {
                    rows.append(sides.rows(
                            ONCE,
                            side -> new SharedAgents(side, channels).lists(0, load, time),
                            listFigures("%d channels, load %s".formatted(channels, load))));
                }
            }
            return rows.append(sides.rows(
                            ONCE,
                            side -> new SharedAgents(side, 5).lists(200, 0, Duration.ZERO),
                            listFigures("5 channels, a burst of 200")))
                    .toString();
        }
    }

    private static Figure[] listFigures(String when) {
        return new Figure[] {
            new Figure("lists per assignment, " + when, "%.2f"),
            new Figure("- of these one a second for each line that waits", "%.2f")
        };
    }

    private String fortyFullChannels() {
        Duration call = Duration.ofMillis(500);
        try (SideBySide sides = sides(60, Map.of())) {
            return sides.prepare(side -> {
                        range(0, 40).forEach(i -> {
                            side.qiscus().listsForRoom("full" + i + "-", Benchmarks.agent(i));
                            side.qiscus().setForeign(Benchmarks.agent(i), 2);
                        });
                        side.qiscus().listsForRoom("free-", Benchmarks.agents(40, 60));
                        range(0, 200).forEach(i -> side.comes("full" + i % 40));
                        side.answersAfter(call);
                        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                    })
                    .rows(
                            ONCE,
                            side -> waits(side, "free", 25, Duration.ofMillis(1300))
                                    .millis(50, 100),
                            new Figure("forty full channels, 500 ms a call: wait in a free one, p50", "%.0f ms"),
                            new Figure("- longest", "%.0f ms"));
        }
    }

    private String fiveASecond() {
        try (SideBySide sides = sides(100, Map.of())) {
            return sides.prepare(side -> {
                        waits(side, "qiscus", 200, Duration.ZERO);
                        side.answersAfter(CALL);
                    })
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> {
                                double[] untilCall = waits(side, "qiscus", 60, Duration.ofMillis(200))
                                        .millis(50, 99);
                                return new double[] {untilCall[0] + CALL.toMillis(), untilCall[1] + CALL.toMillis()};
                            },
                            new Figure("5 chats a second, 50 ms a call: webhook to assigned, p50", "%.0f ms"),
                            new Figure("- p99", "%.0f ms"));
        }
    }

    /**
     * Customers come at a steady pace, and one is resolved when the next one has an agent.
     *
     * @return from the webhook to the assign call
     */
    private static Samples waits(Side side, String channel, int many, Duration every) {
        Samples waits = new Samples();
        String before = null;
        for (int i = 0; i < many; i++) {
            int calls = side.qiscus().assignments().size();
            long begin = System.nanoTime();
            String room = side.comes(channel);
            side.awaitAssigned(calls + 1);
            waits.add(side.qiscus().assignments().get(calls).at() - begin);
            if (before != null) {
                side.resolve(before);
            }
            before = room;
            LockSupport.parkNanos(every.toNanos() - (System.nanoTime() - begin));
        }
        return waits;
    }

    private String drain(int workers, Duration latency) {
        Drain drain = new Drain(latency);
        String what = "500 waiting, %d agents, %d ms, WORKERS %d".formatted(Drain.AGENTS, latency.toMillis(), workers);
        try (SideBySide sides = sides(Drain.AGENTS, Map.of("WORKERS", Integer.toString(workers)))) {
            return sides.prepare(side -> range(0, 2).forEach(n -> new Drain(Duration.ZERO).measure(side)))
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> {
                                double[] took = drain.measure(side);
                                return new double[] {took[0], took[0] / drain.floor(workers), took[1], took[2]};
                            },
                            new Figure(what, "%.2f s"),
                            new Figure("- against the floor", "%.2f x"),
                            new Figure("- CPU of the program per assignment", "%.2f ms"),
                            new Figure("- CPU of Redis per assignment", "%.2f ms"));
        }
    }

    private String refill() {
        Map<Side, FullHouse> houses = new HashMap<>();
        try (SideBySide sides = sides(20, Map.of())) {
            return sides.prepare(side -> {
                        houses.put(side, new FullHouse(side, 20, 1000));
                        houses.get(side).cpu(300);
                    })
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> houses.get(side).refills(75),
                            new Figure("refill above the floor, p50", "%.1f ms"),
                            new Figure("- p99", "%.1f ms"));
        }
    }

    private String waiting(int waiting) {
        int warmUp = 300;
        int many = 100;
        Map<Side, FullHouse> houses = new HashMap<>();
        try (SideBySide sides = sides(10, Map.of())) {
            return sides.prepare(side -> {
                        houses.put(side, new FullHouse(side, 10, waiting + warmUp + Benchmarks.ROUNDS * many));
                        houses.get(side).cpu(warmUp);
                    })
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> houses.get(side).cpu(many),
                            new Figure("CPU of the program per assignment, %,d waiting".formatted(waiting), "%.2f ms"),
                            new Figure("CPU of Redis per assignment, %,d waiting".formatted(waiting), "%.2f ms"));
        }
    }

    private String killed() {
        Map<Side, FullHouse> houses = new HashMap<>();
        try (SideBySide sides = sides(20, Map.of())) {
            return sides.prepare(side -> houses.put(side, new FullHouse(side, 20, 100)))
                    .rows(
                            Benchmarks.ROUNDS,
                            side -> houses.get(side).secondsAfterKill(),
                            new Figure("kill -9 of the decider, until the next assign calls", "%.1f s"));
        }
    }

    /** In virtual time. The number in the first column comes from a simulation of the scripts of that version. */
    private static String freeSlots() {
        double share = DeciderSimulation.slotsFreeForMoreThanASecond();
        return new Figure(
                        "slots free for more than a second beside a customer who could have them, simulated", "%.1f%%")
                .row("up to 44%", share, "-");
    }
}
