package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** A room that Qiscus shows as waiting may have its agent: the list of agents in the room tells. */
class WhoIsInRoomTest {
    private static final Duration SETTLED = Duration.ofMillis(1500);

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("RECONCILE_PERIOD", "500ms");

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void noSlotIsFreedBecauseTheAgentHasNotAnsweredYet() throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        qiscus.missesTheWebhookOf("2", Instant.now().minusSeconds(60));
        app.customerWrites("1");
        await().until(() -> qiscus.assignments().size() == 2 && REDIS.client().zcard("claimed") == 0);

        await().during(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(6))
                .until(() -> app.customerWrites("1").statusCode() == 200 && keepsItsSlots());
        int looks = looksInto("1");
        await().until(() -> looksInto("1") > looks + 2);
        assertThat(keepsItsSlots()).isTrue();
        assertThat(events()).doesNotContain("stale", "parked", "set_back");
    }

    private static boolean keepsItsSlots() {
        return "2".equals(REDIS.client().hget("agent_customer_count", "11"))
                && REDIS.client().hlen("assigned") == 2
                && REDIS.client().exists("session", "parked") == 0;
    }

    @Test
    void anUnansweredAssignCallThatTookEffectIsBelievedAtOnce() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        qiscus.nextTo("assign_agent", Fault.silent().afterTakingEffect());

        app.customerWrites("1");

        await().until(() -> REDIS.isAssigned("1"));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        assertThat(events()).doesNotContain("set_back", "parked", "dropped");
    }

    @Test
    void aRefusalForARoomThatOurAgentAlreadyHasIsASuccess() throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        qiscus.takenOver("1", "11");

        app.customerWrites("1");

        await().until(() -> REDIS.isAssigned("1"));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        assertThat(events()).doesNotContain("set_back", "parked", "dropped");
    }

    @Test
    void aRoomWithAnotherAgentNeedsNoAgent() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        qiscus.showsRoomsAsWaitingUntilAnswered();
        qiscus.takenOver("1", "12");

        app.customerWrites("1");

        await().until(() -> events().contains("dropped"));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("0");
        assertThat(REDIS.client().exists("session", "assigned", "parked")).isZero();
    }

    @Test
    void aTransferredChatCountsForTheColleagueEvenIfTheCountsShowNothing() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.showsCountsAfter(Duration.ofHours(1));
        qiscus.setAvailable("12", false);
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));

        qiscus.handedOver("1", "12");

        await().until(() -> "1".equals(REDIS.client().hget("agent_customer_count", "12")));
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("0");
        assertThat(REDIS.client().hget("assigned", "1")).contains("\"agent_id\":\"12\"");
        assertThat(events()).contains("handed_over").doesNotContain("stale");
    }

    @Test
    void ifQiscusListsTheAgentsInARoomItsCountsProveNothing() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));

        // As if the chat had been transferred.
        qiscus.setForeign("11", -1);
        qiscus.setForeign("12", 1);

        await().during(SETTLED.multipliedBy(2)).atMost(Duration.ofSeconds(6)).until(() -> "1"
                .equals(REDIS.client().hget("agent_customer_count", "11")));
        assertThat(events()).doesNotContain("handed_over");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void ifQiscusDoesNotListTheAgentsInARoomTheCountsDecide(int status) throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        qiscus.answersTo(FakeQiscus::asksWhoIsInRoom, Fault.answering(status, "{\"errors\":\"No\"}"));
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));

        qiscus.handedOver("1", "12");

        await().until(() -> "1".equals(REDIS.client().hget("agent_customer_count", "12")));
        assertThat(events()).contains("handed_over");
    }

    @Test
    void ifQiscusListsTheAvailableAgentsInsteadTheRoomDecides() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.ignoresWhoIsInRoom();
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));
        String agent = qiscus.agentOf("1");

        qiscus.loses("1");

        await().until(() -> events().contains("stale"));
        assertThat(REDIS.client().hget("agent_customer_count", agent)).isEqualTo("0");
    }

    @Test
    void nothingIsFreedWhileQiscusCannotBeAsked() throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));
        qiscus.answersTo(FakeQiscus::asksWhoIsInRoom, Fault.answering(503, ""));

        await().during(SETTLED.multipliedBy(2))
                .pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(6))
                .until(() -> app.customerWrites("1").statusCode() == 200
                        && "1".equals(REDIS.client().hget("agent_customer_count", "11")));
        assertThat(events()).doesNotContain("stale", "handed_over");
    }

    @Test
    void aRefusalWaitsUntilQiscusListsTheAgentsInTheRoom() throws Exception {
        qiscus.hasAgents("11");
        qiscus.showsRoomsAsWaitingUntilAnswered();
        qiscus.takenOver("1", "11");
        qiscus.answersTo(FakeQiscus::asksWhoIsInRoom, Fault.answering(503, ""));
        app.customerWrites("1");
        await().until(() -> looksInto("1") > 2);
        assertThat(qiscus.calls("assign_agent")).hasSize(1);

        qiscus.isWell();

        await().until(() -> REDIS.isAssigned("1"));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        assertThat(events()).doesNotContain("set_back", "parked");
    }

    @Test
    void aCustomerWhoseAgentLeftTheRoomIsServedAgainWhenTheyWrite() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> REDIS.isAssigned("1"));
        qiscus.loses("1");

        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            app.customerWrites("1");
            return qiscus.assignments().size() == 2;
        });

        await().until(() -> REDIS.isAssigned("1"));
        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
        assertThat(qiscus.mostCustomersOf("11")).isEqualTo(1);
        assertThat(events()).containsSubsequence("assigned", "stale", "came", "chosen", "assigned");
    }

    private int looksInto(String room) {
        return (int) qiscus.calls("available_agents").stream()
                .filter(FakeQiscus::asksWhoIsInRoom)
                .filter(call -> room.equals(call.parameters().get("room_id")))
                .count();
    }

    private static List<String> events() {
        return REDIS.client().xrange("history", "-", "+").stream()
                .map(entry -> entry.getFields().get("event"))
                .toList();
    }
}
