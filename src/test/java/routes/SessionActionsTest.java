package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static routes.Operator.done;
import static support.RealRedis.REDIS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** Actions of operators on sessions: they choose the agent, and if two act at once, one wins. */
class SessionActionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("OPERATOR_TOKENS", Operator.DEWI_AND_BUDI);

    private final FakeQiscus qiscus = app.qiscus();
    private final Operator dewi = Operator.dewi(app);

    @Nested
    class AssignByHand {

        @Test
        void aWaitingSessionGetsTheChosenAgentAlthoughOlderOnesWait() throws Exception {
            threeWait();
            qiscus.hasAgents("11", "12");
            pausedExcept("12");

            JsonNode answer = done(dewi.post("/sessions/3/assign", "{\"agent_id\":\"12\"}"), 200);

            assertThat(answer.path("message").asText()).isEqualTo("Customer 3 (room 3) is with Agent 12.");
            assertThat(answer.path("data").path("state").asText()).isEqualTo("assigned");
            assertThat(answer.path("data").path("agent").path("id").asText()).isEqualTo("12");
            assertThat(qiscus.agentOf("3")).isEqualTo("12");
            assertThat(event("3", "chosen").path("by").asText()).isEqualTo("dewi");
            assertThat(event("3", "chosen").path("before").path("state").asText())
                    .isEqualTo("waiting");
            assertThat(event("3", "chosen").path("after").path("agent_id").asText())
                    .isEqualTo("12");
            assertThat(event("3", "assigned").path("by").asText()).isEqualTo("dewi");
            assertThat(count("12")).isEqualTo(1);
        }

        @Test
        void aFullAgentGetsItOnlyWithBeyondCapacity() throws Exception {
            hasCustomers("11", 2);
            app.customerWrites("3");

            JsonNode refused = done(dewi.post("/sessions/3/assign", "{\"agent_id\":11}"), 409);
            assertThat(refused.path("message").asText()).isEqualTo("Agent 11 is full (2 of 2).");
            assertThat(qiscus.agentOf("3")).isNull();

            done(dewi.post("/sessions/3/assign", "{\"agent_id\":11,\"beyond_capacity\":true}"), 200);

            assertThat(qiscus.agentOf("3")).isEqualTo("11");
            assertThat(event("3", "chosen").path("beyond_capacity").asBoolean()).isTrue();
            assertThat(event("3", "assigned").path("beyond_capacity").asBoolean())
                    .isTrue();
            assertThat(event("3", "assigned").path("text").asText()).contains("(3 of 2)");
        }

        @Test
        void externalCustomersCountToo() throws Exception {
            qiscus.hasAgents("11");
            qiscus.setForeign("11", 2);
            app.customerWrites("1");

            assertThat(done(dewi.post("/sessions/1/assign", "{\"agent_id\":\"11\"}"), 409)
                            .path("message")
                            .asText())
                    .isEqualTo("Agent 11 is full (2 of 2).");
        }

        @Test
        void anAgentWhoIsOfflineOrPausedOrOfAnotherChannelDoesNotGetIt() throws Exception {
            qiscus.hasAgents("11", "12");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));
            qiscus.setAvailable("11", false);
            qiscus.setAvailable("12", false);
            app.customerWrites("2");

            assertThat(message(dewi.post("/sessions/2/assign", "{\"agent_id\":\"11\"}"), 409))
                    .isEqualTo("Agent 11 is offline.");

            done(dewi.post("/agents/12/pause", "{}"), 200);
            qiscus.setAvailable("12", true);
            assertThat(message(dewi.post("/sessions/2/assign", "{\"agent_id\":\"12\",\"beyond_capacity\":true}"), 409))
                    .isEqualTo("Agent 12 is paused.");

            qiscus.listsForRoom("2", "11");
            assertThat(message(dewi.post("/sessions/2/assign", "{\"agent_id\":\"12\"}"), 409))
                    .isEqualTo("Qiscus does not list agent 12 for this room.");
            assertThat(qiscus.agentOf("2")).isNull();
        }

        @Test
        void anAssignedSessionIsNoLongerParked() throws Exception {
            qiscus.hasAgents("11", "12");
            qiscus.refusesToAssign("1", "no");
            app.customerWrites("2");
            app.customerWrites("1");
            await().until(() -> REDIS.client().hexists("parked", "1"));
            qiscus.isWell();

            done(dewi.post("/sessions/1/assign", "{\"agent_id\":\"12\",\"beyond_capacity\":true}"), 200);

            assertThat(qiscus.agentOf("1")).isEqualTo("12");
            assertThat(REDIS.client().hlen("parked")).isZero();
            assertThat(event("1", "chosen").path("before").path("state").asText())
                    .isEqualTo("parked");
        }

        @Test
        void anAssignedSessionIsNotGivenToAnotherAgent() throws Exception {
            qiscus.hasAgents("11", "12");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));

            assertThat(message(dewi.post("/sessions/1/assign", "{\"agent_id\":\"12\"}"), 409))
                    .matches("Customer 1 \\(room 1\\) is with Agent 1[12]\\.");
        }

        @Test
        void ifManyActAtOnceOneWinsAndTheOthersLearnWhoHasIt() throws Exception {
            qiscus.hasAgents();
            app.customerWrites("1");
            await().until(() -> REDIS.client().zcard("waiting") == 1);
            // The decider gives them nothing.
            List.of("11", "12", "13").forEach(id -> REDIS.client().hset("config", "max_customer_per_agent:" + id, "0"));
            qiscus.hasAgents("11", "12", "13");
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String body = "{\"beyond_capacity\":true,\"agent_id\":\"" + (11 + i % 3) + "\"}";
                calls.add(CompletableFuture.supplyAsync(() -> dewi.post("/sessions/1/assign", body)));
            }

            List<HttpResponse<String>> answers =
                    calls.stream().map(CompletableFuture::join).toList();

            assertThat(answers.stream().map(HttpResponse::statusCode)).containsOnly(200, 409);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSizeLessThanOrEqualTo(4);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> assertThat(
                            message(answer, 409))
                    .containsPattern("Customer 1 \\(room 1\\) is (with Agent 1[123]|being assigned)"));
            assertThat(qiscus.assignments()).hasSize(1);
            assertThat(IntStream.of(11, 12, 13).map(id -> count("" + id)).sum()).isEqualTo(1);
        }

        @Test
        void aRefusalByQiscusIsAnsweredAndTheSessionKeepsItsPlace() throws Exception {
            threeWait();
            qiscus.hasAgents("11");
            pausedExcept("11");
            qiscus.refusesToAssign("2", "no");

            assertThat(message(dewi.post("/sessions/2/assign", "{\"agent_id\":\"11\"}"), 409))
                    .startsWith("Customer 2 (room 2) waits, number ")
                    .contains("no");

            assertThat(count("11")).isLessThanOrEqualTo(2);
        }
    }

    @Nested
    class Move {

        @Test
        void theChosenAgentGetsTheRoomAndTheOneBeforeGetsASlotBack() throws Exception {
            qiscus.hasAgents("11", "12");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));
            String from = qiscus.agentOf("1");
            String to = from.equals("11") ? "12" : "11";

            JsonNode answer = done(dewi.post("/sessions/1/move", "{\"agent_id\":\"" + to + "\"}"), 200);

            assertThat(answer.path("message").asText()).isEqualTo("Customer 1 (room 1) is with Agent " + to + ".");
            assertThat(qiscus.agentOf("1")).isEqualTo(to);
            assertThat(count(from)).isZero();
            assertThat(count(to)).isEqualTo(1);
            assertThat(event("1", "moved").path("by").asText()).isEqualTo("dewi");
            assertThat(event("1", "moved").path("from").asText()).isEqualTo(from);
            assertThat(event("1", "moved").path("to").asText()).isEqualTo(to);
            assertThat(event("1", "moved").path("reason").asText()).isEqualTo("operator");
            assertThat(dewi.send("GET", "/observe/metrics", "").body())
                    .contains("assignment_moves_total{reason=\"operator\"} 1.0");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "{\"agent_id\":null}"})
        void withoutAnAgentTheNextInTurnGetsItEvenAfterAnAnswer(String body) throws Exception {
            qiscus.hasAgents("11", "12");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));
            String from = qiscus.agentOf("1");
            qiscus.answers("1");

            JsonNode answer = done(dewi.post("/sessions/1/move", body), 200);

            assertThat(answer.path("message").asText())
                    .isEqualTo("dewi sent Customer 1 (room 1) on from Agent " + from + " to the next agent in turn.");
            assertThat(answer.path("data").path("by").asText()).isEqualTo("dewi");
            await().until(() ->
                    qiscus.agentOf("1") != null && !qiscus.agentOf("1").equals(from));
            await().until(() -> count(from) == 0);
            assertThat(event("1", "moved").path("by").asText()).isEqualTo("dewi");
        }

        @Test
        void withoutAFreeAgentTheSessionStaysAndIsInLine() throws Exception {
            qiscus.hasAgents("11");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));

            done(dewi.post("/sessions/1/move", ""), 200);

            assertThat(qiscus.agentOf("1")).isEqualTo("11");
            assertThat(message(dewi.post("/sessions/1/move", ""), 409))
                    .isEqualTo("Customer 1 (room 1) is with Agent 11, and is to be moved.");
            assertThat(message(dewi.post("/sessions/1/move", "{\"agent_id\":\"11\"}"), 409))
                    .isEqualTo("Customer 1 (room 1) is with Agent 11, and is to be moved.");
            qiscus.hasAgents("11", "12");
            await().until(() -> "12".equals(qiscus.agentOf("1")));
        }

        @Test
        void aRoomThatCannotBeTakenStaysAndTheOperatorLearnsWhy() throws Exception {
            qiscus.hasAgents("11", "12");
            app.customerWrites("1");
            await().until(() -> REDIS.isAssigned("1"));
            String from = qiscus.agentOf("1");
            String to = from.equals("11") ? "12" : "11";
            qiscus.cannotBeTaken("1", "this room is kept");

            assertThat(message(dewi.post("/sessions/1/move", "{\"agent_id\":\"" + to + "\"}"), 409))
                    .contains("is with Agent " + from)
                    .contains("this room is kept");
            assertThat(qiscus.agentOf("1")).isEqualTo(from);
            assertThat(count(to)).isZero();
            assertThat(count(from)).isEqualTo(1);
        }

        @Test
        void aWaitingSessionIsNotMoved() throws Exception {
            threeWait();

            assertThat(message(dewi.post("/sessions/2/move", ""), 409))
                    .isEqualTo("Customer 2 (room 2) waits, number 2 in line.");
        }
    }

    @Nested
    class Release {

        @Test
        void theAgentLeavesTheRoomAndTheSessionWaitsAtItsPlace() throws Exception {
            hasCustomers("11", 1);
            done(dewi.post("/agents/11/pause", "{}"), 200);
            app.customerWrites("2");
            await().until(() -> REDIS.client().zcard("waiting") == 1);

            JsonNode answer = done(dewi.post("/sessions/1/release", ""), 200);

            assertThat(answer.path("message").asText()).isEqualTo("Customer 1 (room 1) waits, number 1 in line.");
            assertThat(qiscus.agentOf("1")).isNull();
            assertThat(count("11")).isZero();
            JsonNode released = event("1", "released");
            assertThat(released.path("by").asText()).isEqualTo("dewi");
            assertThat(released.path("before").path("agent_id").asText()).isEqualTo("11");
            assertThat(released.path("after").path("state").asText()).isEqualTo("waiting");
            done(dewi.post("/agents/11/resume", ""), 200);
            await().until(() -> "11".equals(qiscus.agentOf("1")));
        }

        @Test
        void aRoomThatCannotBeTakenStays() throws Exception {
            hasCustomers("11", 1);
            qiscus.cannotBeTaken("1", "this room is kept");

            assertThat(message(dewi.post("/sessions/1/release", ""), 409)).contains("is with Agent 11");

            assertThat(qiscus.agentOf("1")).isEqualTo("11");
            assertThat(count("11")).isEqualTo(1);
            assertThat(event("1", "kept").path("by").asText()).isEqualTo("dewi");
        }

        @Test
        void theEffectOfAnUnansweredCallIsFoundOut() throws Exception {
            hasCustomers("11", 1);
            done(dewi.post("/agents/11/pause", "{}"), 200);
            qiscus.answersTo(FakeQiscus::removes, Fault.torn().afterTakingEffect());

            done(dewi.post("/sessions/1/release", ""), 202);

            await().until(() -> REDIS.client().zcard("waiting") == 1);
            assertThat(count("11")).isZero();
        }

        @Test
        void aWaitingSessionCannotBeTakenBack() throws Exception {
            threeWait();

            assertThat(message(dewi.post("/sessions/1/release", ""), 409))
                    .isEqualTo("Customer 1 (room 1) waits, number 1 in line.");
        }
    }

    @Nested
    class Priority {

        @Test
        void theSessionIsAheadOfAllOthers() throws Exception {
            threeWait();

            JsonNode answer = done(dewi.post("/sessions/3/priority", "{\"place\":\"first\"}"), 200);

            assertThat(answer.path("data").path("before").path("position").asInt())
                    .isEqualTo(3);
            assertThat(answer.path("data").path("after").path("position").asInt())
                    .isEqualTo(1);
            assertThat(answer.path("message").asText()).isEqualTo("dewi put Customer 3 (room 3) first.");
            assertThat(done(dewi.post("/sessions/3/priority", "{\"place\":\"first\"}"), 200)
                            .has("data"))
                    .isFalse();
            done(dewi.send("PUT", "/config", "{\"max_customer_per_agent\":1}"), 200);
            qiscus.hasAgents("11");
            await().until(() -> "11".equals(qiscus.agentOf("3")));
            assertThat(qiscus.assignedRooms()).first().isEqualTo("3");
        }

        @Test
        void anyOtherPlaceIsRefused() throws Exception {
            threeWait();

            assertThat(List.of("{\"place\":\"last\"}", "{}", "[]", "no", "")).allSatisfy(body -> {
                done(dewi.post("/sessions/3/priority", body), 400);
                assertThat(line()).containsExactly("1", "2", "3");
            });
        }
    }

    @Nested
    class Refusals {

        @Test
        void unknownIdsAreNotFound() throws Exception {
            qiscus.hasAgents();
            app.customerWrites("1");
            await().until(() -> REDIS.client().zcard("waiting") == 1);

            isNotFound("/sessions/404/assign", "{\"agent_id\":\"11\"}");
            isNotFound("/sessions/404/move", "");
            isNotFound("/sessions/404/release", "");
            isNotFound("/sessions/404/priority", "{\"place\":\"first\"}");
            isNotFound("/sessions/1/assign", "{\"agent_id\":\"404\"}");
        }

        private void isNotFound(String path, String body) throws Exception {
            assertThat(message(dewi.post(path, body), 404)).endsWith(".");
            assertThat(line()).containsExactly("1");
        }

        @Test
        void aBodyWithoutAnAgentIsRefused() throws Exception {
            qiscus.hasAgents();
            app.customerWrites("1");
            await().until(() -> REDIS.client().zcard("waiting") == 1);

            assertThat(List.of(
                            "",
                            "no",
                            "[]",
                            "{}",
                            "{\"agent_id\":null}",
                            "{\"agent_id\":true}",
                            "{\"agent_id\":\"a b\"}",
                            "{\"agent_id\":\"\"}",
                            "{\"agent_id\":1.5}",
                            "{\"agent_id\":\"11\",\"beyond_capacity\":\"yes\"}"))
                    .allSatisfy(body -> {
                        done(dewi.post("/sessions/1/assign", body), 400);
                        assertThat(line()).containsExactly("1");
                    });
        }

        @Test
        void onlyOperatorsMayAct() throws Exception {
            done(new Operator(app, "wrong-token").post("/sessions/1/release", ""), 401);
        }
    }

    @Nested
    class Lists {

        @Test
        void waitingSessionsAreListedPageByPage() throws Exception {
            threeWait();

            JsonNode first = done(dewi.send("GET", "/sessions?state=waiting&limit=2", ""), 200)
                    .path("data");
            JsonNode second = done(dewi.send("GET", "/sessions?state=waiting&limit=2&page=2", ""), 200)
                    .path("data");

            assertThat(first.path("sessions").findValuesAsText("room_id")).containsExactly("1", "2");
            assertThat(second.path("sessions").findValuesAsText("room_id")).containsExactly("3");
            assertThat(first.path("total").asInt()).isEqualTo(3);
            assertThat(first.path("pages").asInt()).isEqualTo(2);
            assertThat(second.path("sessions").path(0).path("position").asInt()).isEqualTo(3);
            assertThat(second.path("sessions").path(0).path("state").asText()).isEqualTo("waiting");
        }

        @Test
        void assignedSessionsAndAgentsAreListed() throws Exception {
            hasCustomers("11", 1);
            done(dewi.post("/agents/11/pause", "{\"reason\":\"lunch\"}"), 200);
            done(dewi.send("PUT", "/agents/11/capacity", "{\"max_customer_per_agent\":5}"), 200);

            JsonNode sessions =
                    done(dewi.send("GET", "/sessions?state=assigned", ""), 200).path("data");
            JsonNode agents =
                    done(dewi.send("GET", "/agents", ""), 200).path("data").path("agents");

            assertThat(sessions.path("sessions")
                            .path(0)
                            .path("agent")
                            .path("id")
                            .asText())
                    .isEqualTo("11");
            assertThat(done(dewi.send("GET", "/sessions?state=parked", ""), 200)
                            .path("data")
                            .path("total")
                            .asInt())
                    .isZero();
            assertThat(agents).hasSize(1);
            assertThat(agents.path(0).path("id").asText()).isEqualTo("11");
            assertThat(agents.path(0).path("name").asText()).isEqualTo("Agent 11");
            assertThat(agents.path(0).path("online").asBoolean()).isTrue();
            assertThat(agents.path(0).path("customers").asInt()).isEqualTo(1);
            assertThat(agents.path(0).path("capacity").asInt()).isEqualTo(5);
            assertThat(agents.path(0).path("paused").path("by").asText()).isEqualTo("dewi");
            assertThat(agents.path(0).path("paused").path("reason").asText()).isEqualTo("lunch");
        }

        @Test
        void anInvalidPageIsRefused() {
            assertThat(List.of(
                            "",
                            "?state=lost",
                            "?state=waiting&page=0",
                            "?state=waiting&limit=x",
                            "?state=waiting&limit=201"))
                    .allSatisfy(query -> done(dewi.send("GET", "/sessions" + query, ""), 400));
        }
    }

    private void threeWait() throws Exception {
        qiscus.hasAgents();
        for (String room : List.of("1", "2", "3")) {
            app.customerWrites(room);
        }
        await().until(() -> REDIS.client().zcard("waiting") == 3);
    }

    /** So that the decider leaves everything to the operator. */
    private void pausedExcept(String agent) {
        REDIS.client().hset("config", "max_customer_per_agent:" + agent, "2");
        REDIS.client().zadd("resting", System.currentTimeMillis() + 60_000, "*");
    }

    private void hasCustomers(String agent, int customers) throws Exception {
        qiscus.hasAgents(agent);
        for (int room = 1; room <= customers; room++) {
            app.customerWrites("" + room);
        }
        await().until(() -> qiscus.customersOf(agent) == customers
                && REDIS.client().zcard("claimed") == 0
                && REDIS.client().hexists("agent", agent));
    }

    private static int count(String agent) {
        String count = REDIS.client().hget("agent_customer_count", agent);
        return count == null ? 0 : Integer.parseInt(count);
    }

    private List<String> line() {
        return REDIS.client().zrange("waiting", 0, -1).stream()
                .map(place -> place.substring(place.lastIndexOf(':') + 1))
                .toList();
    }

    private JsonNode event(String room, String id) throws Exception {
        JsonNode last = JSON.createObjectNode();
        for (JsonNode event : done(dewi.send("GET", "/sessions/" + room, ""), 200)
                .path("data")
                .path("history")) {
            last = event.path("event").asText().equals(id) ? event : last;
        }
        return last;
    }

    private static String message(HttpResponse<String> answer, int status) throws Exception {
        JsonNode told = done(answer, status);
        assertThat(told.path("success").asBoolean()).isFalse();
        return told.path("message").asText();
    }
}
