package bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import support.FakeQiscus;
import support.RealRedis;

/** The cost of a process that has just started: 500 customers write at once, to 300 agents. */
class FreshProcess {
    private static final int AGENTS = 300;
    private static final int CUSTOMERS = 500;
    private static final Duration IDLE = Duration.ofSeconds(3);

    private static final Map<String, String> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("ready after", "%.2f s");
        FIGURES.put("CPU until it is ready", "%.1f s");
        FIGURES.put("resident memory, idle", "%.0f MiB");
        FIGURES.put("CPU until all are assigned", "%.1f s");
        FIGURES.put("webhook acknowledged, p50", "%.0f ms");
        FIGURES.put("webhook acknowledged, p99", "%.0f ms");
        FIGURES.put("webhook to assign call, p50", "%.1f s");
        FIGURES.put("resident memory after it", "%.0f MiB");
    }

    /** @param jvm options in addition to {@link ServerProcess#JVM} */
    private record Variant(String name, Path jar, String... jvm) {}

    private final Vertx vertx;
    private final RealRedis redis;

    FreshProcess(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    /** The versions in turn: the one of {@code -Dbench.before}, then this one without and with a class archive. */
    String measure() throws Exception {
        List<Variant> variants = new ArrayList<>();
        String before = System.getProperty("bench.before", "");
        if (!before.isBlank()) {
            // Its own options, with which the heap starts at its full size.
            variants.add(new Variant("before", Path.of(before).toAbsolutePath(), "-Xms256m"));
        }
        variants.add(new Variant("now", ServerProcess.JAR));
        variants.add(
                new Variant("with `start.jsa`", ServerProcess.JAR, "-XX:SharedArchiveFile=" + ServerProcess.archive()));
        List<List<double[]>> measured = variants.stream()
                .map(variant -> (List<double[]>) new ArrayList<double[]>())
                .toList();
        for (int round = 0; round < Benchmarks.ROUNDS; round++) {
            for (int i = 0; i < variants.size(); i++) {
                measured.get(i).add(run(variants.get(i)));
            }
        }
        StringBuilder table = new StringBuilder("| |");
        variants.forEach(variant -> table.append(" ").append(variant.name()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(variants.size())).append('\n');
        int figure = 0;
        for (Map.Entry<String, String> row : FIGURES.entrySet()) {
            int n = figure++;
            table.append(measured.stream()
                    .map(rounds -> String.format(Locale.ROOT, row.getValue(), SideBySide.median(rounds, n)))
                    .collect(Collectors.joining(" | ", "| " + row.getKey() + " | ", " |\n")));
        }
        return table.toString();
    }

    private double[] run(Variant variant) throws Exception {
        redis.client().flushAll();
        try (FakeQiscus qiscus = Benchmarks.qiscus(AGENTS);
                ServerProcess program =
                        ServerProcess.program(variant.jar(), "fresh", redis, qiscus, Map.of(), variant.jvm())) {
            double readyCpu = seconds(program.cpu());
            LockSupport.parkNanos(IDLE.toNanos());
            long idle = program.rss();
            long begin = System.nanoTime();
            Samples acknowledged = write(program);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> qiscus.assignments().size() >= CUSTOMERS);
            Samples assigned = new Samples();
            qiscus.assignments().forEach(call -> assigned.add(call.at() - begin));
            return new double[] {
                seconds(program.startTime()),
                readyCpu,
                idle,
                seconds(program.cpu()),
                acknowledged.median() / 1e6,
                acknowledged.percentile(99) / 1e6,
                assigned.median() / 1e9,
                program.rss()
            };
        }
    }

    /** Sends all calls at once, each on its own connection. @return the times until they were accepted */
    private Samples write(ServerProcess program) throws Exception {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CUSTOMERS));
        RequestOptions webhook = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(program.port())
                .setURI("/webhook")
                .putHeader("Content-Type", "application/json");
        Samples acknowledged = new Samples();
        long begin = System.nanoTime();
        Future.all(IntStream.range(0, CUSTOMERS)
                        .mapToObj(n -> write(client, webhook, Benchmarks.newSession("qiscus-" + n))
                                .onSuccess(accepted -> acknowledged.add(System.nanoTime() - begin)))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        client.close();
        return acknowledged;
    }

    /** Repeats the call, as Qiscus does. */
    private static Future<Void> write(HttpClient client, RequestOptions webhook, String body) {
        return client.request(webhook)
                .compose(request -> request.send(body))
                .compose(answer -> answer.statusCode() == 200 ? answer.end() : write(client, webhook, body));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
