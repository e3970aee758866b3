package support;

import app.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import settings.Settings;

/**
 * The whole program, as {@code main} starts it, with its Redis and its Qiscus, which are empty before each test. A
 * static field is shared by all tests of its class.
 */
public class RunningApplication implements BeforeAllCallback, BeforeEachCallback, AutoCloseable {
    static {
        // How long a busy machine takes is not what is tested.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final RealRedis redis;
    private final FakeQiscus qiscus;
    private final Map<String, String> settings = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<RunningApplication> others = new ArrayList<>();
    private boolean startedByTest;
    private Application application;
    private int port;

    public RunningApplication() {
        this(RealRedis.REDIS);
    }

    public RunningApplication(RealRedis redis) {
        this(redis, new FakeQiscus());
    }

    private RunningApplication(RealRedis redis, FakeQiscus qiscus) {
        this.redis = redis;
        this.qiscus = qiscus;
        // Short, so that tests need not wait, but related to each other like the defaults.
        settings.putAll(
                Map.of("DISPATCH_PERIOD", "200ms", "SETTLE_TIME", "1s", "QISCUS_TIMEOUT", "1s", "CLAIM_LEASE", "3s"));
        // For people who read the output of the tests.
        settings.put("LOG_FORMAT", "text");
    }

    /** The settings contain its address; the test starts the program. */
    public static RunningApplication onAnotherRedis() {
        return new RunningApplication((RealRedis) null).startedByTest();
    }

    /** A second program with the same Redis and the same Qiscus; the test starts it. */
    public RunningApplication another() {
        RunningApplication other = new RunningApplication(redis, qiscus);
        others.add(other);
        return other;
    }

    /** Before a test only Redis and Qiscus are started. */
    public RunningApplication startedByTest() {
        startedByTest = true;
        return this;
    }

    public RealRedis redis() {
        return redis;
    }

    public FakeQiscus qiscus() {
        return qiscus;
    }

    public RunningApplication with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        beforeEach(context);
    }

    /** After the test, or after the last one of the class, closes everything that this started, the program first. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (redis != null) {
            redis.beforeEach(context);
        }
        qiscus.beforeEach(context);
        Store store = context.getStore(Namespace.create(this));
        if (store.get(this) == null) {
            store.put(this, this);
            if (!startedByTest) {
                start();
            }
        }
    }

    public void start() throws Exception {
        port = RealRedis.freePort();
        startAgain();
    }

    /** On the same port. */
    public void startAgain() throws Exception {
        Map<String, String> given = environment();
        given.put("PORT", Integer.toString(port));
        application = new Application(new Settings(given));
        application.start();
    }

    /** Its settings without the port, also for another process. */
    public Map<String, String> environment() {
        Map<String, String> given = between(redis, qiscus);
        given.putAll(settings);
        return given;
    }

    /** The settings of a program with this Qiscus. @param redis null: its settings are not given */
    public static Map<String, String> between(RealRedis redis, FakeQiscus qiscus) {
        Map<String, String> given = new HashMap<>(Map.of(
                "QISCUS_BASE_URL",
                qiscus.url(),
                "QISCUS_APP_ID",
                FakeQiscus.APP_ID,
                "QISCUS_SECRET_KEY",
                FakeQiscus.SECRET,
                "WEBHOOK_SECRET",
                "none"));
        if (redis != null) {
            given.put("REDIS_HOST", "127.0.0.1");
            given.put("REDIS_PORT", Integer.toString(redis.port()));
        }
        return given;
    }

    public void stop() {
        application.stop();
    }

    @Override
    public void close() {
        others.forEach(RunningApplication::close);
        if (application != null) {
            stop();
        }
    }

    /** As if another route of the program did it. */
    public void send(String endpoint, Object body) {
        application
                .camel()
                .createFluentProducerTemplate()
                .to(endpoint)
                .withBody(body)
                .request();
    }

    public int port() {
        return port;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public CompletableFuture<HttpResponse<String>> postAsync(String path, String json) {
        return http.sendAsync(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** A customer without an agent writes: Qiscus calls. */
    public HttpResponse<String> customerWrites(String roomId) throws IOException, InterruptedException {
        return post("/webhook", newSession(roomId, "qiscus"));
    }

    public HttpResponse<String> customerWrites(String roomId, String source) throws IOException, InterruptedException {
        return post("/webhook", newSession(roomId, source));
    }

    public static String newSession(String roomId, String source) {
        return """
                {"app_id":"app-code","source":"%s","name":"Customer %s","email":"c@example.com","is_new_session":true,\
                "is_resolved":false,"latest_service":null,"room_id":"%s","candidate_agent":null}""".formatted(source, roomId, roomId);
    }

    public static String resolve(String roomId, long serviceId) {
        return """
                {"customer":{"name":"Customer %s"},"resolved_by":{"id":1,"type":"admin","email":"admin@example.com"},\
                "service":{"id":%d,"room_id":"%s","is_resolved":true,"notes":null,"source":"qiscus"}}""".formatted(roomId, serviceId, roomId);
    }
}
