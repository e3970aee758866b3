package faults;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import support.Cable;
import support.FakeQiscus;
import support.PackagedJar;
import support.RealRedis;
import support.RunningApplication;
import support.Signals;

/** The packaged program as a process of its own. */
class Instance implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final int port = RealRedis.freePort();
    private final Map<String, String> settings;
    private final Path directory;
    private Process process;
    private Process frozen;
    private long frozenSince;
    private Duration wasFrozenFor;

    Instance(String name, Map<String, String> settings, Path directory) {
        this.name = name;
        this.settings = settings;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Like the other one, but its connection to Redis goes over this wire; it is ready. */
    static Instance behind(Cable wire, RunningApplication other, Path directory) {
        Map<String, String> settings = other.environment();
        settings.put("REDIS_PORT", Integer.toString(wire.port()));
        Instance instance = new Instance("victim-" + wire.port(), settings, directory);
        instance.start();
        instance.awaitReady();
        return instance;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(PackagedJar.command(List.of("-Xmx192m")))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(name + ".log").toFile()));
        // Without the settings of the caller's environment.
        builder.environment().keySet().removeIf(key -> key.startsWith("QISCUS_") || key.startsWith("REDIS_"));
        builder.environment().put("WEBHOOK_SECRET", "none");
        builder.environment().putAll(settings);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("QISCUS_APP_ID", FakeQiscus.APP_ID);
        try {
            Files.createDirectories(directory);
            process = builder.start();
            wasFrozenFor = Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Awaitility.await(name + " to serve")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> get("/parked").statusCode() == 200);
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** kill -9 */
    void kill() {
        Process present;
        synchronized (this) {
            present = process;
        }
        if (present != null) {
            present.destroyForcibly();
            present.onExit().join();
        }
    }

    /** SIGSTOP: it keeps its connections and does nothing, as on a machine that is being migrated. */
    synchronized void freeze() {
        Signals.send(process, "STOP");
        frozen = process;
        frozenSince = System.nanoTime();
    }

    /** SIGCONT */
    synchronized void thaw() {
        if (isFrozen()) {
            Signals.send(process, "CONT");
            wasFrozenFor = wasFrozenFor.plusNanos(System.nanoTime() - frozenSince);
        }
        frozen = null;
    }

    synchronized boolean isFrozen() {
        return isAlive() && frozen == process;
    }

    /** @param holder the value of the key {@code decider} in Redis; null: no instance decides */
    synchronized boolean isDecider(String holder) {
        return isAlive() && holder != null && holder.startsWith(process.pid() + "@");
    }

    /** SIGTERM. @return how long it took to exit, at most {@code patience}, without the time in which it was frozen */
    Duration terminate(Duration patience) {
        Process present;
        synchronized (this) {
            present = process;
            wasFrozenFor = Duration.ZERO;
        }
        long begin = System.nanoTime();
        present.destroy();
        try {
            present.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        kill();
        synchronized (this) {
            return took.minus(wasFrozenFor);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> post(String path, String json) {
        return send("POST", path, json);
    }

    CompletableFuture<HttpResponse<String>> send(String method, String path, String json) {
        return HTTP.sendAsync(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        kill();
    }
}
