package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeAccount;
import support.FakeQiscus;
import support.LogLines;
import support.RunningApplication;
import support.Scrape;

/** Which of the rooms that wait in Qiscus without a webhook are admitted. */
class SweepTest {
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app =
            new RunningApplication().with("RECONCILE_PERIOD", "300ms").startedByTest();

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void roomsOfHalfAYearAgoAreIgnoredReportedOnceAndCounted() throws Exception {
        qiscus.hasAgents("11");
        for (int i = 100; i < 140; i++) {
            qiscus.missesTheWebhookOf(Integer.toString(i), Instant.now().minus(HALF_A_YEAR));
        }
        qiscus.missesTheWebhookOf("1", Instant.now().minusSeconds(60));
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
        await().until(() -> qiscus.calls("customer_rooms").size() > 5);

        assertThat(qiscus.assignedRooms()).containsExactly("1");
        assertThat(REDIS.client().hkeys("session")).isEmpty();
        assertThat(log.all())
                .containsOnlyOnce("INFO 40 rooms wait in Qiscus whose customer last wrote more than 24h ago"
                        + " (SWEEP_MAX_AGE): left alone");
        assertThat(ignoredRooms("old")).isEqualTo(40);
        assertThat(ignoredRooms("bot")).isZero();
    }

    @Test
    void fiftyWaitingCustomersAtTheFirstStartAreOneWarning() throws Exception {
        for (int i = 100; i < 150; i++) {
            qiscus.missesTheWebhookOf(Integer.toString(i), Instant.now().minusSeconds(60));
        }
        app.start();
        await().until(() -> REDIS.client().zcard("waiting") == 50);
        await().until(() -> log.all().stream().anyMatch(line -> line.contains("no webhook told us")));

        assertThat(log.all())
                .filteredOn(line -> line.startsWith("WARN") && line.contains("webhook"))
                .containsExactly("WARN 50 customers wait in Qiscus, but no webhook told us");
        assertThat(log.all()).filteredOn(line -> line.startsWith("WARN")).hasSizeLessThan(5);
    }

    @Test
    void oneCustomerWithoutAWebhookIsNamed() throws Exception {
        qiscus.missesTheWebhookOf("1", Instant.now().minusSeconds(60));
        app.start();
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        await().untilAsserted(() -> assertThat(log.all())
                .filteredOn(line -> line.contains("no webhook told us"))
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains("(room 1) waits in Qiscus, but no webhook told us"));
    }

    @Test
    void anOldRoomWhoseCustomerWritesIsServedByTheWebhook() throws Exception {
        qiscus.hasAgents("11");
        qiscus.missesTheWebhookOf("1", Instant.now().minus(HALF_A_YEAR));
        app.start();
        await().until(() -> qiscus.calls("customer_rooms").size() > 1);

        app.customerWrites("1");

        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void aRoomThatWaitsHereIsNeverIgnoredForItsAge() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.start();
        app.customerWrites("1");
        await().until(() -> REDIS.client().zcard("waiting") == 1);
        qiscus.missesTheWebhookOf("1", Instant.now().minus(HALF_A_YEAR));
        int before = qiscus.calls("customer_rooms").size();
        await().until(() -> qiscus.calls("customer_rooms").size() > before + 2);

        assertThat(ignoredRooms("old")).isZero();
        qiscus.setAvailable("11", true);
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void withoutALimitAllCustomersAreServed() throws Exception {
        qiscus.hasAgents("11");
        qiscus.missesTheWebhookOf("1", Instant.now().minus(HALF_A_YEAR));
        app.with("SWEEP_MAX_AGE", "off");
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void whileTheBotIsOnItsRoomsAreAdmittedByWebhooksOnly() throws Exception {
        aBotsRoom();
        qiscus.account().botIs(true);
        app.with("BOT_ROOMS", "wait");
        app.start();
        await().until(() -> qiscus.calls("customer_rooms").size() > 3);
        assertThat(qiscus.assignments()).isEmpty();
        assertThat(ignoredRooms("bot")).isEqualTo(1);
        assertThat(log.all())
                .containsOnlyOnce("INFO The app's bot is on: rooms that it handles are taken from webhooks only");

        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void ifTheProfileDoesNotShowTheBotOneLoginDoes() throws Exception {
        aBotsRoom();
        qiscus.account().botIs(true);
        qiscus.account().tellsOfItsBotAtLoginOnly();
        app.with("BOT_ROOMS", "wait")
                .with("QISCUS_EMAIL", FakeAccount.EMAIL)
                .with("QISCUS_PASSWORD", FakeAccount.PASSWORD);
        app.start();
        await().until(() -> qiscus.calls("customer_rooms").size() > 3);

        assertThat(qiscus.assignments()).isEmpty();
        assertThat(qiscus.account().logins()).isEqualTo(1);
    }

    @Test
    void aRefusedLoginDoesNotStopAssignments() throws Exception {
        aBotsRoom();
        qiscus.account().tellsOfItsBotAtLoginOnly();
        app.with("BOT_ROOMS", "wait").with("QISCUS_EMAIL", FakeAccount.EMAIL).with("QISCUS_PASSWORD", "wrong");
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
        assertThat(app.get("/observe/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void whileTheBotIsOffItsMarkMeansNothing() throws Exception {
        aBotsRoom();
        qiscus.account().botIs(false);
        app.with("BOT_ROOMS", "wait");
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void ifTheBotIsUnknownAllAreServedAndThatIsReportedOnce() throws Exception {
        aBotsRoom();
        app.with("BOT_ROOMS", "wait");
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
        await().until(() -> qiscus.calls("customer_rooms").size() > 3);

        assertThat(log.all())
                .filteredOn(line -> line.contains("BOT_ROOMS=wait has no effect"))
                .hasSize(1);
    }

    @Test
    void byDefaultTheBotsRoomsAreServed() throws Exception {
        aBotsRoom();
        qiscus.account().botIs(true);
        app.start();
        await().until(() -> qiscus.agentOf("1") != null);
    }

    private void aBotsRoom() {
        qiscus.hasAgents("11");
        qiscus.missesTheWebhookOf("1", Instant.now().minusSeconds(60));
        qiscus.isHandledByBot("1");
    }

    private double ignoredRooms(String reason) throws IOException, InterruptedException {
        return new Scrape(app.get("/observe/metrics").body()).value("assignment_left_alone_rooms", "reason=" + reason);
    }
}
