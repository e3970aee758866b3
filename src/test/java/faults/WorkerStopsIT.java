package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import support.Cable;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

/**
 * A process of the packaged program is killed at each step of a session, one after the other, and another process takes
 * over what it left. Finally it gets SIGTERM.
 */
@Execution(ExecutionMode.CONCURRENT)
class WorkerStopsIT {
    private static final String LIST = "available_agents";
    private static final String ASSIGN = "assign_agent";
    /** How the arguments of these scripts show their names. */
    private static final String RESERVE = "\"asked\":\"reserve ";

    private static final String CONFIRM = "\"asked\":\"confirm ";

    private static final Duration MOST = Duration.ofSeconds(30);

    @RegisterExtension
    final RunningApplication rescuer = new RunningApplication(RealRedis.ofItsOwn()).startedByTest();

    private final RealRedis redis = rescuer.redis();
    private final FakeQiscus qiscus = rescuer.qiscus();
    private Cable wire;
    private Instance victim;

    @BeforeEach
    void startVictim() throws IOException {
        qiscus.hasAgents("11", "12");
        wire = new Cable(redis.port());
    }

    @AfterEach
    void stopEverything() throws IOException {
        victim.close();
        wire.close();
    }

    @Test
    void afterItTookTheSession() throws Exception {
        qiscus.whenCalled(LIST, this::kill);

        customerWrites();
        awaitDeath();

        assertThat(redis.client().hlen("assigned")).isZero();
        isAssignedAfterAll(1);
    }

    @Test
    void afterItReadTheOnlineAgents() throws Exception {
        qiscus.beforeAnswering(LIST, () -> {
            wire.swallowsRequests();
            return true;
        });

        customerWrites();
        await().atMost(MOST).until(wire::isHolding);
        kill();

        assertThat(redis.client().hlen("assigned")).isZero();
        isAssignedAfterAll(1);
    }

    @Test
    void afterItReservedTheSlot() throws Exception {
        letItPlaceAnotherSessionFirst();
        wire.swallowsAnswersTo(RESERVE);

        customerWrites();
        await().atMost(MOST).until(() -> stateOf("1").equals("reserved"));
        kill();

        assertThat(callsToAssign()).isZero();
        isAssignedAfterAll(1);
    }

    /** By then its claim is over: others have read the room, and may assign it to another agent. */
    @Test
    void aProcessFrozenAfterTheReservationSendsNoAssignCallWhenItWakesUp() throws Exception {
        letItPlaceAnotherSessionFirst();
        wire.swallowsAnswersTo(RESERVE);
        customerWrites();
        await().atMost(MOST).until(() -> stateOf("1").equals("reserved"));
        victim.freeze();
        // It will find the answer when it wakes.
        wire.comesAlive();
        isAssignedAfterAll(1);

        victim.thaw();

        await().during(Duration.ofSeconds(1)).until(() -> callsToAssign() == 1);
        isAssigned(1);
    }

    @Test
    void whileItAssignsBeforeTheEffect() throws Exception {
        qiscus.whenCalled(ASSIGN, this::kill);

        customerWrites();
        awaitDeath();

        assertThat(stateOf("1")).isEqualTo("reserved");
        isAssignedAfterAll(2);
    }

    @Test
    void whileItAssignsAfterTheEffect() throws Exception {
        qiscus.beforeAnswering(ASSIGN, this::kill);

        customerWrites();
        awaitDeath();

        assertThat(stateOf("1")).isEqualTo("reserved");
        isAssignedAfterAll(1);
    }

    @Test
    void beforeItConfirmed() throws Exception {
        qiscus.beforeAnswering(ASSIGN, () -> {
            wire.swallowsRequests();
            return true;
        });

        customerWrites();
        await().atMost(MOST).until(wire::isHolding);
        kill();

        assertThat(stateOf("1")).isEqualTo("reserved");
        isAssignedAfterAll(1);
    }

    @Test
    void afterItConfirmed() throws Exception {
        letItPlaceAnotherSessionFirst();
        wire.swallowsAnswersTo(CONFIRM);

        customerWrites();
        await().atMost(MOST).until(() -> stateOf("1").equals("confirmed"));
        kill();

        isAssignedAfterAll(1);
    }

