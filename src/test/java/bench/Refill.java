package bench;

import static bench.Samples.millis;
import static java.util.stream.IntStream.range;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import support.RealRedis;

/** All slots are full and a queue waits: from the resolve webhook to the assign call of the next customer. */
class Refill {
    private static final int RESOLVES = 300;
    private static final Duration LATENCY = Duration.ofMillis(20);

    private final Vertx vertx;
    private final RealRedis redis;

    Refill(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    String measure() {
        Samples p50 = new Samples();
        Samples p99 = new Samples();
        for (int round = 0; round < Benchmarks.ROUNDS; round++) {
            Samples refills = once();
            p50.add(refills.median());
            p99.add(refills.percentile(99));
        }
        return """
                | from a resolve to the next assign call | floor | measured | above the floor |
                | --- | ---: | ---: | ---: |
                | p50 | %1$s | %2$s | %3$s |
                | p99 | %1$s | %4$s | %5$s |
                """.formatted(
                        millis(LATENCY.toNanos()),
                        millis(p50.median()),
                        millis(p50.median() - LATENCY.toNanos()),
                        millis(p99.median()),
                        millis(p99.median() - LATENCY.toNanos()));
    }

    private Samples once() {
        redis.client().flushAll();
        Samples refills = new Samples();
        try (BenchQiscus qiscus = new BenchQiscus(vertx, 20);
                ServerProcess program = ServerProcess.program("refill", redis, qiscus, Map.of())) {
            range(0, 2 * RESOLVES + 100).forEach(n -> program.post("/webhook", Benchmarks.newSession("1" + n)));
            await().until(() -> qiscus.assigned() == 40);
            for (int n = 0; n < 2 * RESOLVES; n++) {
                // The first half warms up.
                if (n == RESOLVES) {
                    qiscus.answersAfter(LATENCY);
                }
                String room = qiscus.assignCalls().get(n).roomId();
                int next = qiscus.assigned();
                // A resolve right behind an assignment would find its confirmation still under way.
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> redis.client().zcard("claimed") == 0);
                long begin = System.nanoTime();
                Benchmarks.resolve(program, qiscus, room);
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> qiscus.assigned() == next + 1);
                if (n >= RESOLVES) {
                    refills.add(qiscus.assignCalls().get(next).at() - begin);
                }
            }
        }
        return refills;
    }
}
