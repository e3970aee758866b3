package observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;
import support.Scrape;

/** Probes learn whether the program is live and ready, and operators learn why not. */
class HealthTest {
    /** Longer than a probe may take, and shorter than it would wait for a hanging system. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final RealRedis REDIS = RealRedis.ofItsOwn();

    @RegisterExtension
    final RunningApplication app = new RunningApplication(REDIS);

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aHealthyProgramIsReadyWithoutCustomers() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "Qiscus accepted our credentials at"));

        isUp("/observe/health", "Redis answers.");
        isUp("/observe/health/live", "context");
        assertThat(app.get("/observe/health/live").body()).doesNotContain("Redis", "Qiscus");
        assertThat(qiscus.calls("get_profile")).hasSize(1);
    }

    @Test
    void everyAcceptedTypeGetsAnAnswer() throws Exception {
        for (String accepted :
                List.of("*/*", "text/plain", "text/html", "application/openmetrics-text; version=1.0.0", "a/b;q=0.1")) {
            for (String path :
                    List.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics")) {
                assertThat(app.send(app.request(path).header("Accept", accepted))
                                .statusCode())
                        .as(path + " as " + accepted)
                        .isNotEqualTo(406);
            }
        }
    }

    @Test
    void reasonsAreForOperatorsOnly() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "accepted"));

        for (String probe : List.of("ready", "live", "ready?exposureLevel=full&data=true&stackTrace=true")) {
            HttpResponse<String> answer = app.send(app.request("/observe/health/" + probe)
                    .header("X-Forwarded-For", "203.0.113.9")
                    .GET());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void withoutRedisTheProgramIsLiveButNotReady() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "Redis answers."));

        REDIS.kill();

        await().untilAsserted(() -> isDown("/observe/health/ready", "Redis cannot be used since"));
        isDown("/observe/health", "Redis cannot be used since");
        isUp("/observe/health/live", "context");
        assertThat(app.get("/observe/metrics").body())
                .contains("assignment_redis_up 0.0")
                .doesNotContain("assignment_oldest_wait_seconds");

        REDIS.start();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> isUp("/observe/health/ready", "Redis answers."));
    }

    @Test
    void aProbeIsAnsweredWhileRedisHangs() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "Redis answers."));

        REDIS.freeze();

        try {
            await().untilAsserted(() -> isDown("/observe/health/ready", "Redis"));
            isUp("/observe/health/live", "context");
            assertThat(patiently("/observe/metrics").body()).contains("assignment_redis_up 0.0");
        } finally {
            REDIS.thaw();
        }
    }

    @Test
    void refusedCredentialsAreReportedButWebhooksAreAccepted() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "accepted"));
        qiscus.answersAll(Fault.answering(401, "{\"errors\":\"Unauthorized\"}"));

        assertThat(app.customerWrites("1").statusCode()).isEqualTo(200);

        await().untilAsserted(
                        () -> isUp("/observe/health/ready", "Qiscus refuses our credentials with 401 since", "check"));
        isUp("/observe/health", "refuses our credentials");
        assertThat(app.get("/observe/metrics").body()).contains("assignment_qiscus_credentials_accepted 0.0");
        assertThat(app.get("/wallboard/state").body()).contains("Qiscus refuses our credentials");

        qiscus.isWell();

        await().untilAsserted(() -> isUp("/observe/health/ready", "accepted"));
    }

    @Test
    void theProgramStaysReadyWhileQiscusRefusesOneRoom() throws Exception {
        qiscus.hasAgents("11");
        await().untilAsserted(() -> isUp("/observe/health/ready", "accepted"));
        qiscus.answersTo(
                call -> "7".equals(call.parameters().get("room_id")), Fault.answering(403, "{\"errors\":\"no\"}"));

        app.customerWrites("7");
        app.customerWrites("8");

        await().until(() -> "11".equals(qiscus.agentOf("8")));
        await().until(() ->
                app.get("/wallboard/state").body().contains("Qiscus refuses 1 customer while it serves others"));
        isUp("/observe/health/ready", "accepted");
        Scrape scrape = new Scrape(app.get("/observe/metrics").body());
        assertThat(scrape.value("assignment_loop_backs_total", "reason=qiscus_refused"))
                .isPositive();
        assertThat(scrape.value("assignment_qiscus_credentials_accepted")).isEqualTo(1);
    }

    @Test
    void anAbsentQiscusIsReportedButWebhooksAreAccepted() throws Exception {
        await().untilAsserted(() -> isUp("/observe/health/ready", "accepted"));
        qiscus.goAway();

        app.customerWrites("1");

        await().untilAsserted(() -> isUp("/observe/health/ready", "Qiscus does not answer since"));
        assertThat(app.customerWrites("2").statusCode()).isEqualTo(200);
    }

    @Test
    void anInstanceWithoutWorkersDoesNotCallQiscus() throws Exception {
        RunningApplication webhooksOnly = app.another().with("ASSIGN_ENABLED", "false");
        webhooksOnly.start();
        await().untilAsserted(() -> assertThat(
                        webhooksOnly.get("/observe/health/ready").body())
                .contains("\"UP\"", "needs no credentials"));
        assertThat(webhooksOnly.get("/observe/metrics").body()).contains("assignment_qiscus_credentials_accepted NaN");
        // At most the call of the other instance.
        assertThat(qiscus.calls("get_profile")).hasSizeLessThanOrEqualTo(1);
    }

    private void isUp(String path, String... words) throws IOException, InterruptedException {
        HttpResponse<String> answer = patiently(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"status\":\"UP\"").contains(words);
    }

    private void isDown(String path, String... words) throws IOException, InterruptedException {
        HttpResponse<String> answer = patiently(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("{\"status\":\"DOWN\"").contains(words);
    }

    private HttpResponse<String> patiently(String path) throws IOException, InterruptedException {
        return app.send(app.request(path).timeout(PATIENCE).GET());
    }
}
