package routes;

import static java.util.stream.Collectors.toSet;
import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RunningApplication;

/** The promises of the program, from the customer's first message to the resolve. */
class WholeFlowTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aWaitingCustomerGetsTheOnlyAgent() throws Exception {
        qiscus.hasAgents("11");

        app.customerWrites("100");

        await().until(() -> "11".equals(qiscus.agentOf("100")));
        await().until(() -> REDIS.client().zcard("claimed") == 0);
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
        assertThat(REDIS.client().hget("assigned", "100")).contains("\"agent_id\":\"11\"");
        assertThat(REDIS.client().hexists("session", "100")).isFalse();
        assertThat(qiscus.calls("assign_agent")).singleElement().satisfies(call -> assertThat(call.parameters())
                .containsEntry("max_agent", "1")
                .doesNotContainKey("replace_latest_agent"));
    }

    @Test
    void twentyChatsAtOnceOnTwoAgentsGiveExactlyFourAssignments() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.showsCountsAfter(Duration.ofSeconds(30));

        writeAllAtOnce(rangeClosed(1, 20).mapToObj(i -> "2" + i).toList());

        await().until(() -> qiscus.assignments().size() == 4);
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.assignments().size() == 4);
        assertThat(qiscus.mostCustomersOf("11")).isEqualTo(2);
        assertThat(qiscus.mostCustomersOf("12")).isEqualTo(2);
        await().until(() -> REDIS.client().zcard("waiting") == 16);
    }

    @Test
    void eachWebhookDeliveredThreeTimesGivesOneAssignment() throws Exception {
        qiscus.hasAgents("11", "12", "13");

        writeAllAtOnce(List.of("301", "302", "303", "301", "302", "303", "301", "302", "303"));

        await().until(() -> qiscus.assignments().size() == 3);
        await().during(Duration.ofMillis(500))
                .until(() -> qiscus.calls("assign_agent").size() == 3);
        assertThat(Set.copyOf(qiscus.assignedRooms())).containsExactlyInAnyOrder("301", "302", "303");
    }

    @Test
    void anAdminsResolveFreesTheAgentWhoHeldTheRoom() throws Exception {
        qiscus.hasAgents("11", "12");
        app.customerWrites("401");
        await().until(() -> qiscus.agentOf("401") != null);
        app.customerWrites("402");
        await().until(() -> qiscus.agentOf("402") != null);
        String holder = qiscus.agentOf("401");
        String other = qiscus.agentOf("402");

        qiscus.resolves("401");
        HttpResponse<String> answer = app.post("/resolve", RunningApplication.resolve("401", 1));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(REDIS.client().hget("agent_customer_count", holder)).isEqualTo("0");
        assertThat(REDIS.client().hget("agent_customer_count", other)).isEqualTo("1");
    }

    @Test
    void aFreedSlotGoesToTheOldestBeforeQiscusShowsTheNewCount() throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsCountsAfter(Duration.ofSeconds(30));
        fill("501", "502");
        app.customerWrites("503");
        app.customerWrites("504");
        await().until(() -> REDIS.client().zcard("waiting") == 2);

        qiscus.resolves("501");
        app.post("/resolve", RunningApplication.resolve("501", 1));

        await().atMost(Duration.ofMillis(500)).until(() -> "11".equals(qiscus.agentOf("503")));
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.agentOf("504") == null);
        assertThat(qiscus.mostCustomersOf("11")).isEqualTo(2);
    }

    @Test
    void aReturningCustomerIsServedAgain() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("601");
        await().until(() -> qiscus.agentOf("601") != null);
        qiscus.resolves("601");
        app.post("/resolve", RunningApplication.resolve("601", 1));

        qiscus.opensAgain("601");
        app.customerWrites("601");

        await().until(() -> qiscus.assignments().size() == 2);
        assertThat(qiscus.assignedRooms()).containsExactly("601", "601");
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aReturningCustomerWhoseResolveWasLostIsServedAgain() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("651");
        await().until(() -> qiscus.agentOf("651") != null);

        qiscus.resolves("651");
        qiscus.opensAgain("651");

        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            app.customerWrites("651");
            return qiscus.assignments().size() == 2;
        });
        await().until(() -> REDIS.client().zcard("claimed") == 0);
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void roomsAreAssignedInOrderAcrossChannels() throws Exception {
        qiscus.hasAgents("11");
        fill("700", "701");
        List<String> line = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            line.add("71" + i);
            app.customerWrites("71" + i, i % 3 == 0 ? "wa" : i % 3 == 1 ? "qiscus" : "telegram");
        }
        String leaving = "700";

        for (int i = 0; i < line.size(); i++) {
            int expected = 3 + i;
            qiscus.resolves(leaving);
            app.post("/resolve", RunningApplication.resolve(leaving, i));
            await().until(() -> qiscus.assignments().size() == expected);
            leaving = qiscus.assignedRooms().get(i + 1);
        }

        assertThat(qiscus.assignedRooms().subList(2, 12)).isEqualTo(line);
    }

    @Test
    void aChannelWhoseAgentsAreFullDoesNotHoldUpAnother() throws Exception {
        qiscus.hasAgents("11", "12");
        for (String room : List.of("801", "802", "803", "804")) {
            qiscus.listsForRoom(room, "11");
            app.customerWrites(room, "wa");
        }
        await().until(() -> qiscus.customersOf("11") == 2 && REDIS.line("wa").size() == 2);

        qiscus.listsForRoom("805", "12");
        app.customerWrites("805", "telegram");

        await().until(() -> "12".equals(qiscus.agentOf("805")));
        assertThat(REDIS.line("wa")).containsExactly("803", "804");
    }

    @Test
    void whileAllAgentsAreFullQiscusIsAskedOncePerPeriod() throws Exception {
        qiscus.hasAgents("11");
        fill("900", "901");
        writeAllAtOnce(rangeClosed(1, 50).mapToObj(i -> "91" + i).toList());
        await().until(() -> REDIS.client().zcard("waiting") == 50);
        int before = qiscus.calls("available_agents").size();
        long begin = System.nanoTime();

        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> qiscus.assignments().size() == 2);

        // One for each period of 200 ms, and a margin for those that began before and after. At least some, or a freed
        // agent would never be noticed; how many a busy machine manages is not promised.
        long periods = (System.nanoTime() - begin) / Duration.ofMillis(200).toNanos();
        assertThat(qiscus.calls("available_agents").size() - before).isBetween(1, (int) periods + 3);
    }

    @Test
    void theLeastBusyAgentIsChosenAmongThoseWhoMayServe() throws Exception {
        qiscus.hasAgents("11", "12", "13", "14", "15", "16");
        qiscus.setForeign("11", 1);
        qiscus.setAvailable("13", false);
        qiscus.setForceOffline("14", true);
        qiscus.setType("15", "supervisor");
        qiscus.setForeign("16", 2);
        qiscus.listsPerPage(2);

        app.customerWrites("1001");
        await().until(() -> qiscus.agentOf("1001") != null);

        assertThat(qiscus.agentOf("1001")).isEqualTo("12");
        assertThat(qiscus.calls("available_agents")).hasSize(3);
    }

    @Test
    void anAgentWhoComesOnlineIsFoundWithinAPeriod() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1101");
        await().until(() ->
                String.valueOf(REDIS.client().hget("session", "1101")).contains("no agent is online"));

        qiscus.setAvailable("11", true);

        await().atMost(Duration.ofSeconds(1)).until(() -> "11".equals(qiscus.agentOf("1101")));
    }

    @Test
    void twoInstancesOnOneRedisNeverExceedTheCapacityTogether() throws Exception {
        qiscus.hasAgents("11", "12", "13");
        qiscus.showsCountsAfter(Duration.ofSeconds(30));
        qiscus.answersAfter(Duration.ofMillis(20));
        RunningApplication second = app.another();
        second.start();
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String json = RunningApplication.newSession("12" + i, i % 2 == 0 ? "wa" : "qiscus");
            calls.add((i % 3 == 0 ? app : second).postAsync("/webhook", json));
            calls.add((i % 3 == 1 ? app : second).postAsync("/webhook", json));
        }
        calls.forEach(CompletableFuture::join);

        await().until(() -> qiscus.assignments().size() == 6);
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.assignments().size() == 6);

        for (String agent : List.of("11", "12", "13")) {
            assertThat(qiscus.mostCustomersOf(agent)).isEqualTo(2);
            assertThat(REDIS.client().hget("agent_customer_count", agent)).isEqualTo("2");
        }
        assertThat(qiscus.assignedRooms()).doesNotHaveDuplicates();
    }

    @Test
    void theSimulatorIsNotThereWhenQiscusIsReal() throws Exception {
        assertThat(app.get("/simulator").statusCode()).isEqualTo(404);
        assertThat(app.get("/simulator/api/v2/admin/service/available_agents?room_id=1")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void webhookAssignmentAndResolveMayRunApart() throws Exception {
        qiscus.hasAgents("11");
        app.stop();
        RunningApplication webhook =
                app.another().with("ASSIGN_ENABLED", "false").with("RESOLVE_ENABLED", "false");
        RunningApplication worker = app.another()
                .with("WEBHOOK_ENABLED", "false")
                .with("RESOLVE_ENABLED", "false")
                .with("DISPATCH_PERIOD", "10m");
        RunningApplication resolve =
                app.another().with("WEBHOOK_ENABLED", "false").with("ASSIGN_ENABLED", "false");
        webhook.start();
        worker.start();
        resolve.start();
        assertThat(worker.customerWrites("1301").statusCode()).isEqualTo(404);
        assertThat(webhook.post("/resolve", RunningApplication.resolve("1301", 1))
                        .statusCode())
                .isEqualTo(404);

        // The period is long, so only the wake-up over Redis can reach the worker.
        for (String room : List.of("1301", "1302", "1303")) {
            assertThat(webhook.customerWrites(room).statusCode()).isEqualTo(200);
        }
        await().until(() -> qiscus.assignments().size() == 2);
        qiscus.resolves("1301");
        resolve.post("/resolve", RunningApplication.resolve("1301", 1));

        await().until(() -> "11".equals(qiscus.agentOf("1303")));
    }

    private void fill(String... rooms) throws Exception {
        for (String room : rooms) {
            int before = qiscus.assignments().size();
            app.customerWrites(room);
            await().until(() -> qiscus.assignments().size() == before + 1);
        }
    }

    private void writeAllAtOnce(List<String> rooms) {
        List<CompletableFuture<HttpResponse<String>>> calls = rooms.stream()
                .map(room -> app.postAsync("/webhook", RunningApplication.newSession(room, "qiscus")))
                .toList();
        assertThat(calls.stream()
                        .map(CompletableFuture::join)
                        .map(HttpResponse::statusCode)
                        .collect(toSet()))
                .containsExactly(200);
    }
}
