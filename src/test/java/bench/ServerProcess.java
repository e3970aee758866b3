package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import support.FakeQiscus;
import support.RealRedis;
import support.RunningApplication;

/** A JVM under measurement: the packaged program, or a floor. Its log goes to {@code target/bench}. */
class ServerProcess implements AutoCloseable {
    /** The options that the program is meant to run with; {@code -Dbench.jvm=..} tries others. */
    static final List<String> JVM = List.of(System.getProperty("bench.jvm", "-XX:+UseSerialGC -Xms64m -Xmx256m")
            .strip()
            .split(" +"));

    /** Otherwise the knowledge of {@link #cpuOfCompiler} about a thread would be lost when it ends. */
    static final String ALL_COMPILERS_STAY = "-XX:-UseDynamicNumberOfCompilerThreads";

    static final Path JAR = Path.of("target", "qiscus-agent-assignment.jar").toAbsolutePath();
    static final Path WORK = Path.of("target", "bench").toAbsolutePath();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;
    private final Duration startTime;

    private ServerProcess(String name, List<String> what, Map<String, String> environment, int port, String readyPath) {
        this.port = port;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(what);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        try {
            Files.createDirectories(WORK);
            long begin = System.nanoTime();
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Awaitility.await(name + " to serve")
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> get(readyPath).statusCode() == 200);
            startTime = Duration.ofNanos(System.nanoTime() - begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The packaged program with this Qiscus and this Redis.
     *
     * @param jvm options in addition to {@link #JVM}
     */
    static ServerProcess program(
            String name, RealRedis redis, FakeQiscus qiscus, Map<String, String> settings, String... jvm) {
        return program(JAR, name, redis, qiscus, settings, jvm);
    }

    /** @param jar of this version or of an earlier one */
    static ServerProcess program(
            Path jar, String name, RealRedis redis, FakeQiscus qiscus, Map<String, String> settings, String... jvm) {
        Map<String, String> environment = RunningApplication.between(redis, qiscus);
        environment.putAll(settings);
        List<String> what = new ArrayList<>(List.of(jvm));
        what.addAll(List.of("-jar", jar.toString()));
        return new ServerProcess(name, what, environment, RealRedis.freePort(), "/config");
    }

    /** A main class of this package that serves POST /webhook and GET /config, and nothing else. */
    static ServerProcess floor(Class<?> main, RealRedis redis) {
        return new ServerProcess(
                main.getSimpleName(),
                List.of("-cp", System.getProperty("java.class.path"), main.getName()),
                Map.of("REDIS_PORT", Integer.toString(redis.port())),
                RealRedis.freePort(),
                "/config");
    }

    /** The class archive of {@link #JAR}, made as an operator makes it. */
    static Path archive() throws IOException {
        try {
            new ProcessBuilder("sh", "deploy/archive-classes.sh", JAR.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return JAR.resolveSibling("start.jsa").toRealPath();
    }

    int port() {
        return port;
    }

    /** From the start of the JVM to the first answer. */
    Duration startTime() {
        return startTime;
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** The part of {@link #cpu} that the compiler threads took; Linux only. */
    Duration cpuOfCompiler() {
        try (var threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            // After the name in brackets: the state, ten other fields, then user and system time in hundredths of a
            // second.
            return Duration.ofMillis(threads.map(thread -> read(thread.resolve("stat")))
                    .filter(stat -> stat.contains("CompilerThre"))
                    .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                    .mapToLong(fields -> 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])))
                    .sum());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if the thread has just ended. */
    private static String read(Path stat) {
        try {
            return Files.readString(stat);
        } catch (IOException ended) {
            return "";
        }
    }

    /** Resident memory in MiB; Linux only. */
    long rss() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    /** @throws IllegalStateException unless it is answered 200 */
    void post(String path, String json) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(uri(path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Like kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
