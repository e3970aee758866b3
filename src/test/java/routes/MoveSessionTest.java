package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import assignment.Unanswered;
import assignment.Unanswered.Reason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;
import support.Scrape;

/** A customer whose agent does not answer gets another one, and no customer is lost or counted twice meanwhile. */
class MoveSessionTest {
    private static final long UNANSWERED_FOR = 604_000;

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("RECONCILE_PERIOD", "2s");

    private final FakeQiscus qiscus = app.qiscus();

    // Moved

    @Test
    void anotherAgentGetsTheChatAndTheHistoryShowsIt() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");

        unanswered("1", "11", Reason.SILENT);

        awaitAgent("1", "12");
        JsonNode moved = await().until(() -> event("1", "moved"), event -> event != null);
        assertThat(moved.path("from").asText()).isEqualTo("11");
        assertThat(moved.path("to").asText()).isEqualTo("12");
        assertThat(moved.path("reason").asText()).isEqualTo("silent");
        assertThat(moved.path("unanswered").asLong()).isBetween(UNANSWERED_FOR, UNANSWERED_FOR + 30_000);
        assertThat(moved.path("text").asText())
                .matches("Customer 1 \\(room 1\\) moved from Agent 11 to Agent 12, unanswered for 10:\\d\\d");
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
        assertThat(metric("assignment_moves_total", "reason=silent")).isEqualTo(1);
        assertThat(metric("assignment_moves_total", "reason=away")).isZero();
    }

    @Test
    void itIsAtItsFirstPlaceAheadOfYoungerCustomers() throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":1}");
        assigned("1", "11");
        app.customerWrites("2");
        await().until(() -> REDIS.client().zcard("waiting") == 1);

        unanswered("1", "11", Reason.AWAY);
        await().until(() -> REDIS.client().zcard("waiting") == 2);
        assertThat(session("1").path("state").asText()).isEqualTo("assigned");
        assertThat(session("1").path("position").asInt()).isEqualTo(1);
        assertThat(session("2").path("position").asInt()).isEqualTo(2);
        qiscus.hasAgents("12");

        // The younger session gets the slot that the move frees.
        awaitAgent("1", "12");
        awaitAgent("2", "11");
        assertThat(qiscus.mostCustomersOf("11")).isEqualTo(1);
        assertThat(qiscus.mostCustomersOf("12")).isEqualTo(1);
    }

    @Test
    void withoutAnotherAgentItStaysAndOthersAreServed() throws Exception {
        assigned("1", "11");

        unanswered("1", "11", Reason.SILENT);
        await().until(() -> event("1", "waits") != null);
        app.customerWrites("2");

        awaitAgent("2", "11");
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
        assertThat(counts()).isEqualTo(Map.of("11", "2"));
        assertThat(event("1", "waits").path("reason").asText()).isEqualTo("every agent online had it before");
        assertThat(qiscus.calls("remove_agent")).isEmpty();
    }

    @Test
    void noAgentGetsItTwiceAndItMovesAtMostMovesTimes() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12", "13", "14", "15");
        List<String> had = new ArrayList<>(List.of("11"));

        for (int i = 0; i < 3; i++) {
            String from = qiscus.agentOf("1");
            unanswered("1", from, Reason.AWAY);
            await().until(() -> !from.equals(qiscus.agentOf("1")) && qiscus.agentOf("1") != null && isSettled("1"));
            had.add(qiscus.agentOf("1"));
        }
        assertThat(had).doesNotHaveDuplicates();
        unanswered("1", had.get(3), Reason.AWAY);

        assertThat(REDIS.client().hexists("session", "1")).isFalse();
        assertThat(qiscus.agentOf("1")).isEqualTo(had.get(3));
    }

    // Not moved

    @Test
    void anAnswerRemovesItFromTheLine() throws Exception {
        assigned("1", "11");
        unanswered("1", "11", Reason.SILENT);
        await().until(() -> REDIS.client().zcard("waiting") == 1);

        app.send("bean:sessionStore?method=answered('1', '11')", null);

        assertThat(REDIS.client().exists("waiting", "session")).isZero();
        assertThat(event("1", "kept").path("reason").asText()).isEqualTo("the agent answered");
        qiscus.hasAgents("12");
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
    }

    @Test
    void anAnswerJustBeforeTheSwapIsNoticed() throws Exception {
        assigned("1", "11");
        qiscus.answers("1");
        qiscus.hasAgents("12");

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> event("1", "kept") != null);
        assertStaysWith11();
    }

    @Test
    void aResolveJustBeforeTheSwapFreesBoth() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.whenCalled("customer_rooms/1", () -> {
            qiscus.resolves("1");
            return true;
        });

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> REDIS.client().exists("assigned", "session", "claimed", "waiting") == 0);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "0"));
        assertThat(qiscus.calls("remove_agent")).isEmpty();
    }

    @Test
    void aResolveInTheMiddleOfTheSwapEndsBoth() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.beforeAnswering("remove_agent", () -> {
            qiscus.resolves("1");
            return ok(() -> app.post("/resolve", RunningApplication.resolve("1", 7)));
        });

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> qiscus.calls("remove_agent").size() == 1
                && REDIS.client().exists("assigned", "session", "claimed", "waiting") == 0);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "0"));
        assertThat(event("1", "resolved").path("agent_id").asText()).isEqualTo("11");
    }

    @Test
    void aRoomThatAnotherAgentTookIsTheirs() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12", "13");
        qiscus.listsForRoom("1", "11", "12");
        qiscus.whenCalled("customer_rooms/1", () -> {
            qiscus.handedOver("1", "13");
            return true;
        });

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> "13".equals(holder("1")));
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "0", "13", "1"));
        assertThat(qiscus.calls("remove_agent")).isEmpty();
    }

    @Test
    void aCustomerWhoWritesInTheMiddleOfTheSwapWaitsOnce() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.beforeAnswering("remove_agent", () -> ok(() -> app.customerWrites("1")));

        unanswered("1", "11", Reason.SILENT);

        awaitAgent("1", "12");
        await().until(() -> isSettled("1"));
        assertThat(events("1")).containsOnlyOnce("came").containsOnlyOnce("moved");
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
    }

    // Qiscus refuses

    @Test
    void anAgentWhoCannotBeRemovedIsReplaced() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.refusesRemovals();

        unanswered("1", "11", Reason.SILENT);

        awaitAgent("1", "12");
        await().until(() -> event("1", "moved") != null);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
        assertThat(qiscus.calls("assign_agent").stream().filter(FakeQiscus::replaces))
                .hasSize(1);
    }

    @Test
    void aRoomThatCannotBeTakenIsParkedOnceAndRetriedByAHuman() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.cannotBeTaken("1", "agent is offline");

        unanswered("1", "11", Reason.AWAY);

        await().until(() -> REDIS.client().hexists("parked", "1"));
        assertThat(app.get("/parked").body())
                .contains("cannot be taken from Agent 11: Qiscus answered 400: agent is offline");
        assertStaysWith11();
        assertThat(qiscus.calls("assign_agent").stream().filter(FakeQiscus::replaces))
                .hasSize(1);
        unanswered("1", "11", Reason.AWAY);
        assertThat(REDIS.client().hexists("session", "1")).isFalse();

        qiscus.hasAgents("11", "12");
        assertThat(app.post("/parked/1/retry", "").statusCode()).isEqualTo(200);
        await().until(() -> REDIS.client().hexists("parked", "1"));
        assertStaysWith11();
        app.post("/resolve", RunningApplication.resolve("1", 7));
        assertThat(REDIS.client().exists("parked", "assigned")).isZero();
    }

    @Test
    void anOfflineAgentWhoIsNotListedInTheRoomIsStillRemoved() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.hidesWhoIsOffline();
        qiscus.setAvailable("11", false);

        unanswered("1", "11", Reason.AWAY);

        awaitAgent("1", "12");
        await().until(() -> "{11=0, 12=1}".equals(counts().toString()));
    }

    @Test
    void anUnansweredRemovalIsChecked() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.nextTo("remove_agent", Fault.silent().afterTakingEffect());

        unanswered("1", "11", Reason.SILENT);

        awaitAgent("1", "12");
        await().until(() -> event("1", "moved") != null);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
        assertThat(event("1", "doubted").path("reason").asText()).startsWith("Qiscus did not answer");
    }

    @Test
    void aRemovalWithoutEffectIsRepeated() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.nextTo("remove_agent", Fault.answering(502, ""));

        unanswered("1", "11", Reason.SILENT);

        awaitAgent("1", "12");
        await().until(() -> "{11=0, 12=1}".equals(counts().toString()));
    }

    @Test
    void aProcessThatDiesBetweenRemovalAndAssignmentLosesNoCustomer() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        // As if its process had died: no living worker has the claim, and its lease ends.
        qiscus.beforeAnswering("remove_agent", () -> {
            String claimed = REDIS.client().hget("session", "1");
            REDIS.client().hset("session", "1", claimed.replaceFirst("\"claim\":\"", "$0of the dead:"));
            return true;
        });

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> qiscus.calls("remove_agent").size() == 1 && qiscus.agentOf("1") == null);
        assertThat(counts()).isEqualTo(Map.of("11", "1", "12", "1"));
        awaitAgent("1", "12");
        await().until(() -> "{11=0, 12=1}".equals(counts().toString()) && isSettled("1"));
    }

    @Test
    void afterARemovalAndARefusedAssignmentTheSessionIsAtItsFirstPlace() throws Exception {
        assigned("1", "11");
        String came = event("1", "came").path("first_asked").asText();
        qiscus.hasAgents("12");
        qiscus.answersTo(call -> call.path().endsWith("/assign_agent"), Fault.answering(400, "{\"errors\":\"no\"}"));

        unanswered("1", "11", Reason.SILENT);

        await().until(() ->
                "{11=0, 12=0}".equals(counts().toString()) && REDIS.client().zcard("waiting") == 1);
        assertThat(REDIS.isAssigned("1")).isFalse();
        assertThat(REDIS.client().zrange("waiting", 0, -1).get(0)).contains(":" + came);
        qiscus.isWell();
        awaitAgent("1", "12");
        await().until(() -> event("1", "moved") != null);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
    }

    @Test
    void anUnansweredAssignmentThatTookEffectIsBelieved() throws Exception {
        assigned("1", "11");
        qiscus.hasAgents("12");
        qiscus.nextTo("assign_agent", Fault.silent().afterTakingEffect());

        unanswered("1", "11", Reason.SILENT);

        await().until(() -> event("1", "moved") != null);
        assertThat(counts()).isEqualTo(Map.of("11", "0", "12", "1"));
        assertThat(qiscus.calls("assign_agent")).hasSize(2);
    }

    // Silent agents

    @Test
    void anAgentWhoLostTwoChatsInARowIsPausedUntilTheyAnswer() throws Exception {
        assigned("1", "11");
        assigned("2", "11");
        qiscus.hasAgents("12");
        unanswered("1", "11", Reason.SILENT);
        await().until(() -> event("1", "moved") != null);
        assertThat(REDIS.client().hget("agent", "11")).doesNotContain("paused\":{");
        unanswered("2", "11", Reason.SILENT);
        await().until(() -> event("2", "moved") != null);

        // The other agent is full by now.
        app.customerWrites("3");
        await().until(() -> event("3", "waits") != null);
        assertThat(qiscus.agentOf("3")).isNull();
        app.send("bean:sessionStore?method=answered('9', '11')", null);

        awaitAgent("3", "11");
    }

    @Test
    void anOperatorResumesAnAgent() throws Exception {
        assigned("1", "11");
        REDIS.client()
                .hset(
                        "agent",
                        "11",
                        "{\"name\":\"Agent 11\",\"silent\":2,\"paused\":{\"at\":1,\"reason\":\"silent\"}}");
        app.customerWrites("2");
        await().until(() -> event("2", "waits") != null);
        assertThat(event("2", "waits").path("reason").asText()).isEqualTo("every agent is paused");

        assertThat(app.post("/agents/404/resume", "").statusCode()).isEqualTo(404);
        assertThat(app.post("/agents/11/resume", "").body())
                .contains("Agent 11 gets new chats again: operator resumed them.");

        awaitAgent("2", "11");
        assertThat(app.post("/agents/11/resume", "").body()).contains("Nothing had to change.");
    }

    // ----

    /** Gives the room to this agent, the only one there is. */
    private void assigned(String room, String agent) throws Exception {
        if (qiscus.assignments().isEmpty()) {
            qiscus.hasAgents(agent);
        }
        app.customerWrites(room);
        awaitAgent(room, agent);
        await().until(() -> isSettled(room));
    }

    private void unanswered(String room, String agent, Reason reason) {
        app.send(
                "direct:move-session",
                new Unanswered(room, agent, reason, System.currentTimeMillis() - UNANSWERED_FOR));
    }

    private void awaitAgent(String room, String agent) {
        await().until(() -> agent.equals(qiscus.agentOf(room)));
    }

    private void assertStaysWith11() {
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
        assertThat(holder("1")).isEqualTo("11");
        assertThat(counts()).isEqualTo(Map.of("11", "1", "12", "0"));
        assertThat(REDIS.client().exists("waiting", "session", "claimed")).isZero();
    }

    private static boolean isSettled(String room) {
        return REDIS.isAssigned(room) && !REDIS.client().hexists("session", room);
    }

    private static String holder(String room) {
        String assignment = REDIS.client().hget("assigned", room);
        return assignment == null ? null : json(assignment).path("agent_id").asText();
    }

    private static Map<String, String> counts() {
        return new java.util.TreeMap<>(REDIS.client().hgetAll("agent_customer_count"));
    }

    private JsonNode session(String room) throws Exception {
        return json(app.get("/sessions/" + room).body()).path("data");
    }

    private List<String> events(String room) throws Exception {
        List<String> events = new ArrayList<>();
        session(room)
                .path("history")
                .forEach(event -> events.add(event.path("event").asText()));
        return events;
    }

    /** The last event of this kind; null if there is none. */
    private JsonNode event(String room, String kind) throws Exception {
        JsonNode last = null;
        for (JsonNode event : session(room).path("history")) {
            last = kind.equals(event.path("event").asText()) ? event : last;
        }
        return last;
    }

    private double metric(String name, String label) throws Exception {
        return new Scrape(app.get("/observe/metrics").body()).value(name, label);
    }

    private static boolean ok(Callable<?> call) {
        try {
            call.call();
            return true;
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
