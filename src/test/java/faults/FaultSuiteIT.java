package faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import faults.FaultyQiscus.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.exceptions.JedisException;
import support.FakeQiscus;
import support.RealRedis;

/**
 * Three processes of the packaged program, between a Redis and a Qiscus that fail. Afterwards the ledger of the truth
 * is checked. {@code -Dfaults.seed=N} repeats the decisions of a run, {@code -Dfaults.minutes=N} sets how long things
 * break, and {@code -Dfaults.instances=N} the number of processes. {@code target/faults} shows what happened when.
 */
class FaultSuiteIT {
    private static final int CAPACITY = 2;
    private static final int AGENTS = 10;
    private static final Duration SETTLE_TIME = Duration.ofMillis(2500);

    private static final Duration QISCUS_TIMEOUT = Duration.ofMillis(1500);
    private static final Duration RECONCILE_PERIOD = Duration.ofSeconds(3);
    /** How late Qiscus shows changes at most; its webhooks are never that late. */
    private static final Duration LONGEST_LAG = SETTLE_TIME;

    /** The time limit from the stop of the decider to the first assign call of another one. */
    private static final Duration MOST_WITHOUT_DECIDER = Duration.ofSeconds(4);

    @RegisterExtension
    private final RealRedis redis =
            RealRedis.ofItsOwn("--appendfsync", System.getProperty("faults.appendfsync", "always"));

    private final long seed = Long.getLong("faults.seed", System.nanoTime() % 1_000_000);
    private final Duration chaos =
            Duration.ofMillis((long) (60_000 * Double.parseDouble(System.getProperty("faults.minutes", "0.5"))));
    private final Random random = new Random(seed);
    private final Map<String, Set<String>> agentsOfChannel = new HashMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private final List<String> miscounts = new ArrayList<>();
    private Path directory;
    private Ledger ledger;
    private FaultyQiscus qiscus;
    private Customers customers;
    private long miscountSamples;
    private volatile boolean over;
    private Thread auditor;

    @BeforeEach
    void startEverything(TestInfo test) throws IOException {
        directory =
                Path.of("target", "faults", test.getTestMethod().orElseThrow().getName());
        Files.createDirectories(directory);
        ledger = new Ledger(CAPACITY, LONGEST_LAG.plus(SETTLE_TIME), agentsOfChannel, directory.resolve("events.log"));
        ledger.note("seed " + seed + ", Redis at port " + redis.port());
        IntStream.rangeClosed(1, AGENTS).forEach(i -> ledger.hasAgent(Integer.toString(9000 + i)));
        Set<String> all = new TreeSet<>(ledger.agents());
        // 9001 and 9002 serve all channels, the others one to three.
        agentsOfChannel.putAll(Map.of(
                "1", all,
                "2", Set.of("9001", "9002", "9003", "9004", "9005", "9006"),
                "3", Set.of("9001", "9002", "9006", "9007", "9008", "9009", "9010"),
                "4", Set.of("9001", "9002", "9003"),
                "5", Set.of("9001", "9002", "9003", "9008")));
        qiscus = new FaultyQiscus(ledger, QISCUS_TIMEOUT, new Random(random.nextLong()));
        Map<String, String> settings = Map.of(
                "QISCUS_BASE_URL",
                qiscus.url(),
                "QISCUS_SECRET_KEY",
                FakeQiscus.SECRET,
                "QISCUS_TIMEOUT",
                QISCUS_TIMEOUT.toMillis() + "ms",
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                Integer.toString(redis.port()),
                "SETTLE_TIME",
                SETTLE_TIME.toMillis() + "ms",
                "CLAIM_LEASE",
                QISCUS_TIMEOUT.multipliedBy(3).toMillis() + "ms",
                "DISPATCH_PERIOD",
                "250ms",
                "RECONCILE_PERIOD",
                RECONCILE_PERIOD.toMillis() + "ms",
                "MAX_CUSTOMERS_PER_AGENT",
                Integer.toString(CAPACITY));
        int processes = Integer.getInteger("faults.instances", 3);
        for (String name : List.of("one", "two", "three").subList(0, processes)) {
            Map<String, String> its = new HashMap<>(settings);
            // No agent answers, so customers who stay longer move.
            its.put("ANSWER_WITHIN", "1500ms");
            its.put("WATCH_PERIOD", "500ms");
            its.put("SILENT_PAUSE_AFTER", "off");
            // Qiscus recognises the caller by the path of the call.
            its.put("QISCUS_BASE_URL", qiscus.url() + "/" + name);
            instances.add(new Instance(name, its, directory));
        }
        instances.forEach(Instance::start);
        instances.forEach(Instance::awaitReady);
        customers = new Customers(ledger, instances, Duration.ofMillis(1000), new Random(random.nextLong()));
        auditor = new Thread(this::audit, "auditor");
        auditor.start();
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        over = true;
        if (customers != null) {
            customers.close();
        }
        instances.forEach(Instance::close);
        if (auditor != null) {
            auditor.join();
        }
        if (qiscus != null) {
            qiscus.close();
        }
        ledger.close();
    }

