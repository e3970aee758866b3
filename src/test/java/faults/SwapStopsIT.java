package faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import support.Cable;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

/**
 * The process that moves a customer from an offline agent to another one is stopped at each step of the move. Another
 * process, or the same one after a restart, finishes it. Each agent may have one customer, so an agent with two would
 * be noticed.
 */
@Execution(ExecutionMode.CONCURRENT)
class SwapStopsIT {
    private static final String ROOM = "customer_rooms/1";
    private static final String WHO = "available_agents";
    private static final String REMOVE = "remove_agent";
    private static final String ASSIGN = "assign_agent";
    private static final Duration MOST = Duration.ofSeconds(30);

    /** Where it is stopped. */
    enum Moment {
        RESERVED,
        WHILE_THE_ROOM_IS_READ,
        WHILE_IT_ASKS_WHO_IS_IN_THE_ROOM,
        BEFORE_THE_REMOVAL,
        WHILE_IT_REMOVES_BEFORE_THAT_TOOK_EFFECT,
        WHILE_IT_REMOVES_AFTER_THAT_TOOK_EFFECT,
        AFTER_THE_ANSWER_TO_THE_REMOVAL,
        WHILE_IT_ASSIGNS_BEFORE_THAT_TOOK_EFFECT,
        WHILE_IT_ASSIGNS_AFTER_THAT_TOOK_EFFECT,
        BEFORE_IT_CONFIRMED,
        AFTER_IT_CONFIRMED
    }

    @RegisterExtension
    final RunningApplication other = new RunningApplication(RealRedis.ofItsOwn())
            .with("MAX_CUSTOMERS_PER_AGENT", "1")
            .with("AWAY_ANSWER_WITHIN", "1s")
            .with("ANSWER_WITHIN", "off")
            .with("WATCH_PERIOD", "500ms")
            // Only the move itself may repair what is wrong.
            .with("RECONCILE_PERIOD", "30m")
            .startedByTest();

    private final RealRedis redis = other.redis();
    private final FakeQiscus qiscus = other.qiscus();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private Thread auditor;
    private Cable wire;
    private Instance victim;
    private int callsWhenFrozen;

    @BeforeEach
    void theRoomHasAnAgent() throws Exception {
        qiscus.tellsMessages();
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        wire = new Cable(redis.port());
        victim = Instance.behind(wire, other, Path.of("target", "swap-stops"));
        victim.post("/webhook", RunningApplication.newSession("1", "qiscus")).join();
        await().atMost(MOST).until(() -> isAssignedTo("11"));
        List.of("renew", "vacated").forEach(this::knowsScript);
        auditor = new Thread(this::audit, "auditor");
        auditor.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        over.set(true);
        auditor.join();
        victim.thaw();
        victim.close();
        wire.close();
    }

    // Killed

