package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

/** Something in front of Qiscus answers instead of it, to every call and for a while. */
@Execution(ExecutionMode.CONCURRENT)
class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration A_WHILE = Duration.ofMillis(2500);

    @RegisterExtension
    final RunningApplication app = new RunningApplication(RealRedis.ofItsOwn())
            .with("MAX_CUSTOMERS_PER_AGENT", "12")
            .with("RECONCILE_PERIOD", "500ms");

    private final RealRedis redis = app.redis();
    private final FakeQiscus qiscus = app.qiscus();

    static Stream<Fault> everyKind() {
        return Stream.of(
                Fault.answering(404, "{\"errors\":{\"message\":\"Not found\"},\"status\":404}"),
                Fault.answering(404, "<html>404 page not found</html>"),
                Fault.answering(400, "{\"errors\":{\"message\":\"Cant join room, exceed max agents\"}}"),
                Fault.answering(401, "{\"errors\":\"Unauthorized\"}"),
                Fault.answering(402, ""),
                Fault.answering(405, ""),
                Fault.answering(422, "{\"errors\":\"no\"}"),
                Fault.answering(302, "").with("Location", "/maintenance"),
                Fault.answering(503, "<html>"),
                Fault.answering(200, "<html>We are back soon</html>"),
                Fault.answering(200, "{\"data\":{\"customer_room\":{\"room_id\":\"7\",\"is_resolved\":true}}}"),
                Fault.silent());
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void waitingSessionsKeepTheirPlaceAndAssignedOnesTheirAgent(Fault fault) throws Exception {
        holdTwoRooms();
        qiscus.answersAll(fault);
        write(1, 20);

        noSessionIsParkedOrFreed();
        qiscus.isWell();

        theOldestTenAreAssigned();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fewWaitingSessionsAreNoProofEither(int rooms) throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersAll(Fault.answering(404, ""));
        write(1, rooms);

        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(8)).until(() -> !redis.client()
                .exists("parked"));
        qiscus.isWell();

        await().atMost(Duration.ofSeconds(6)).until(() -> qiscus.assignments().size() == rooms);
    }

    @ParameterizedTest
    @ValueSource(strings = {"available_agents", "assign_agent", "customer_rooms/"})
    void anOutageMayBeginBetweenTwoCalls(String afterThis) throws Exception {
        holdTwoRooms();
        qiscus.nextTo("assign_agent", Fault.answering(400, "{\"errors\":{\"message\":\"Cant join room\"}}"));
        qiscus.beforeAnswering(afterThis, () -> {
            qiscus.answersAll(Fault.answering(404, "<html>"));
            return true;
        });
        write(1, 20);

        noSessionIsParkedOrFreed();
        qiscus.isWell();

        await().atMost(SOON).until(() -> qiscus.assignments().size() == 12);
        noSessionIsParkedOrFreed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"available_agents", "assign_agent", "customer_rooms/"})
    void anOutageMayConcernOneKindOfCallOnly(String path) throws Exception {
        holdTwoRooms();
        qiscus.answersTo(call -> call.path().contains(path), Fault.answering(404, "<html>"));
        write(1, 20);

        noSessionIsParkedOrFreed();
        qiscus.isWell();

        theOldestTenAreAssigned();
    }

    @Test
    void ifEveryOtherAnswerIsCorrectNoSessionIsParkedOrFreed() throws Exception {
        holdTwoRooms();
        Random random = new Random(12);
        qiscus.answersTo(call -> random.nextBoolean(), Fault.answering(404, "<html>"));
        write(1, 20);

        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(10)).until(this::allIsHeldAndNothingParked);
        qiscus.isWell();

        await().atMost(SOON).until(() -> qiscus.assignments().size() == 12);
    }

    @Test
    void aRoomThatQiscusKnowsOnlyAfterAWhileIsAssigned() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(is("assign_agent"), Fault.answering(400, "{\"errors\":{\"message\":\"Cant join room\"}}"));
        qiscus.answersTo(is("customer_rooms/"), Fault.answering(404, "{\"errors\":\"Not found\"}"));
        write(1, 1);

        await().during(A_WHILE).atMost(Duration.ofSeconds(5)).until(() -> !redis.client()
                .exists("parked"));
        qiscus.isWell();

        await().atMost(SOON).until(() -> "11".equals(qiscus.agentOf("1")));
    }

    private static Predicate<Call> is(String path) {
        return call -> call.path().contains(path);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500})
    void aNewSessionDoesNotOvertakeThoseThatWaitedThroughAnOutage(int status) throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":1}");
        qiscus.hasAgents("11");
        qiscus.answersTo(is("available_agents"), Fault.answering(status, "{\"data\":[]}"));
        write(1, 1);
        await().until(() -> qiscus.calls("available_agents").size() >= 3);

        qiscus.isWell();
        write(2, 2);

        await().atMost(SOON).until(() -> qiscus.assignments().size() == 1);
        assertThat(qiscus.assignedRooms()).containsExactly("1");
    }

    /** The failure of a call that began during the outage arrives last. */
    @Test
    void aSessionWhoseCallFailsIsNotOvertakenByANewOne() throws Exception {
        app.put("/config", "{\"max_customer_per_agent\":1}");
        qiscus.hasAgents("11");
        qiscus.answersTo(is("available_agents"), Fault.answering(500, ""));
        write(1, 1);
        await().until(() -> !qiscus.calls("available_agents").isEmpty());

        qiscus.whenCalled("available_agents", () -> {
            qiscus.isWell();
            app.postAsync("/webhook", RunningApplication.newSession("2", "qiscus"));
            await().until(() -> listedFor("2") > 0);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            return true;
        });

        await().atMost(SOON).until(() -> qiscus.assignments().size() == 1);
        assertThat(qiscus.assignedRooms()).containsExactly("1");
        assertThat(listedFor("2")).isPositive();
    }

    private long listedFor(String room) {
        return qiscus.calls("available_agents").stream()
                .filter(call -> room.equals(call.parameters().get("room_id")))
                .count();
    }

    @Test
    void aSingleForbiddenRoomHoldsUpNoOtherAndIsParkedInTheEnd() throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(
                call -> "1".equals(call.parameters().get("room_id")),
                Fault.answering(403, "{\"errors\":{\"message\":\"not yours\"}}"));
        write(1, 1);
        await().until(() -> !qiscus.calls("available_agents").isEmpty());

        for (int room = 2; room < 10; room++) {
            String id = Integer.toString(room);
            app.customerWrites(id);
            await().atMost(Duration.ofSeconds(2)).until(() -> "11".equals(qiscus.agentOf(id)));
        }
        await().until(() -> redis.client().hexists("parked", "1"));
        assertThat(redis.client().hget("parked", "1")).contains("not yours");
        assertThat(redis.client().xrange("history", "-", "+"))
                .noneMatch(entry -> "recovered".equals(entry.getFields().get("event")));
    }

    @Test
    void aHeldRoomThatQiscusNoLongerKnowsIsFreedOnceProven() throws Exception {
        holdTwoRooms();
        qiscus.answersTo(is("customer_rooms/101"), Fault.answering(404, "{\"errors\":\"Not found\"}"));

        await().until(() -> qiscus.calls("customer_rooms/101").size() >= 3);
        assertThat(allIsHeldAndNothingParked()).isTrue();

        await().until(() -> !redis.client().hexists("assigned", "101"));
        assertThat(redis.client().hexists("assigned", "102")).isTrue();
    }

    private void holdTwoRooms() throws Exception {
        qiscus.hasAgents("11");
        write(101, 102);
        await().until(() -> qiscus.assignments().size() == 2 && redis.client().zcard("claimed") == 0);
        // Within the settle time nothing would be freed in any case.
        await().until(() -> qiscus.calls("customer_rooms/101").size() >= 3);
    }

    private void write(int first, int last) throws Exception {
        for (int room = first; room <= last; room++) {
            assertThat(app.customerWrites(Integer.toString(room)).statusCode()).isEqualTo(200);
        }
    }

    private void noSessionIsParkedOrFreed() {
        await().during(A_WHILE).atMost(Duration.ofSeconds(10)).until(this::allIsHeldAndNothingParked);
    }

    private boolean allIsHeldAndNothingParked() {
        return !redis.client().exists("parked")
                && redis.client().hkeys("assigned").containsAll(List.of("101", "102"));
    }

    private void theOldestTenAreAssigned() {
        await().atMost(SOON).until(() -> qiscus.assignments().size() == 12);
        assertThat(qiscus.assignedRooms().subList(2, 12))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList());
        assertThat(redis.client().exists("parked")).isFalse();
        assertThat(redis.client().hkeys("assigned")).contains("101", "102");
    }
}
