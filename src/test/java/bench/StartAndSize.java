package bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import support.FakeQiscus;
import support.RealRedis;

/** How long a start takes, and how large the program is. */
class StartAndSize {
    private static final int STARTS = 5;

    private final Vertx vertx;
    private final RealRedis redis;

    StartAndSize(Vertx vertx, RealRedis redis) {
        this.vertx = vertx;
        this.redis = redis;
    }

    String measure() throws IOException {
        redis.client().flushAll();
        Samples start = new Samples();
        Samples idle = new Samples();
        Samples archivedStart = new Samples();
        Samples archivedIdle = new Samples();
        String archive = "-XX:SharedArchiveFile=" + ServerProcess.archive();
        long loaded;
        try (FakeQiscus qiscus = Benchmarks.qiscus(50)) {
            for (int n = 0; n < STARTS; n++) {
                start(qiscus, start, idle);
                start(qiscus, archivedStart, archivedIdle, archive);
            }
            try (ServerProcess program = ServerProcess.program("start", redis, qiscus, Map.of())) {
                new Load(vertx, program.port(), "/webhook", room -> Benchmarks.newSession("7" + room % 1000))
                        .saturate(Duration.ofSeconds(20));
                loaded = program.rss();
            }
        }
        return String.format(
                Locale.ROOT,
                """
                | | plain `java -jar` | with `start.jsa` |
                | --- | ---: | ---: |
                | from the start of the JVM to the first answer | %.1f s | %.1f s |
                | resident memory, idle | %d MiB | %d MiB |
                | resident memory under full load | %d MiB | |
                | size | %.1f MB | |
                """,
                start.median() / 1e3,
                archivedStart.median() / 1e3,
                idle.median(),
                archivedIdle.median(),
                loaded,
                Files.size(ServerProcess.JAR) / 1e6);
    }

    private void start(FakeQiscus qiscus, Samples start, Samples idle, String... jvm) {
        try (ServerProcess program = ServerProcess.program("start", redis, qiscus, Map.of(), jvm)) {
            start.add(program.startTime().toMillis());
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            idle.add(program.rss());
        }
    }
}
