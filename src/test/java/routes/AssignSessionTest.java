package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Protocol;
import support.FakeQiscus;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

/** What happens to a session if Qiscus does not simply accept the assign call. */
@Execution(ExecutionMode.CONCURRENT)
class AssignSessionTest {
    private static final String LIST = "available_agents";
    private static final String ASSIGN = "assign_agent";

    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn())
            .with("MAX_CUSTOMERS_PER_AGENT", "20")
            .with("QISCUS_TIMEOUT", "600ms")
            .with("CLAIM_LEASE", "2s");

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void aFailedListIsRequestedAgain() throws Exception {
        qiscus.hasAgents("11");
        for (int status : List.of(500, 502, 503, 429, 401, 403, 408)) {
            qiscus.nextTo(LIST, Fault.answering(status, "<html>no</html>"));
            isAssignedOnce("1" + status, 1);
        }
    }

    @Test
    void anAnswerWithoutAListIsRequestedAgain() throws Exception {
        qiscus.hasAgents("11");
        int room = 0;
        for (String body :
                List.of("", "{", "<html>", "[]", "{\"data\":{}}", "{\"data\":{\"agents\":null}}", "{\"data\":[]}")) {
            qiscus.nextTo(LIST, Fault.answering(200, body));
            isAssignedOnce("1" + room++, 1);
        }
    }

    /** @param calls the expected calls of assign_agent */
    private void isAssignedOnce(String room, int calls) throws Exception {
        app.customerWrites(room);

        await(room).until(() -> redis.isAssigned(room));
        assertThat(qiscus.assignedRooms()).containsOnlyOnce(room);
        assertThat(qiscus.calls(ASSIGN).stream()
                        .filter(call -> room.equals(call.parameters().get("room_id"))))
                .as(room)
                .hasSize(calls);
        assertThat(redis.client().zcard("claimed")).isZero();
        assertThat(redis.client().hget("agent_customer_count", "11"))
                .isEqualTo(Integer.toString(qiscus.assignments().size()));
    }

    @Test
    void duringAnOutageOneCallIsMadePerPauseAndNotOnePerSession() throws Exception {
        qiscus.hasAgents("11");
        for (int i = 0; i < 50; i++) {
            qiscus.nextTo(LIST, Fault.answering(503, ""));
        }
        for (int i = 0; i < 20; i++) {
            app.customerWrites("1" + i);
        }

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> qiscus.assignments()
                .isEmpty());

        // The calls that were under way when it began, and then one per pause.
        assertThat(qiscus.calls(LIST).size()).isBetween(1, 16);
        assertThat(redis.client().hlen("session")).isEqualTo(20);
    }

    @Test
    void retryAfterIsRespected() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(LIST, Fault.answering(429, "").with("Retry-After", "3"));
        app.customerWrites("1");
        await().until(() -> !qiscus.calls(LIST).isEmpty());

        await().during(Duration.ofMillis(1500)).until(() -> qiscus.calls(LIST).size() == 1);

        await().atMost(Duration.ofSeconds(4)).until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void anAssignCallWithoutEffectIsRepeated() throws Exception {
        qiscus.hasAgents("11");
        for (int status : List.of(429, 401, 403)) {
            qiscus.nextTo(ASSIGN, Fault.answering(status, "{\"errors\":\"no\"}"));
            isAssignedOnce("1" + status, 2);
        }
    }

    @Test
    void anAgentThatQiscusNoLongerKnowsIsNotTriedAgain() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setForeign("12", 1);
        qiscus.nextTo(ASSIGN, Fault.answering(404, "{\"errors\":{\"message\":\"Agent not found\"}}"));

        app.customerWrites("1");
        await().until(() -> qiscus.calls(ASSIGN).size() == 1);
        qiscus.setAvailable("11", false);

        await().until(() -> "12".equals(qiscus.agentOf("1")));
        await().until(() -> redis.client().zcard("claimed") == 0);
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("0");
        assertThat(redis.client().hget("agent_customer_count", "12")).isEqualTo("1");
    }

    @Test
    void aRoomThatQiscusDoesNotKnowIsParked() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(concerns("1"), Fault.answering(404, "{\"errors\":\"Room not found\"}"));

        app.customerWrites("1");

        await().until(() -> redis.client().hexists("parked", "1"));
        assertThat(qiscus.calls(LIST)).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void aRoomThatQiscusListsAgentsForButDoesNotKnowIsParked() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(
                concerns("1").and(call -> !call.path().contains(LIST)), Fault.answering(404, "{\"errors\":\"no\"}"));

        app.customerWrites("1");

        await().until(() -> redis.client().hexists("parked", "1"));
        assertThat(redis.client().hget("parked", "1")).contains("Qiscus does not know the room");
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("0");
    }

    @Test
    void twoUnknownRoomsAreParkedOnceAnotherIsServed() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(concerns("1").or(concerns("2")), Fault.answering(404, "{\"errors\":\"Room not found\"}"));
        app.customerWrites("1");
        app.customerWrites("2");
        await().until(() -> qiscus.calls(LIST).size() >= 4);
        assertThat(redis.client().exists("parked")).isFalse();

        app.customerWrites("3");

        await().until(() -> "11".equals(qiscus.agentOf("3")));
        // The pauses between the tries grow.
        await().atMost(Duration.ofMinutes(1)).until(() -> redis.client().hlen("parked") == 2);
    }

    private static Predicate<Call> concerns(String room) {
        return call ->
                room.equals(call.parameters().get("room_id")) || call.path().endsWith("customer_rooms/" + room);
    }

    @Test
    void aLastingRefusalIsParkedWithTheWordsOfQiscusAndDoesNotBlockTheNext() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(
                concerns("1").and(call -> call.path().contains(ASSIGN)),
                Fault.answering(422, "{\"errors\":{\"message\":\"Agent is not in this channel\"}}"));

        app.customerWrites("1");
        await().until(() -> !qiscus.calls(ASSIGN).isEmpty());
        app.customerWrites("2");

        await().until(() -> "11".equals(qiscus.agentOf("2")));
        assertThat(redis.client().exists("parked")).isFalse();
        await().until(() -> redis.client().hexists("parked", "1"));
        assertThat(redis.client().hget("parked", "1")).contains("Agent is not in this channel");
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void aRoomThatAnotherAgentTookIsDroppedAndItsSlotFreed() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "12");

        app.customerWrites("1");

        await().until(() -> qiscus.calls(ASSIGN).size() == 1 && !redis.client().hexists("session", "1"));
        assertThat(redis.client().hgetAll("agent_customer_count")).doesNotContainValue("1");
        assertThat(redis.client().exists("assigned")).isFalse();
    }

    @Test
    void aRoomThatIsAlreadyResolvedIsDropped() throws Exception {
        qiscus.hasAgents("11");
        qiscus.resolves("1");

        app.customerWrites("1");

        await().until(() -> qiscus.calls(ASSIGN).size() == 1 && !redis.client().hexists("session", "1"));
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("0");
        assertThat(redis.client().hexists("parked", "1")).isFalse();
    }

    @Test
    void aTemporary400ForAWaitingRoomIsTriedAgain() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(ASSIGN, Fault.answering(400, "{\"errors\":{\"message\":\"Cant join room, exceed max agents\"}}"));

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(qiscus.calls("customer_rooms/")).hasSize(1);
    }

    @Test
    void anUnansweredCallThatTookEffectIsConfirmedAndNotRepeated() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.nextTo(ASSIGN, Fault.silent().afterTakingEffect());

        app.customerWrites("1");

        await().until(() -> redis.isAssigned("1"));
        assertThat(qiscus.calls(ASSIGN)).hasSize(1);
        assertThat(redis.client().hget("agent_customer_count", qiscus.agentOf("1")))
                .isEqualTo("1");
    }

    @Test
    void anUnansweredCallWithoutEffectIsRepeatedAfterAWhile() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(ASSIGN, Fault.silent());
        app.customerWrites("1");
        await().until(() -> qiscus.calls(ASSIGN).size() == 1);

        await().during(Duration.ofMillis(800)).until(() -> qiscus.calls(ASSIGN).size() == 1);

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(qiscus.calls("customer_rooms/").size()).isGreaterThan(1);
        await().until(() -> redis.client().zcard("claimed") == 0);
        assertThat(redis.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    @Test
    void theEffectBehindAnErrorIsFoundOut() throws Exception {
        qiscus.hasAgents("11");
        for (int status : List.of(500, 502, 504)) {
            qiscus.nextTo(
                    ASSIGN, Fault.answering(status, "<html>Bad gateway</html>").afterTakingEffect());
            isAssignedOnce("1" + status, 1);
        }
    }

    @Test
    void theEffectOfAnEmptySuccessIsFoundOut() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(ASSIGN, Fault.torn().afterTakingEffect());
        isAssignedOnce("10", 1);
        int room = 11;
        for (String body : List.of("", "{", "<html>", "[]", "{\"errors\":\"none\"}")) {
            qiscus.nextTo(ASSIGN, Fault.answering(200, body).afterTakingEffect());
            isAssignedOnce(Integer.toString(room++), 1);
        }
    }

    @Test
    void aListThatHangsOrBreaksOffIsRequestedAgain() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(LIST, Fault.answering(200, "{}").after(Duration.ofSeconds(1)));
        qiscus.nextTo(LIST, Fault.torn());
        qiscus.nextTo(LIST, Fault.silent());

        app.customerWrites("1");

        await().atMost(Duration.ofSeconds(20)).until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(qiscus.calls(LIST).size()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void theEffectOfALateAnswerIsFoundOut() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo(
                ASSIGN,
                Fault.answering(200, "{\"data\":{}}").afterTakingEffect().after(Duration.ofSeconds(1)));

        app.customerWrites("1");

        await().until(() -> redis.isAssigned("1"));
        assertThat(qiscus.calls(ASSIGN)).hasSize(1);
    }

    @Test
    void anAbandonedCallDoesNotDisturbTheNextOne() throws Exception {
        qiscus.hasAgents("11");
        // Abandoned after 600 ms; the HTTP client waits that long after the last byte, so it ends after 900 ms.
        qiscus.nextTo(LIST, Fault.stalled().after(Duration.ofMillis(300)));
        // The next calls go on until after that end.
        qiscus.whenCalled(LIST, () -> {
            redis.client().sendCommand(Protocol.Command.CLIENT, "PAUSE", "1200", "ALL");
            return true;
        });

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(redis.client().xrange("history", "-", "+"))
                .noneMatch(entry -> "recovered".equals(entry.getFields().get("event")));
    }

    @Test
    void afterAnOutageQiscusIsUsedAgain() throws Exception {
        qiscus.hasAgents("11");
        qiscus.goAway();
        app.customerWrites("1");
        await().until(() -> String.valueOf(redis.client().hget("session", "1")).contains("cannot be reached"));

        qiscus.comeBack();

        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void aBurstWithLateCountsNeverExceedsTheCapacity() throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":2}");
        qiscus.hasAgents("11", "12", "13");
        qiscus.showsCountsAfter(Duration.ofMillis(600));
        qiscus.setForeign("11", 1);
        qiscus.setForeign("12", 2);
        await().until(() -> qiscus.shownCustomersOf("12") == 2);

        for (int i = 1; i < 20; i++) {
            app.customerWrites(Integer.toString(i));
        }

        await().until(() -> qiscus.assignments().size() == 3);
        await().during(Duration.ofMillis(2500)).until(() -> qiscus.assignments().size() == 3);
        assertThat(qiscus.mostCustomersOf("11")).isEqualTo(2);
        assertThat(qiscus.mostCustomersOf("12")).isEqualTo(2);
        assertThat(qiscus.mostCustomersOf("13")).isEqualTo(2);
    }
}
