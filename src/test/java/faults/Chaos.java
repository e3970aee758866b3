package faults;

import faults.FaultyQiscus.Endpoint;
import faults.FaultyQiscus.Fault;
import faults.FaultyQiscus.Mood;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import support.RealRedis;

/** Breaks one thing after another, on the thread that calls {@link #rage}, and repairs each some time later. */
class Chaos {
    static final Duration MOST_FOR_AN_EXIT = Duration.ofSeconds(10);

    /** Milliseconds; the lease of the decider ends after a quarter of it. */
    private static final int LONGEST_FREEZE = 10_000;

    /** A process that is exiting may be frozen meanwhile. */
    private static final Duration PATIENCE_WITH_AN_EXIT =
            MOST_FOR_AN_EXIT.plusMillis(LONGEST_FREEZE).plusSeconds(5);

    private record Due(long at, Runnable repair) {}

    private final Ledger ledger;
    private final List<Instance> instances;
    private final RealRedis redis;
    private final FaultyQiscus qiscus;
    private final Duration longestLag;
    private final Random random;
    private final Queue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private boolean redisIsDown;
    private boolean wasFrozenForLong;
    private long ending;
    private Duration longestExit = Duration.ZERO;
    private int customer;

    Chaos(
            Ledger ledger,
            List<Instance> instances,
            RealRedis redis,
            FaultyQiscus qiscus,
            Duration longestLag,
            Random random) {
        this.ledger = ledger;
        this.instances = instances;
        this.redis = redis;
        this.qiscus = qiscus;
        this.longestLag = longestLag;
        this.random = random;
    }

    Duration longestExit() {
        return longestExit;
    }

    void rage(Duration during) {
        ending = System.nanoTime() + during.toNanos();
        long next = System.nanoTime();
        while (System.nanoTime() < ending) {
            if (System.nanoTime() >= next) {
                breakSomething();
                next = System.nanoTime()
                        + Duration.ofMillis(300 + random.nextInt(1500)).toNanos();
            }
            mendWhatIsDue();
            LockSupport.parkNanos(20_000_000);
        }
        mendAll();
    }

    private void mendWhatIsDue() {
        while (!due.isEmpty() && due.peek().at() - System.nanoTime() <= 0) {
            due.poll().repair().run();
        }
    }

    /** All processes run and nothing is broken any more. */
    private void mendAll() {
        while (!due.isEmpty()) {
            due.poll().repair().run();
        }
        qiscus.sets(null);
        qiscus.isIn(null);
        ledger.agents().forEach(agent -> ledger.online(agent, true));
        instances.forEach(Instance::start);
        instances.forEach(Instance::awaitReady);
        ledger.note("everything is well again");
    }

    private void later(int atLeast, int atMost, Runnable repair) {
        due.add(new Due(
                System.nanoTime()
                        + Duration.ofMillis(atLeast + random.nextInt(atMost - atLeast))
                                .toNanos(),
                repair));
    }

    private void breakSomething() {
        int dice = random.nextInt(100);
        if (dice < 8) {
            killInstance(anyInstance(), "kill -9 of an instance");
        } else if (dice < 12) {
            decider().ifPresent(decider -> killInstance(decider, "kill -9 of the decider"));
        } else if (dice < 20) {
            killInstanceInAssign();
        } else if (dice < 25) {
            terminateInstance();
        } else if (dice < 33) {
            decider().ifPresent(decider -> freezeInstance(decider, "SIGSTOP of the decider"));
        } else if (dice < 35) {
            freezeInstance(anyInstance(), "SIGSTOP of an instance");
        } else if (dice < 39) {
            killRedis();
        } else if (dice < 42) {
            freezeRedis();
        } else if (dice < 66) {
            spoilQiscus();
        } else if (dice < 76) {
            ledger.showsAfter(Duration.ofMillis(random.nextInt((int) longestLag.toMillis() + 1)));
        } else if (dice < 90) {
            sendAgentHome();
        } else {
            sendForeignCustomer();
        }
    }

    private Instance anyInstance() {
        return instances.get(random.nextInt(instances.size()));
    }

    /** The instance that decides now; null while Redis is away, or after a fault. */
    private Optional<Instance> decider() {
        return redisIsDown ? Optional.empty() : deciderOf(instances, redis);
    }

    static Optional<Instance> deciderOf(List<Instance> instances, RealRedis redis) {
        String holder = redis.client().get("decider");
        return instances.stream().filter(instance -> instance.isDecider(holder)).findFirst();
    }

    private void killInstance(Instance victim, String what) {
        if (victim.isAlive()) {
            ledger.note(what + ": " + victim.name());
            ledger.count(what);
            victim.kill();
            later(100, 2500, () -> restart(victim));
        }
    }

