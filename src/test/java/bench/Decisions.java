package bench;

import static java.util.stream.IntStream.range;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import support.RealRedis;

/**
 * What a decision costs and how long it takes, beside an earlier version in the same run: {@code -Dbench.before=JAR} names
 * its jar; without it that column is empty.
 */
class Decisions {
    private static final String NOT_MEASURED = "-";
    private static final int SLOTS_OF_AN_AGENT = 2;

    private final Vertx vertx;
    private final RealRedis redis;
    private final String before = System.getProperty("bench.before", "");
    private int rooms;

    Decisions(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    String measure() {
        StringBuilder table = new StringBuilder("| | before | now |\n| --- | ---: | ---: |\n");
        row(table, "CPU of Redis / of the program per assignment, 300 agents", jar -> cost(jar, 300));
        row(table, "CPU of Redis / of the program per assignment, 1,000 agents", jar -> cost(jar, 1000));
        for (int channels : List.of(1, 5)) {
            for (double load : List.of(0.7, 1.1)) {
                row(
                        table,
                        "lists per assignment (beyond one a second for each line), %d channels, load %s"
                                .formatted(channels, load),
                        jar -> lists(jar, channels, load));
            }
        }
        row(table, "lists per assignment, 5 channels, a burst of 200", this::burst);
        row(table, "forty full channels, 500 ms a call: wait in the free one, p50 / max", this::fortyFullChannels);
        row(table, "5 chats a second, 50 ms a call: webhook to assigned, p50 / p99", this::fiveASecond);
        row(table, "kill -9 of the decider, until the next assign call: median / longest", this::killed);
        return table.toString();
    }

    private void row(StringBuilder table, String what, Function<Path, String> measured) {
        String earlier = before.isBlank() ? NOT_MEASURED : measured.apply(Path.of(before));
        String line = "| %s | %s | %s |%n".formatted(what, earlier, measured.apply(ServerProcess.JAR));
        System.out.print(line);
        table.append(line);
    }

    private ServerProcess program(Path jar, BenchQiscus qiscus, Map<String, String> settings) {
        return ServerProcess.program(jar, "decisions", redis, qiscus, settings);
    }

    /** Sessions come and are resolved one by one: nobody waits, and each decision sees all agents. */
    private String cost(Path jar, int agents) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, agents);
                ServerProcess program = program(jar, qiscus, Map.of())) {
            oneByOne(program, qiscus, 400);
            Duration cpu = program.cpu();
            double redisCpu = Benchmarks.redisCpuSeconds(redis);
            int many = 300;
            oneByOne(program, qiscus, many);
            return "%s / %s"
                    .formatted(
                            Samples.micros((long) ((Benchmarks.redisCpuSeconds(redis) - redisCpu) * 1e9 / many)),
                            Samples.micros(program.cpu().minus(cpu).toNanos() / many));
        }
    }

    private void oneByOne(ServerProcess program, BenchQiscus qiscus, int many) {
        for (int i = 0; i < many; i++) {
            int next = qiscus.assigned();
            String room = comes(program, "qiscus");
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> qiscus.assigned() == next + 1 && redis.client().zcard("claimed") == 0);
            Benchmarks.resolve(program, qiscus, room);
        }
    }

    private String comes(ServerProcess program, String channel) {
        String room = channel + "-" + rooms++;
        program.post("/webhook", Benchmarks.newSession(room, channel));
        return room;
    }

    /** Twenty agents whom all channels share, customers who stay for two seconds on average. */
    private String lists(Path jar, int channels, double load) {
        int agents = 20;
        Duration stay = Duration.ofSeconds(2);
        redis.client().flushAll();
        Random random = new Random(7);
        try (BenchQiscus qiscus = new BenchQiscus(vertx, agents);
                ServerProcess program = program(jar, qiscus, Map.of())) {
            qiscus.answersAfter(Duration.ofMillis(50));
            double every = stay.toNanos() / (agents * SLOTS_OF_AN_AGENT * load);
            long begin = System.nanoTime();
            long measuredFrom = begin + Duration.ofSeconds(12).toNanos();
            long end = begin + Duration.ofSeconds(42).toNanos();
            PriorityQueue<Long> resolveAt = new PriorityQueue<>();
            int resolved = 0;
            int seen = 0;
            long nextCustomer = begin;
            int listsBefore = -1;
            int assignedBefore = 0;
            long lastSample = measuredFrom;
            double lineSeconds = 0;
            List<String> assigned = new ArrayList<>();
            while (System.nanoTime() < end) {
                long now = System.nanoTime();
                if (listsBefore < 0 && now > measuredFrom) {
                    listsBefore = qiscus.listCalls().size();
                    assignedBefore = qiscus.assigned();
                    lastSample = now;
                }
                if (now >= nextCustomer) {
                    comes(program, "c" + random.nextInt(channels));
                    nextCustomer += (long) (-every * Math.log(1 - random.nextDouble()));
                }
                for (; seen < qiscus.assigned(); seen++) {
                    assigned.add(qiscus.assignCalls().get(seen).roomId());
                    resolveAt.add(now + (long) (stay.toNanos() * (0.5 + random.nextDouble())));
                }
                while (!resolveAt.isEmpty() && resolveAt.peek() < now) {
                    resolveAt.poll();
                    Benchmarks.resolve(program, qiscus, assigned.get(resolved++));
                }
                if (listsBefore >= 0 && now - lastSample > 100_000_000) {
                    lineSeconds += waitingLines() * (now - lastSample) / 1e9;
                    lastSample = now;
                }
                LockSupport.parkNanos(2_000_000);
            }
            int lists = qiscus.listCalls().size() - listsBefore;
            int assignments = Math.max(1, qiscus.assigned() - assignedBefore);
            return String.format(
                    Locale.ROOT, "%.2f (%.2f)", lists / (double) assignments, (lists - lineSeconds) / assignments);
        }
    }

    private long waitingLines() {
        return redis.client().zrange("waiting", 0, -1).stream()
                        .map(place -> place.split(":")[0])
                        .distinct()
                        .count()
                + redis.client().scard("channels");
    }

    private String burst(Path jar) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, 150);
                ServerProcess program = program(jar, qiscus, Map.of())) {
            range(0, 50).forEach(i -> comes(program, "c" + i % 5));
            await().until(() -> qiscus.assigned() == 50);
            qiscus.answersAfter(Duration.ofMillis(50));
            int lists = qiscus.listCalls().size();
            range(0, 200).forEach(i -> comes(program, "c" + i % 5));
            await().atMost(Duration.ofMinutes(1)).until(() -> qiscus.assigned() == 250);
            // Two pages of agents make one list.
            return String.format(Locale.ROOT, "%.2f", (qiscus.listCalls().size() - lists) / 2.0 / 200);
        }
    }

    private String fortyFullChannels(Path jar) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, 60);
                ServerProcess program = program(jar, qiscus, Map.of())) {
            range(0, 40).forEach(i -> qiscus.hasChannel("full" + i, i, i + 1));
            qiscus.hasExternal(0, 40, SLOTS_OF_AN_AGENT);
            qiscus.hasChannel("free", 40, 60);
            range(0, 5).forEach(turn -> range(0, 40).forEach(i -> comes(program, "full" + i)));
            qiscus.answersAfter(Duration.ofMillis(500));
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            return waits(program, qiscus, "free", 30, Duration.ofMillis(1300), 100);
        }
    }

    private String fiveASecond(Path jar) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, 100);
                ServerProcess program = program(jar, qiscus, Map.of())) {
            oneByOne(program, qiscus, 200);
            qiscus.answersAfter(Duration.ofMillis(50));
            // Until the assign call comes; its answer takes as long as the list's.
            return waits(program, qiscus, "qiscus", 150, Duration.ofMillis(200), 99);
        }
    }

    /** From the webhook to the assign call, plus the time that Qiscus takes to answer it where that is 50 ms. */
    private String waits(
            ServerProcess program, BenchQiscus qiscus, String channel, int many, Duration every, int percentile) {
        Samples waits = new Samples();
        for (int i = 0; i < many; i++) {
            long begin = System.nanoTime();
            String room = comes(program, channel);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> qiscus.agentOf(room) != null);
            waits.add(qiscus.assignCalls().stream()
                            .filter(call -> call.roomId().equals(room))
                            .findFirst()
                            .orElseThrow()
                            .at()
                    - begin
                    + (every.toMillis() < 1000 ? 50_000_000 : 0));
            LockSupport.parkNanos(every.toNanos() - (System.nanoTime() - begin));
            Benchmarks.resolve(program, qiscus, room);
        }
        return millis(waits.median()) + " / " + millis(waits.percentile(percentile));
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    /** Two processes; the one that decides is killed while sessions come. */
    private String killed(Path jar) {
        Samples gaps = new Samples();
        for (int turn = 0; turn < Benchmarks.ROUNDS; turn++) {
            redis.client().flushAll();
            try (BenchQiscus qiscus = new BenchQiscus(vertx, 50);
                    ServerProcess one = program(jar, qiscus, Map.of());
                    ServerProcess other = program(jar, qiscus, Map.of("RECONCILE_PERIOD", "1h"))) {
                qiscus.answersAfter(Duration.ofMillis(50));
                range(0, 20).forEach(i -> comes(other, "qiscus"));
                await().until(() -> qiscus.assigned() == 20);
                // The first one started decides, in the version that has a decider.
                one.kill();
                long begin = System.nanoTime();
                int next = qiscus.assigned();
                comes(other, "qiscus");
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(40))
                        .until(() -> qiscus.assigned() > next);
                gaps.add(qiscus.assignCalls().get(next).at() - begin);
            }
        }
        return millis(gaps.median()) + " / " + millis(gaps.percentile(100));
    }
}
