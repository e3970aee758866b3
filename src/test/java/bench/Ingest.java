package bench;

import static bench.Samples.millis;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import support.FakeQiscus;
import support.RealRedis;

/** The cost of accepting a webhook, beside the least possible cost. */
class Ingest {
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 60));
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final RealRedis redis;

    /** The measurements of one server, one sample per round. */
    private static class Figures {
        private final Samples perSecond = new Samples();
        private final Samples cpuNanos = new Samples();
        private final Samples redisNanos = new Samples();
        private final Samples p99 = new Samples();
        private final Samples p99AtHalf = new Samples();
        private long errors;

        private double perCpuSecond() {
            return 1e9 / cpuNanos.median();
        }
    }

    Ingest(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    String measure() throws IOException {
        String template = Files.readString(
                        Path.of("src", "test", "resources", "webhooks", "new-session", "d-2024-nobody-online.json"))
                // Calls of another app are not stored.
                .replace("xrmcf-2s1ciqkustajhlv", FakeQiscus.APP_ID);
        LongFunction<String> bodies = n -> template.replace("273683234", Long.toString(100_000_000 + n));
        Map<String, Figures> figures = new LinkedHashMap<>();
        long emptying = vertx.setPeriodic(
                1000, timer -> vertx.executeBlocking(() -> redis.client().del("new_session_queue")));
        try (FakeQiscus qiscus = Benchmarks.qiscus(1);
                ServerProcess program = ServerProcess.program(
                        "ingest", redis, qiscus, Map.of("ASSIGN_ENABLED", "false", "RESOLVE_ENABLED", "false"));
                ServerProcess blocking = ServerProcess.floor(BlockingFloor.class, redis);
                ServerProcess async = ServerProcess.floor(AsyncFloor.class, redis);
                ServerProcess camel = ServerProcess.floor(CamelFloor.class, redis)) {
            Map<String, ServerProcess> servers = new LinkedHashMap<>();
            servers.put("the program", program);
            servers.put("(a) blocking handler, Jackson, Jedis", blocking);
            servers.put("(b) bare Vert.x, asynchronous driver", async);
            servers.put("(c) one bare Camel route", camel);
            Map<String, Load> loads = new LinkedHashMap<>();
            servers.forEach((name, server) -> {
                figures.put(name, new Figures());
                Load load = new Load(vertx, server.port(), "/webhook", bodies);
                loads.put(name, load);
                load.saturate(WARM_UP);
            });
            for (int round = 0; round < Benchmarks.ROUNDS; round++) {
                servers.forEach((name, server) -> saturate(server, loads.get(name), figures.get(name)));
            }
            for (int round = 0; round < Benchmarks.ROUNDS; round++) {
                loads.forEach((name, load) -> atHalf(load, figures.get(name)));
            }
        } finally {
            vertx.cancelTimer(emptying);
        }
        return table(figures);
    }

    private void saturate(ServerProcess server, Load load, Figures figures) {
        Duration cpu = server.cpu();
        double redisCpu = Benchmarks.redisCpuSeconds(redis);
        Load.Result result = load.saturate(ROUND);
        figures.perSecond.add((long) result.perSecond());
        figures.cpuNanos.add(server.cpu().minus(cpu).toNanos() / result.answers());
        figures.redisNanos.add((long) ((Benchmarks.redisCpuSeconds(redis) - redisCpu) * 1e9 / result.answers()));
        figures.p99.add(result.latencies().percentile(99));
        figures.errors += result.errors();
    }

    private void atHalf(Load load, Figures figures) {
        Load.Result result = load.paced(figures.perSecond.median() / 2.0, ROUND);
        figures.p99AtHalf.add(result.latencies().percentile(99));
        figures.errors += result.errors();
    }

    private static String table(Map<String, Figures> figures) {
        StringBuilder table = new StringBuilder("""
                | POST /webhook | requests/s | CPU per request | Redis beside it | requests per CPU-second | the program has of it \
                | p99 saturated | p99 at half the rate | errors |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        double ours = figures.get("the program").perCpuSecond();
        figures.forEach((name, f) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f us | %.1f us | %,.0f | %.0f%% | %s | %s | %d |%n",
                name,
                f.perSecond.median(),
                f.cpuNanos.median() / 1e3,
                f.redisNanos.median() / 1e3,
                f.perCpuSecond(),
                100 * ours / f.perCpuSecond(),
                millis(f.p99.median()),
                millis(f.p99AtHalf.median()),
                f.errors)));
        return table.toString();
    }
}