    private void freezeInstance(Instance victim, String what) {
        if (victim.isAlive() && !victim.isFrozen()) {
            ledger.note(what + ": " + victim.name());
            ledger.count(what);
            victim.freeze();
            later(500, LONGEST_FREEZE, () -> {
                ledger.note("SIGCONT " + victim.name());
                victim.thaw();
            });
        }
    }

    private void restart(Instance victim) {
        ledger.note("starts " + victim.name());
        victim.start();
    }

    /** At the exact moment when it waits for the answer, before or after the assignment took effect. */
    private void killInstanceInAssign() {
        boolean afterEffect = random.nextBoolean();
        AtomicBoolean sprung = new AtomicBoolean();
        qiscus.sets((endpoint, name, done) -> {
            if (endpoint != Endpoint.ASSIGN || done != afterEffect || !sprung.compareAndSet(false, true)) {
                return true;
            }
            ledger.note("kill -9 " + name + (done ? " after" : " before") + " its assignment took effect");
            ledger.count("kill -9 in an assignment");
            instances.stream().filter(instance -> instance.name().equals(name)).forEach(Instance::kill);
            // Before: the process is gone, and its request with it.
            return false;
        });
        later(1000, 2500, () -> {
            qiscus.sets(null);
            instances.stream().filter(instance -> !instance.isAlive()).forEach(this::restart);
        });
    }

    private void terminateInstance() {
        Instance victim = anyInstance();
        if (victim.isAlive() && !victim.isFrozen()) {
            ledger.note("SIGTERM " + victim.name());
            ledger.count("SIGTERM of an instance");
            CompletableFuture<Duration> exit =
                    CompletableFuture.supplyAsync(() -> victim.terminate(PATIENCE_WITH_AN_EXIT));
            later(10, 20, () -> awaitExit(victim, exit));
        }
    }

    private void awaitExit(Instance victim, CompletableFuture<Duration> exit) {
        Duration took = exit.join();
        ledger.note(victim.name() + " exited after " + took.toMillis() + " ms");
        longestExit = took.compareTo(longestExit) > 0 ? took : longestExit;
        restart(victim);
    }

    private void killRedis() {
        if (!redisIsDown) {
            ledger.note("kill -9 Redis");
            ledger.count("kill -9 of Redis");
            redisIsDown = true;
            redis.kill();
            later(100, 2500, () -> {
                redis.start();
                redisIsDown = false;
                ledger.note("Redis is back");
            });
        }
    }

    /** It keeps its connections and does not answer, as behind a network that drops packets; once for half a minute. */
    private void freezeRedis() {
        if (!redisIsDown) {
            ledger.note("Redis freezes");
            ledger.count("Redis frozen");
            redisIsDown = true;
            redis.freeze();
            int atLeast = wasFrozenForLong
                            || ending - System.nanoTime()
                                    < Duration.ofMinutes(3).toNanos()
                    ? 500
                    : 30_000;
            wasFrozenForLong = wasFrozenForLong || atLeast == 30_000;
            later(atLeast, atLeast + 4000, () -> {
                redis.thaw();
                redisIsDown = false;
                ledger.note("Redis goes on");
            });
        }
    }

    /** A rollout of a new version: each process gets SIGTERM, and the next one only after its successor serves. */
    void restartOneAfterTheOther() {
        for (Instance instance : instances) {
            ledger.note("SIGTERM " + instance.name());
            ledger.count("SIGTERM of an instance");
            awaitExit(instance, CompletableFuture.supplyAsync(() -> instance.terminate(PATIENCE_WITH_AN_EXIT)));
            instance.awaitReady();
        }
    }

    private void spoilQiscus() {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        Endpoint endpoint = random.nextInt(3) == 0 ? null : Endpoint.values()[random.nextInt(Endpoint.values().length)];
        qiscus.isIn(new Mood(fault, endpoint, random.nextInt(4) == 0 ? 1 : 0.1 + random.nextDouble() * 0.5));
        later(500, 3000, () -> qiscus.isIn(null));
    }

    private void sendAgentHome() {
        List<String> agents = ledger.agents();
        String agent = agents.get(random.nextInt(agents.size()));
        if (ledger.isOnline(agent) && agents.stream().filter(ledger::isOnline).count() > agents.size() / 2) {
            ledger.count("agents going home");
            ledger.online(agent, false);
            later(500, 4000, () -> ledger.online(agent, true));
        }
    }

    private void sendForeignCustomer() {
        List<String> agents = ledger.agents();
        String agent = agents.get(random.nextInt(agents.size()));
        String name = "foreign-" + ++customer;
        ledger.count("foreign customers");
        ledger.foreign(agent, name, true);
        later(1000, 8000, () -> ledger.foreign(agent, name, false));
    }
}
