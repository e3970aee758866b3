package bench;

import static bench.Samples.micros;
import static java.util.stream.IntStream.range;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.Pipeline;
import support.RealRedis;

/** What one assignment and one webhook cost when many wait, and when many agents are listed. */
class Growth {
    private static final int CYCLES = 400;
    private static final int WARM_UP = 400;
    private static final int FULL_PERIODS = 10;

    private final Vertx vertx;
    private final RealRedis redis;

    Growth(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    private record Figures(long cpu, long redisCpu, long webhook, long redisWebhook, double listsPerPeriod) {}

    String measure() {
        StringBuilder table = new StringBuilder("""
                | sessions waiting | agents in the list | CPU per assignment | Redis beside it | CPU per webhook | Redis beside it \
                | lists a period while all are full |
                | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        List.of(10, 1000, 100_000).forEach(waiting -> row(table, waiting, 10));
        List.of(100, 1000).forEach(agents -> row(table, 1000, agents));
        return table.toString();
    }

    private void row(StringBuilder table, int waiting, int agents) {
        Samples cpu = new Samples();
        Samples redisCpu = new Samples();
        Samples webhook = new Samples();
        Samples redisWebhook = new Samples();
        double lists = 0;
        for (int round = 0; round < Benchmarks.ROUNDS; round++) {
            Figures figures = once(waiting, agents);
            cpu.add(figures.cpu);
            redisCpu.add(figures.redisCpu);
            webhook.add(figures.webhook);
            redisWebhook.add(figures.redisWebhook);
            lists = Math.max(lists, figures.listsPerPeriod);
        }
        table.append(String.format(
                Locale.ROOT,
                "| %,d | %,d | %s | %s | %s | %s | %.1f |%n",
                waiting,
                agents,
                micros(cpu.median()),
                micros(redisCpu.median()),
                micros(webhook.median()),
                micros(redisWebhook.median()),
                lists));
    }

    private Figures once(int waiting, int agents) {
        redis.client().flushAll();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, agents);
                ServerProcess program = ServerProcess.program("growth", redis, qiscus, Map.of())) {
            int slots = 2 * agents;
            // What is resolved meanwhile is replaced by those who wait, so that many more come.
            fillQueue(slots + waiting + WARM_UP + CYCLES);
            await().atMost(Duration.ofMinutes(2)).until(() -> qiscus.assigned() == slots);
            await().atMost(Duration.ofMinutes(2)).until(() -> Benchmarks.waiting(redis) >= waiting);
            cycle(program, qiscus, 0, WARM_UP);

            long cpu = program.cpu().toNanos();
            double redisCpu = Benchmarks.redisCpuSeconds(redis);
            cycle(program, qiscus, WARM_UP, WARM_UP + CYCLES);
            long perAssignment = (program.cpu().toNanos() - cpu) / CYCLES;
            long redisPerAssignment = (long) ((Benchmarks.redisCpuSeconds(redis) - redisCpu) * 1e9 / CYCLES);

            Load load = new Load(
                    vertx,
                    program.port(),
                    "/webhook",
                    n -> Benchmarks.newSession(Long.toString(1_000_000 + slots + WARM_UP + CYCLES + n % 10)));
            load.paced(500, Duration.ofSeconds(15));
            cpu = program.cpu().toNanos();
            redisCpu = Benchmarks.redisCpuSeconds(redis);
            Load.Result webhooks = load.paced(500, Duration.ofSeconds(5));
            long perWebhook = (program.cpu().toNanos() - cpu) / webhooks.answers();
            long redisPerWebhook = (long) ((Benchmarks.redisCpuSeconds(redis) - redisCpu) * 1e9 / webhooks.answers());

            int pages = (agents + 99) / 100;
            int lists = qiscus.listCalls().size();
            long begin = System.nanoTime();
            await().during(Duration.ofSeconds(FULL_PERIODS))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> qiscus.assigned() == slots + WARM_UP + CYCLES);
            double periods = (System.nanoTime() - begin) / 1e9;
            return new Figures(
                    perAssignment,
                    redisPerAssignment,
                    perWebhook,
                    redisPerWebhook,
                    (qiscus.listCalls().size() - lists) / pages / periods);
        }
    }

    /** As the webhook stores them. */
    private void fillQueue(int sessions) {
        long now = System.currentTimeMillis() - 1000;
        for (int from = 0; from < sessions; from += 1000) {
            try (Pipeline pipeline = redis.client().pipelined()) {
                range(from, Math.min(sessions, from + 1000))
                        .forEach(n -> pipeline.lpush(
                                "new_session_queue", """
                        {"room_id":"%d","channel":"qiscus","source":"qiscus","name":"Customer %d","received_at":%d.%03d}""".formatted(1_000_000 + n, n, now + n / 1000, n % 1000)));
            }
        }
    }

    private void cycle(ServerProcess program, BenchQiscus qiscus, int from, int to) {
        for (int n = from; n < to; n++) {
            int next = qiscus.assigned();
            Benchmarks.resolve(program, qiscus, qiscus.assignCalls().get(n).roomId());
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> qiscus.assigned() == next + 1);
        }
        await().until(() -> redis.client().zcard("claimed") == 0);
    }
}
