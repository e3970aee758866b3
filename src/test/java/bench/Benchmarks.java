package bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import support.FakeQiscus;
import support.RealRedis;

/**
 * {@code mvn verify -Pbench}: measures the packaged program beside its floors on this machine, in one run, and writes
 * the results into {@code docs/performance.md}. {@code -Dbench.only=ingest,decisions} measures and prints only these
 * parts.
 */
class Benchmarks {
    static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    private static final Path DOCUMENT = Path.of("docs", "performance.md");
    private static final String BEGIN = "<!-- written by mvn verify -Pbench -->";
    private static final String END = "<!-- end of what is written -->";

    private Benchmarks() {}

    public static void main(String[] args) {
        try {
            measure();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // Otherwise the threads of the load would keep running.
            System.exit(1);
        }
    }

    private static void measure() throws Exception {
        Vertx vertx = Vertx.vertx();
        RealRedis redis = RealRedis.ofItsOwn();
        redis.start();
        Map<String, Callable<String>> parts = new LinkedHashMap<>();
        parts.put("Ingest", new Ingest(vertx, redis)::measure);
        parts.put("Decisions", new Decisions(redis)::measure);
        parts.put("Fresh process", new FreshProcess(vertx, redis)::measure);
        parts.put("Start and size", new StartAndSize(vertx, redis)::measure);
        String only = System.getProperty("bench.only", "");
        if (!only.isBlank()) {
            List<String> wanted = List.of(only.toLowerCase().split(","));
            parts.keySet().removeIf(name -> !wanted.contains(name.toLowerCase().split(" ")[0]));
        }
        StringBuilder results = new StringBuilder(machine());
        for (Map.Entry<String, Callable<String>> part : parts.entrySet()) {
            String section = "\n### " + part.getKey() + "\n\n" + part.getValue().call();
            System.out.println(section);
            results.append(section);
        }
        if (only.isBlank()) {
            write(results.toString());
        }
    }

    private static String machine() throws IOException {
        String processor = Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", ""))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%s: %d cores of %s, %s %s, Java %s with `%s`, Redis on the same machine; medians of %d rounds.\n"
                .formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.name"),
                        System.getProperty("os.version").replaceFirst("-.*", ""),
                        System.getProperty("java.version"),
                        String.join(" ", ServerProcess.JVM),
                        ROUNDS);
    }

    private static void write(String results) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                DOCUMENT, document.substring(0, begin) + "\n" + results + document.substring(document.indexOf(END)));
    }

    // ---- shared by several parts

    /** A Qiscus without cost but its latency: it acts on the thread that reads. */
    static FakeQiscus qiscus(int agents) {
        FakeQiscus qiscus = new FakeQiscus(Runnable::run).start();
        qiscus.hasAgents(agents(0, agents));
        return qiscus;
    }

    static String[] agents(int from, int to) {
        return IntStream.range(from, to).mapToObj(Benchmarks::agent).toArray(String[]::new);
    }

    static String agent(int number) {
        return Integer.toString(5000 + number);
    }

    static String newSession(String roomId) {
        return newSession(roomId, "qiscus");
    }

    static String newSession(String roomId, String channel) {
        return """
                {"app_id":"app-code","source":"%s","name":"Customer %s","email":"c@example.com","is_new_session":true,\
                "is_resolved":false,"latest_service":null,"room_id":"%s","candidate_agent":null}""".formatted(channel, roomId, roomId);
    }

    static void resolve(ServerProcess program, FakeQiscus qiscus, String roomId) {
        qiscus.resolves(roomId);
        program.post("/resolve", """
                {"customer":{"name":"Customer"},"resolved_by":{"id":1,"type":"admin"},"service":{"room_id":"%s",\
                "is_resolved":true,"source":"qiscus"}}""".formatted(roomId));
    }

    static double redisCpuSeconds(RealRedis redis) {
        return redis.client()
                .info("cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