    @Test
    void aStoppingProcessFinishesItsWorkAndAcceptsNothingNew() throws Exception {
        rescuer.with("MAX_CUSTOMERS_PER_AGENT", "200");
        qiscus.answersAfter(Duration.ofMillis(400));
        start();
        List<String> rooms =
                IntStream.range(100, 400).mapToObj(Integer::toString).toList();
        // On a busy machine some of three hundred calls at once would not be answered in time.
        for (int first = 0; first < rooms.size(); first += 50) {
            CompletableFuture.allOf(rooms.subList(first, first + 50).stream()
                            .map(room -> victim.post("/webhook", RunningApplication.newSession(room, "qiscus")))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        // More sessions wait than it could place in ten seconds.
        await().atMost(MOST).until(() -> !qiscus.assignments().isEmpty());

        Duration took = victim.terminate(MOST);

        assertThat(took).isLessThan(Chaos.MOST_FOR_AN_EXIT);
        assertThat(redis.client().exists("decider")).isFalse();
        assertThat(redis.client().zcard("claimed")).isZero();
        assertThat(redis.client().hlen("assigned"))
                .isEqualTo(qiscus.assignments().size())
                .isLessThan(rooms.size());
        assertThat(redis.client().hlen("assigned")
                        + redis.client().hlen("session")
                        + redis.client().llen("new_session_queue"))
                .isEqualTo(rooms.size());
    }

    @Test
    void aStoppingProcessExitsEvenWhileQiscusHangs() throws Exception {
        rescuer.with("QISCUS_TIMEOUT", "30s").with("SETTLE_TIME", "30s").with("CLAIM_LEASE", "90s");
        qiscus.nextTo(ASSIGN, Fault.silent().afterTakingEffect().after(Duration.ofSeconds(30)));
        start();
        victim.post("/webhook", RunningApplication.newSession("1", "qiscus")).join();
        await().atMost(MOST).until(() -> qiscus.agentOf("1") != null);

        Duration took = victim.terminate(MOST);

        assertThat(took).isLessThan(Chaos.MOST_FOR_AN_EXIT);
        assertThat(stateOf("1")).isEqualTo("reserved");
        assertThat(redis.client().zcard("claimed")).isEqualTo(1);
    }

    private void start() {
        victim = Instance.behind(wire, rescuer, Path.of("target", "worker-stops"));
    }

    /** So that Redis knows the scripts: otherwise the swallowed answer would be that it does not. */
    private void letItPlaceAnotherSessionFirst() {
        start();
        victim.post("/webhook", RunningApplication.newSession("0", "qiscus")).join();
        await().atMost(MOST).until(() -> stateOf("0").equals("confirmed"));
        qiscus.resolves("0");
        victim.post("/resolve", RunningApplication.resolve("0", 1)).join();
        await().atMost(MOST).until(() -> redis.client().hlen("assigned") == 0);
    }

    private void customerWrites() {
        if (victim == null) {
            start();
        }
        victim.post("/webhook", RunningApplication.newSession("1", "qiscus")).exceptionally(gone -> null);
    }

    /** kill -9, in the middle of a call, which is then never answered. */
    private boolean kill() {
        victim.kill();
        return false;
    }

    private void awaitDeath() {
        await().atMost(MOST).until(() -> !victim.isAlive());
    }

    private String stateOf(String room) {
        boolean isClaimed = redis.client().zscore("claimed", room) != null;
        return !redis.client().hexists("assigned", room) ? "without an agent" : isClaimed ? "reserved" : "confirmed";
    }

    private long callsToAssign() {
        return qiscus.calls(ASSIGN).stream()
                .filter(call -> "1".equals(call.parameters().get("room_id")))
                .count();
    }

    /** @param calls of assign_agent, by any instance */
    private void isAssignedAfterAll(int calls) throws Exception {
        rescuer.start();
        isAssigned(calls);
    }

    private void isAssigned(int calls) {
        await().atMost(MOST)
                .until(() -> stateOf("1").equals("confirmed") && redis.client().zcard("claimed") == 0);

        assertThat(qiscus.assignedRooms()).containsOnlyOnce("1");
        assertThat(callsToAssign()).isEqualTo(calls);
        assertThat(redis.client().hget("agent_customer_count", qiscus.agentOf("1")))
                .isEqualTo("1");
        assertThat(redis.client().hvals("agent_customer_count").stream()
                        .mapToInt(Integer::parseInt)
                        .sum())
                .isEqualTo(1);
        assertThat(redis.client().hlen("session")).isZero();
    }
}