    @ParameterizedTest
    @EnumSource
    void aKilledProcessLeavesTheMoveToAnother(Moment moment) throws Exception {
        killAt(moment);

        other.start();
        other.customerWrites("2");

        isMovedAfterAll();
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_THE_ANSWER_TO_THE_REMOVAL", "WHILE_IT_ASSIGNS_AFTER_THAT_TOOK_EFFECT"})
    void aRestartedProcessFinishesTheMove(Moment moment) throws Exception {
        killAt(moment);
        wire.comesAlive();

        victim.start();
        victim.awaitReady();
        victim.post("/webhook", RunningApplication.newSession("2", "qiscus")).join();

        isMovedAfterAll();
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_THE_ANSWER_TO_THE_REMOVAL", "WHILE_IT_ASSIGNS_AFTER_THAT_TOOK_EFFECT"})
    void theMoveIsFinishedEvenIfQiscusDoesNotNameOfflineAgents(Moment moment) throws Exception {
        qiscus.hidesWhoIsOffline();
        killAt(moment);

        other.start();
        other.customerWrites("2");

        isMovedAfterAll();
    }

    /** The assign call is the one that replaces the agent. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "AFTER_THE_ANSWER_TO_THE_REMOVAL|WHILE_IT_ASSIGNS.*")
    void aProcessKilledDuringTheReplacementLeavesTheMoveToAnother(Moment moment) throws Exception {
        qiscus.refusesRemovals();
        killAt(moment);

        other.start();
        other.customerWrites("2");

        isMovedAfterAll();
    }

    @Test
    void aProcessKilledAfterTheReplacementLeavesItsCheckToAnother() throws Exception {
        qiscus.refusesRemovals();
        kill(() -> qiscus.beforeAnswering(ASSIGN, () -> {
            qiscus.whenCalled(ROOM, this::kill);
            return true;
        }));

        other.start();
        other.customerWrites("2");

        isMovedAfterAll();
    }

    @Test
    void aProcessKilledWhileItParksTheMoveLeavesThatToAnother() throws Exception {
        qiscus.cannotBeTaken("1", "agent is offline");
        kill(() -> qiscus.beforeAnswering(ASSIGN, () -> {
            qiscus.whenCalled(ROOM, this::kill);
            return true;
        }));

        other.start();

        await().atMost(MOST).until(() -> redis.client().hexists("parked", "1"));
        assertThat(redis.client().hget("parked", "1")).contains("agent is offline");
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
        isExact(Map.of("11", "1", "12", "0"));
    }

    @Test
    void aProcessKilledAfterARefusedAssignmentLeavesTheMoveToAnother() throws Exception {
        kill(() -> qiscus.whenCalled(REMOVE, () -> {
            qiscus.nextTo(ASSIGN, Fault.answering(400, "{\"errors\":{\"message\":\"not now\"}}"));
            qiscus.whenCalled(ROOM, this::kill);
            return true;
        }));

        other.start();

        isMovedAfterAll();
    }

    @Test
    void aProcessKilledWithTheRoomEmptyLeavesTheMoveToAnother() throws Exception {
        kill(() -> {
            qiscus.whenCalled(REMOVE, () -> {
                qiscus.nextTo(ASSIGN, Fault.answering(400, "{\"errors\":{\"message\":\"not now\"}}"));
                return then(() -> swallowsAnswerTo("vacated"));
            });
            qiscus.setAvailable("11", false);
            await().atMost(MOST).until(() -> holder().equals("12"));
            kill();
        });
        assertThat(qiscus.agentOf("1")).isNull();

        other.start();

        isMovedAfterAll();
    }

    @Test
    void aResolveAfterTheKillEndsTheMove() throws Exception {
        killAt(Moment.AFTER_THE_ANSWER_TO_THE_REMOVAL);
        other.start();
        qiscus.resolves("1");

        other.post("/resolve", RunningApplication.resolve("1", 7));

        isExact(Map.of("11", "0", "12", "0"));
        await().during(Duration.ofSeconds(4))
                .atMost(MOST)
                .until(() -> redis.client().exists("assigned", "session", "claimed", "waiting") == 0
                        && qiscus.agentOf("1") == null);
    }

    @Test
    void aWebhookOfTheCustomerAfterTheKillIsADuplicate() throws Exception {
        killAt(Moment.AFTER_THE_ANSWER_TO_THE_REMOVAL);
        other.start();

        other.customerWrites("1");

        isMovedAfterAll();
        assertThat(timesTold("came")).isEqualTo(1);
    }

    // Frozen: it wakes up after another one has finished.

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = "WHILE_THE_ROOM.*|BEFORE_THE_REMOVAL|AFTER_THE_ANSWER_TO_THE_REMOVAL|.*AFTER_THAT_TOOK_EFFECT")
    void aFrozenProcessDoesNothingMoreWhenItWakesUp(Moment moment) throws Exception {
        other.start();
        AtomicBoolean isFrozen = new AtomicBoolean();
        BooleanSupplier freezes = () -> {
            victim.freeze();
            isFrozen.set(true);
            return true;
        };
        qiscus.setAvailable("12", true);
        boolean isHeldByRedis = stopsAt(moment, freezes);
        qiscus.setAvailable("11", false);
        if (isHeldByRedis) {
            await().atMost(MOST).until(wire::isHolding);
            freezes.getAsBoolean();
            // It will find the answer when it wakes.
            wire.comesAlive();
        }
        await().atMost(MOST).until(isFrozen::get);
        other.customerWrites("2");
        isMovedAfterAll();
        callsWhenFrozen = changesOfTheRoom();

        victim.thaw();

        await().during(Duration.ofSeconds(3)).atMost(MOST).until(() -> isAssignedTo("12"));
        isMovedAfterAll();
        assertThat(changesOfTheRoom()).isEqualTo(callsWhenFrozen);
    }

    /** The call takes so long that another process has moved the customer meanwhile. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "WHILE.*BEFORE_THAT_TOOK_EFFECT")
    void aCallThatArrivesAfterTheMoveChangesNothing(Moment moment) throws Exception {
        other.start();
        AtomicBoolean isFrozen = new AtomicBoolean();
        qiscus.setAvailable("12", true);
        stopsAt(moment, () -> {
            victim.freeze();
            isFrozen.set(true);
            await().atMost(MOST).until(() -> isAssignedTo("12"));
            return true;
        });

        qiscus.setAvailable("11", false);
        await().atMost(MOST).until(isFrozen::get);
        other.customerWrites("2");
        isMovedAfterAll();
        victim.thaw();

        await().during(Duration.ofSeconds(3)).atMost(MOST).until(() -> isAssignedTo("12"));
        isMovedAfterAll();
    }

    // ----

    private void killAt(Moment moment) {
        kill(() -> {
            boolean isHeldByRedis = stopsAt(moment, this::kill);
            qiscus.setAvailable("11", false);
            if (isHeldByRedis) {
                await().atMost(MOST).until(() -> wire.isHolding() && isReached(moment));
                kill();
            }
        });
    }

    /** @param there makes sure that the process is killed at a certain point of the move */
    private void kill(Runnable there) {
        qiscus.setAvailable("12", true);
        there.run();
        qiscus.setAvailable("11", false);
        await().atMost(MOST).until(() -> !victim.isAlive());
    }

    /** kill -9, in the middle of a call, which is then never answered. */
    private boolean kill() {
        victim.kill();
        return false;
    }

    /** @return whether an answer of Redis is swallowed, so that the test itself stops the process */
    private boolean stopsAt(Moment moment, BooleanSupplier stops) {
        switch (moment) {
            case RESERVED -> swallowsAnswerTo("reserve");
            case WHILE_THE_ROOM_IS_READ -> whenTheRoomIsRead(stops);
            case WHILE_IT_ASKS_WHO_IS_IN_THE_ROOM -> whenTheRoomIsRead(() -> then(() -> qiscus.whenCalled(WHO, stops)));
            case BEFORE_THE_REMOVAL ->
                whenTheRoomIsRead(() -> then(() -> qiscus.beforeAnswering(WHO, this::claimIsRenewedInVain)));
            case WHILE_IT_REMOVES_BEFORE_THAT_TOOK_EFFECT -> qiscus.whenCalled(REMOVE, stops);
            case WHILE_IT_REMOVES_AFTER_THAT_TOOK_EFFECT -> qiscus.beforeAnswering(REMOVE, stops);
            case AFTER_THE_ANSWER_TO_THE_REMOVAL -> qiscus.beforeAnswering(REMOVE, this::claimIsRenewedInVain);
            case WHILE_IT_ASSIGNS_BEFORE_THAT_TOOK_EFFECT -> qiscus.whenCalled(ASSIGN, stops);
            case WHILE_IT_ASSIGNS_AFTER_THAT_TOOK_EFFECT -> qiscus.beforeAnswering(ASSIGN, stops);
            case BEFORE_IT_CONFIRMED -> qiscus.beforeAnswering(ASSIGN, () -> then(wire::swallowsRequests));
            case AFTER_IT_CONFIRMED -> swallowsAnswerTo("confirm");
        }
        return switch (moment) {
            case RESERVED,
                    BEFORE_THE_REMOVAL,
                    AFTER_THE_ANSWER_TO_THE_REMOVAL,
                    BEFORE_IT_CONFIRMED,
                    AFTER_IT_CONFIRMED -> true;
            default -> false;
        };
    }

    /** The comparison with Qiscus may have read it before. */
    private void whenTheRoomIsRead(BooleanSupplier happens) {
        qiscus.whenCalled(
                ROOM,
                () -> redis.client().zscore("claimed", "1") == null
                        ? then(() -> whenTheRoomIsRead(happens))
                        : happens.getAsBoolean());
    }

    private static boolean then(Runnable next) {
        next.run();
        return true;
    }

    /** Otherwise the swallowed answer would be that Redis does not know the script. */
    private void knowsScript(String name) {
        redis.client().scriptLoad(source("common") + source(name), "");
    }

    private static String source(String name) {
        try (InputStream lua = SwapStopsIT.class.getResourceAsStream("/redis/" + name + ".lua")) {
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean claimIsRenewedInVain() {
        return then(() -> swallowsAnswerTo("renew"));
    }

    /** The script runs, and its answer never arrives at the process. */
    private void swallowsAnswerTo(String script) {
        wire.swallowsAnswersTo("\"asked\":\"" + script + " ");
    }

    private boolean isReached(Moment moment) {
        return switch (moment) {
            case RESERVED -> redis.client().zscore("claimed", "1") != null;
            case AFTER_IT_CONFIRMED -> isAssignedTo("12");
            default -> true;
        };
    }

    /** Only the other agent has the room, and the younger customer still waits. */
    private void isMovedAfterAll() {
        await().atMost(MOST).until(() -> isAssignedTo("12"));
        assertThat(qiscus.agentOf("1")).isEqualTo("12");
        assertThat(qiscus.agentOf("2")).isNull();
        assertThat(timesTold("moved")).isEqualTo(1);
        isExact(Map.of("11", "0", "12", "1"));
    }

    private void isExact(Map<String, String> counts) {
        assertThat(redis.client().hgetAll("agent_customer_count")).isEqualTo(counts);
        assertThat(redis.client().zcard("claimed")).isZero();
        assertThat(qiscus.roomsWithTwoAgents()).isEmpty();
        assertThat(List.of(qiscus.mostCustomersOf("11"), qiscus.mostCustomersOf("12")))
                .allMatch(most -> most <= 1);
        assertThat(wrong).isEmpty();
    }

    /** Our count is never below the truth, and includes nothing but the rooms that we hold. */
    private void audit() {
        Map<String, String> before = Map.of();
        while (!over.get()) {
            wrong.addAll(CountsAndRooms.wrong(redis));
            Map<String, Integer> truth = Map.of("11", qiscus.customersOf("11"), "12", qiscus.customersOf("12"));
            Map<String, String> after = redis.client().hgetAll("agent_customer_count");
            for (String agent : truth.keySet()) {
                if (truth.get(agent) > Math.max(counted(before, agent), counted(after, agent))) {
                    wrong.add(agent + " has " + truth.get(agent) + " customers and counts " + after.get(agent));
                }
            }
            before = after;
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    private static int counted(Map<String, String> counts, String agent) {
        return Integer.parseInt(counts.getOrDefault(agent, "0"));
    }

    private boolean isAssignedTo(String agent) {
        return redis.isAssigned("1") && holder().equals(agent);
    }

    private String holder() {
        String assignment = redis.client().hget("assigned", "1");
        // In a move it also names the agent who is to get the room.
        return assignment == null
                ? ""
                : assignment.replaceFirst("\"to\":\\{[^}]*\\}", "").replaceFirst(".*\"agent_id\":\"([^\"]*)\".*", "$1");
    }

    private long timesTold(String event) {
        return redis.client().xrange("history", "-", "+").stream()
                .filter(entry -> event.equals(entry.getFields().get("event"))
                        && "1".equals(entry.getFields().get("room")))
                .count();
    }

    private int changesOfTheRoom() {
        return qiscus.calls(REMOVE).size() + qiscus.calls(ASSIGN).size();
    }
}
