package bench;

import static java.util.stream.IntStream.range;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import support.RealRedis;

/** 500 sessions wait, 300 agents come online: how long until all are assigned, and in which order. */
class Drain {
    private static final int SESSIONS = 500;
    private static final int AGENTS = 300;
    private static final int PAGES = 3;

    private final Vertx vertx;
    private final RealRedis redis;

    Drain(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    private record Figures(
            Duration took, long cpuPerAssignment, long redisPerAssignment, double calls, int overtaken) {}

    String measure() {
        StringBuilder table = new StringBuilder("""
                | WORKERS | Qiscus answers after | floor | took | ratio | CPU per assignment | Redis beside it \
                | calls per assignment | most overtaken by |
                | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (int workers : List.of(8, 32)) {
            for (int latency : List.of(50, 1)) {
                row(table, workers, Duration.ofMillis(latency));
            }
        }
        return table.toString();
    }

    private void row(StringBuilder table, int workers, Duration latency) {
        Samples took = new Samples();
        Samples cpu = new Samples();
        Samples redisCpu = new Samples();
        Samples overtaken = new Samples();
        double calls = 0;
        for (int round = 0; round < Benchmarks.ROUNDS; round++) {
            Figures figures = once(workers, latency);
            took.add(figures.took.toNanos());
            cpu.add(figures.cpuPerAssignment);
            redisCpu.add(figures.redisPerAssignment);
            overtaken.add(figures.overtaken);
            calls = figures.calls;
        }
        // Three pages of 100 agents each make one list.
        double floor = SESSIONS * (PAGES + 1.0) / workers * latency.toMillis() / 1000;
        table.append(String.format(
                Locale.ROOT,
                "| %d | %d ms | %.2f s | %.2f s | %.2f | %s | %s | %.2f | %d |%n",
                workers,
                latency.toMillis(),
                floor,
                took.median() / 1e9,
                took.median() / 1e9 / floor,
                Samples.micros(cpu.median()),
                Samples.micros(redisCpu.median()),
                calls,
                overtaken.median()));
    }

    private Figures once(int workers, Duration latency) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, AGENTS);
                ServerProcess program =
                        ServerProcess.program("drain", redis, qiscus, Map.of("WORKERS", Integer.toString(workers)))) {
            warmUp(program, qiscus);
            qiscus.setOnline(false);
            qiscus.answersAfter(latency);
            int before = qiscus.assigned();
            range(0, SESSIONS).forEach(n -> program.post("/webhook", Benchmarks.newSession(room(n))));
            await().until(() -> Benchmarks.waiting(redis) == SESSIONS);
            Duration cpu = program.cpu();
            double redisCpu = Benchmarks.redisCpuSeconds(redis);
            int lists = qiscus.listCalls().size();
            qiscus.setOnline(true);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> qiscus.assigned() == before + SESSIONS);
            await().until(() -> redis.client().zcard("claimed") == 0);
            List<BenchQiscus.AssignCall> assigned = qiscus.assignCalls().subList(before, before + SESSIONS);
            long first = qiscus.listCalls().stream()
                    .filter(at -> at < assigned.get(0).at())
                    .skip(Math.max(0, lists - 1))
                    .min(Long::compare)
                    .orElse(assigned.get(0).at());
            long last = assigned.get(SESSIONS - 1).at() + latency.toNanos();
            return new Figures(
                    Duration.ofNanos(last - Math.max(first, assigned.get(0).at() - PAGES * latency.toNanos())),
                    program.cpu().minus(cpu).toNanos() / SESSIONS,
                    (long) ((Benchmarks.redisCpuSeconds(redis) - redisCpu) * 1e9 / SESSIONS),
                    (qiscus.listCalls().size() - lists) / (double) PAGES / SESSIONS + 1,
                    mostOvertaken(assigned));
        }
    }

    /** So that the JVM has compiled what it needs: a few hundred sessions come, are assigned, and are resolved. */
    private static void warmUp(ServerProcess program, BenchQiscus qiscus) {
        for (int turn = 0; turn < 4; turn++) {
            int done = qiscus.assigned();
            List<String> rooms = range(0, 250).mapToObj(n -> "9" + room(n)).toList();
            rooms.forEach(room -> program.post("/webhook", Benchmarks.newSession(room)));
            await().atMost(Duration.ofMinutes(1)).until(() -> qiscus.assigned() == done + rooms.size());
            rooms.forEach(room -> Benchmarks.resolve(program, qiscus, room));
        }
    }

    private static String room(int n) {
        return Integer.toString(1000 + n);
    }

    /** By how many later rooms the unluckiest was overtaken: what travels side by side may arrive in any order. */
    private static int mostOvertaken(List<BenchQiscus.AssignCall> assigned) {
        int most = 0;
        for (int i = 0; i < assigned.size(); i++) {
            int room = Integer.parseInt(assigned.get(i).roomId());
            int later = (int) assigned.subList(0, i).stream()
                    .filter(call -> Integer.parseInt(call.roomId()) > room)
                    .count();
            most = Math.max(most, later);
        }
        return most;
    }
}
