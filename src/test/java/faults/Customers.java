package faults;

import faults.Ledger.Episode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Customers who write and agents who resolve, with the webhooks of Qiscus: in calm phases each once and at once,
 * otherwise repeated, delayed past later ones, or never. All decisions are made on one thread.
 */
class Customers implements AutoCloseable {
    private static final int MOST_WAITING = 150;
    private static final List<String> CHANNELS = List.of("1", "1", "1", "2", "2", "3", "3", "4", "5");

    private final Ledger ledger;
    private final List<Instance> instances;
    private final Random random;
    /** The longest delay of a webhook: within the settle time a call for an assigned room is a late repetition. */
    private final int latest;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Episode> gone = new ArrayList<>();
    private volatile boolean faulty;
    private volatile boolean resolving = true;
    private volatile int calm;
    private long nextRoom = 187_000_000;

    Customers(Ledger ledger, List<Instance> instances, Duration latest, Random random) {
        this.ledger = ledger;
        this.instances = instances;
        this.latest = (int) latest.toMillis();
        this.random = random;
        ledger.whenServed(this::served);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** From now on each webhook comes once and at once, and what arrives belongs to the n-th calm phase. */
    void behave(int phase) {
        faulty = false;
        calm = phase;
    }

    void misbehave() {
        faulty = true;
        calm = 0;
    }

    void resolveNoMore() {
        resolving = false;
    }

    /** Returns when all have come. No customer comes while too many wait. */
    void arrive(int perSecond, Duration during) {
        long end = System.nanoTime() + during.toNanos();
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> arriveUntil(end, perSecond, done));
        done.join();
    }