    @Test
    void no_session_is_lost_or_assigned_twice_and_no_agent_exceeds_their_capacity() throws Exception {
        long begin = System.nanoTime();
        Chaos breaker = new Chaos(ledger, instances, redis, qiscus, LONGEST_LAG, new Random(random.nextLong()));
        ledger.showsAfter(Duration.ofMillis(300));

        customers.behave(1);
        customers.arrive(26, Duration.ofSeconds(chaos.toMinutes() < 5 ? 5 : 10));
        drain();

        customers.misbehave();
        Supervisor supervisor = new Supervisor(ledger, instances, new Random(random.nextLong()));
        CompletableFuture<Void> hands = CompletableFuture.runAsync(supervisor);
        CompletableFuture<Void> arrivals = CompletableFuture.runAsync(() -> customers.arrive(8, chaos.minusSeconds(2)));
        breaker.rage(chaos);
        supervisor.goHome();
        hands.join();
        arrivals.join();
        drain();

        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> customers.arrive(8, Duration.ofSeconds(6)));
        breaker.restartOneAfterTheOther();
        load.join();
        drain();

        ledger.showsAfter(Duration.ofMillis(300));
        customers.behave(2);
        customers.arrive(26, Duration.ofSeconds(4));
        drain();

        nothingWentWrong(begin, chaos, breaker.longestExit());
    }

    @Test
    void aFrozenDeciderThatWakesUpBesideItsSuccessorDoesNoHarm() throws Exception {
        theNextOneDecides(Instance::freeze, Instance::thaw);
    }

    @Test
    void aKilledDeciderIsReplaced() throws Exception {
        theNextOneDecides(Instance::kill, Instance::start);
    }

    /**
     * In the middle of work: many sessions wait, and calls are under way. Ten seconds later the first instance is back.
     */
    private void theNextOneDecides(Consumer<Instance> stops, Consumer<Instance> goesOn) throws Exception {
        long begin = System.nanoTime();
        ledger.showsAfter(Duration.ofMillis(300));
        Instance first = Awaitility.await("a decider")
                .until(() -> Chaos.deciderOf(instances, redis), Optional::isPresent)
                .orElseThrow();
        customers.behave(0);
        customers.arriveTogether(60);
        customers.arrive(26, Duration.ofSeconds(3));
        Awaitility.await("assign calls under way")
                .pollInterval(Duration.ofMillis(1))
                .until(() -> redis.client().zcard("claimed") > 1);

        AtomicLong nextCall = new AtomicLong();
        stops.accept(first);
        long stopped = System.nanoTime();
        ledger.note(first.name() + " stopped in the middle of work");
        qiscus.sets((endpoint, name, done) -> {
            if (endpoint == Endpoint.ASSIGN && !name.equals(first.name())) {
                nextCall.compareAndSet(0, System.nanoTime());
            }
            return true;
        });
        Awaitility.await("another one to decide").until(() -> nextCall.get() != 0);
        Duration took = Duration.ofNanos(nextCall.get() - stopped);
        ledger.note("the next assign call came after " + took.toMillis() + " ms");

        customers.behave(1);
        customers.arrive(24, Duration.ofSeconds(10).minus(Duration.ofNanos(System.nanoTime() - stopped)));
        assertThat(ledger.waiting()).as("sessions that wait when it wakes").isNotEmpty();
        goesOn.accept(first);
        ledger.note(first.name() + " goes on");
        customers.arrive(24, Duration.ofSeconds(3));
        first.awaitReady();
        drain();

        nothingWentWrong(begin, Duration.ofSeconds(10), Duration.ZERO);
        assertThat(took).isLessThan(MOST_WITHOUT_DECIDER);
    }

    private void nothingWentWrong(long begin, Duration broken, Duration longestExit) throws Exception {
        // Some keep their agents, so that there is something to count.
        Awaitility.await("everybody to be resolved")
                .atMost(Duration.ofSeconds(30))
                .until(() -> ledger.agents().stream().allMatch(agent -> ledger.customersOf(agent) == 0));
        customers.resolveNoMore();
        customers.arriveTogether(AGENTS);
        drain();
        Checker checker = new Checker(ledger, agentsOfChannel, CAPACITY);
        Map<String, List<String>> violations = checker.violations(parked());
        violations.put("count drift", driftAfterQuiet(checker));
        violations.put("count is not the number of rooms", List.copyOf(miscounts));
        violations.put(
                "exit took longer than 10 s",
                longestExit.compareTo(Chaos.MOST_FOR_AN_EXIT) > 0 ? List.of(longestExit.toString()) : List.of());
        report(violations, checker, broken, Duration.ofNanos(System.nanoTime() - begin));
        assertThat(violations)
                .allSatisfy((what, found) ->
                        assertThat(found).as("%s, seed %d", what, seed).isEmpty());
    }

    /** Waits until no session waits in Qiscus. If one never stops waiting, the checker reports it. */
    private void drain() {
        try {
            Awaitility.await("everybody to be served")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        JsonNode parked = parked();
                        return ledger.waiting().stream()
                                .allMatch(episode -> parked.path("data").has(episode.roomId));
                    });
        } catch (ConditionTimeoutException stuck) {
            ledger.note("not drained: " + ledger.waiting());
        }
        ledger.note("drained");
    }

    private JsonNode parked() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(instances.get(0).get("/parked").body());
    }

    private List<String> driftAfterQuiet(Checker checker) {
        Duration quiet = RECONCILE_PERIOD.multipliedBy(2).plus(SETTLE_TIME).plusSeconds(2);
        List<String> drift = new ArrayList<>();
        try {
            Awaitility.await("the counts to be the truth").atMost(quiet).until(() -> {
                drift.clear();
                drift.addAll(checker.countDrift(redis.client().hgetAll("agent_customer_count")));
                return drift.isEmpty();
            });
        } catch (ConditionTimeoutException stillDrifted) {
            ledger.note("drift " + drift);
        }
        return drift;
    }

    private void audit() {
        while (!over) {
            try {
                List<String> wrong = CountsAndRooms.wrong(redis);
                miscountSamples++;
                if (!wrong.isEmpty()) {
                    miscounts.add(wrong.toString());
                    ledger.note("MISCOUNT " + wrong);
                }
            } catch (JedisException down) {
                // It was killed.
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void report(Map<String, List<String>> violations, Checker checker, Duration broken, Duration took)
            throws IOException {
        StringBuilder table = new StringBuilder("seed %d, %d processes, %d s, of which things broke for %d s%n%n"
                .formatted(seed, instances.size(), took.toSeconds(), broken.toSeconds()));
        table.append("| must be 0 | found |%n| --- | ---: |%n".formatted());
        violations.forEach((what, found) -> table.append("| %s | %d |%n".formatted(what, found.size())));
        table.append("%n| seen | times |%n| --- | ---: |%n".formatted());
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("sessions", ledger.episodes().size());
        seen.put("sessions measured for order", checker.measured().size());
        seen.put(
                "assigned by us",
                ledger.episodes().stream().filter(Ledger.Episode::givenByUs).count());
        seen.put(
                "another agent tried for a placed room, refused by Qiscus",
                ledger.secondTries().size());
        seen.put(
                "past the capacity by a customer from elsewhere nobody could know of",
                ledger.surprised().size());
        seen.put("looks at counts and rooms at one instant", miscountSamples);
        seen.putAll(ledger.tally());
        seen.forEach((what, times) -> table.append("| %s | %s |%n".formatted(what, times)));
        violations.forEach((what, found) -> found.forEach(line -> table.append("%n%s: %s".formatted(what, line))));
        System.out.println(table);
        Files.writeString(directory.resolve("result.md"), table);
    }
}