    void arriveTogether(int customers) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            for (int i = 0; i < customers; i++) {
                arrives();
            }
            done.complete(null);
        });
        done.join();
    }

    private void arriveUntil(long end, int perSecond, CompletableFuture<Void> done) {
        if (System.nanoTime() >= end) {
            done.complete(null);
            return;
        }
        if (ledger.waiting().size() < MOST_WAITING) {
            int together = 1 + random.nextInt(5);
            for (int i = 0; i < together; i++) {
                arrives();
            }
        }
        after(random.nextInt(6000 / perSecond), () -> arriveUntil(end, perSecond, done));
    }

    private void arrives() {
        Episode before = !gone.isEmpty() && random.nextInt(10) < 3 ? gone.remove(random.nextInt(gone.size())) : null;
        // A customer who returns before we learned that they had left has no place of their own in the order.
        boolean measured = calm > 0 && (before == null || before.resolveTold);
        Episode episode = before != null
                ? ledger.arrives(before.roomId, before.channel, measured ? calm : 0)
                : ledger.arrives(
                        Long.toString(nextRoom++), CHANNELS.get(random.nextInt(CHANNELS.size())), measured ? calm : 0);
        if (!faulty) {
            calls(episode, true);
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 8) {
            ledger.count("webhooks never sent");
        } else if (dice < 20) {
            ledger.count("webhooks late");
            after(random.nextInt(latest), () -> calls(episode, true));
        } else {
            calls(episode, true);
        }
        if (dice >= 8 && dice % 4 == 0) {
            // The customer keeps writing, and Qiscus calls for each message while there is no agent.
            for (int i = 0; i <= random.nextInt(3); i++) {
                after(random.nextInt(3000), () -> callsIfWaiting(episode));
            }
        }
        if (dice >= 8 && dice % 5 == 0) {
            ledger.count("webhooks doubled");
            after(random.nextInt(latest), () -> calls(episode, false));
        }
        if (dice >= 96) {
            after(random.nextInt(3000), () -> {
                if (ledger.takesOver(episode, anyAgent())) {
                    ledger.count("taken over");
                    after(500 + random.nextInt(3000), () -> resolves(episode));
                }
            });
        } else if (dice >= 93) {
            after(random.nextInt(3000), () -> {
                if (ledger.waits(episode)) {
                    ledger.count("resolved while waiting");
                    resolves(episode);
                }
            });
        }
    }

    private String anyAgent() {
        List<String> agents = ledger.agents();
        return agents.get(random.nextInt(agents.size()));
    }

    private void callsIfWaiting(Episode episode) {
        if (ledger.waits(episode)) {
            ledger.count("webhooks repeated");
            calls(episode, false);
        }
    }

    /** In calm phases a proxy in front sends nothing to an instance that does not answer. */
    private Instance anyInstance() {
        List<Instance> awake = faulty
                ? instances
                : instances.stream()
                        .filter(instance -> instance.isAlive() && !instance.isFrozen())
                        .toList();
        return awake.get(random.nextInt(awake.size()));
    }

    private void calls(Episode episode, boolean again) {
        Instance instance = anyInstance();
        ledger.sent(episode);
        ledger.count("webhooks");
        instance.post("/webhook", newSession(episode)).whenComplete((answer, failure) -> {
            if (failure == null && answer.statusCode() / 100 == 2) {
                ledger.accepted(episode);
                return;
            }
            ledger.count(failure == null ? "webhooks answered " + answer.statusCode() : "webhooks unanswered");
            if (again) {
                // The customer gets no answer, so they write again.
                after(300 + (int) (episode.service % 900), () -> {
                    if (ledger.waits(episode)) {
                        calls(episode, true);
                    }
                });
            }
        });
    }

    private void served(Episode episode) {
        if (resolving) {
            after(250 + (int) (episode.service * 7919 % 1500), () -> {
                if (resolving) {
                    resolves(episode);
                }
            });
        }
    }

    private void resolves(Episode episode) {
        if (!ledger.resolves(episode)) {
            return;
        }
        int dice = faulty ? random.nextInt(100) : 50;
        if (dice < 6) {
            ledger.count("resolves never sent");
        } else if (dice < 14) {
            ledger.count("resolves late");
            after(random.nextInt(latest), () -> tells(episode));
        } else {
            tells(episode);
        }
        if (dice >= 90) {
            ledger.count("resolves doubled");
            after(random.nextInt(latest), () -> tells(episode));
        }
        // A customer may be back at once.
        gone.add(episode);
    }

    private void tells(Episode episode) {
        Instance instance = anyInstance();
        ledger.resolveSent(episode);
        ledger.count("resolves");
        instance.post("/resolve", resolve(episode)).whenComplete((answer, failure) -> {
            if (failure == null && answer.statusCode() / 100 == 2) {
                ledger.resolveTold(episode);
            } else {
                ledger.count(failure == null ? "resolves answered " + answer.statusCode() : "resolves unanswered");
            }
        });
    }

    private void after(int milliseconds, Runnable task) {
        if (!thread.isShutdown()) {
            thread.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException | Error broken) {
                            ledger.note("the load driver is broken: " + broken);
                            ledger.count("driver broken");
                        }
                    },
                    milliseconds,
                    TimeUnit.MILLISECONDS);
        }
    }

    static String newSession(Episode episode) {
        return """
                {"source":"qiscus","name":"Customer %s","email":"c@example.com","is_new_session":%b,\
                "is_resolved":%b,"latest_service":%s,"room_id":"%s","candidate_agent":null,\
                "channel":{"id":%s,"name":"Channel","source":"qiscus"}}""".formatted(
                        episode.roomId,
                        episode.previousService == null,
                        episode.previousService != null,
                        episode.previousService == null ? "null" : "{\"id\":" + episode.previousService + "}",
                        episode.roomId,
                        episode.channel);
    }

    /** An admin clicks for every third resolve. */
    static String resolve(Episode episode) {
        return """
                {"customer":{"name":"Customer %s"},"resolved_by":{"id":%s,"type":"%s"},\
                "service":{"id":%d,"room_id":"%s","is_resolved":true,"notes":null,"source":"qiscus"}}""".formatted(
                        episode.roomId,
                        episode.service % 3 == 0 ? "1" : episode.agent,
                        episode.service % 3 == 0 ? "admin" : "agent",
                        episode.service,
                        episode.roomId);
    }
}
