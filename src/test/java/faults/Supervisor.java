package faults;

import faults.Ledger.Episode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Random actions on sessions and agents, on any instance, while things break. Never beyond the capacity. */
class Supervisor implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(120);

    private final Ledger ledger;
    private final List<faults.Instance> instances;
    private final Random random;
    private volatile boolean over;

    Supervisor(Ledger ledger, List<faults.Instance> instances, Random random) {
        this.ledger = ledger;
        this.instances = instances;
        this.random = random;
    }

    @Override
    public void run() {
        while (!over) {
            act();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** From now on all agents get chats again. */
    void goHome() {
        over = true;
        for (String agent : ledger.agents()) {
            until("POST", "/agents/" + agent + "/resume", "");
            until("PUT", "/agents/" + agent + "/capacity", "{\"max_customer_per_agent\":null}");
        }
    }

    private void until(String method, String path, String body) {
        Awaitility.await(path)
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .until(() -> Set.of(200, 404).contains(ask(method, path, body).join()));
    }

    private void act() {
        String agent = ledger.agents().get(random.nextInt(ledger.agents().size()));
        String chosen = "{\"agent_id\":\"" + agent + "\"}";
        switch (random.nextInt(10)) {
            case 0 ->
                ask(
                        "POST",
                        "/agents/" + agent + "/pause",
                        "{\"until\":\"" + Instant.now().plusMillis(1500) + "\"}");
            case 1 -> ask("POST", "/agents/" + agent + "/resume", "");
            case 2 ->
                ask("PUT", "/agents/" + agent + "/capacity", "{\"max_customer_per_agent\":" + random.nextInt(3) + "}");
            case 3 -> ask("PUT", "/agents/" + agent + "/capacity", "{\"max_customer_per_agent\":null}");
            case 4, 5 -> handle(ledger.waiting(), "assign", chosen);
            case 6 -> handle(ledger.waiting(), "priority", "{\"place\":\"first\"}");
            case 7 -> handle(ledger.served(), "move", chosen);
            case 8 -> handle(ledger.served(), "move", "");
            default -> handle(ledger.served(), "release", "");
        }
    }

    private void handle(List<Episode> episodes, String action, String body) {
        if (!episodes.isEmpty()) {
            Episode episode = episodes.get(random.nextInt(episodes.size()));
            ledger.handles(episode.roomId);
            ledger.note("the supervisor tries " + action + " " + body + " with " + episode);
            ask("POST", "/sessions/" + episode.roomId + "/" + action, body).thenAccept(status -> {
                ledger.note("the supervisor got " + status + " for " + action + " with " + episode);
                ledger.count("supervisor: " + action + " answered " + status);
            });
        }
    }

    /** @return the status, 0 if there was no answer */
    private CompletableFuture<Integer> ask(String method, String path, String body) {
        return instances
                .get(random.nextInt(instances.size()))
                .send(method, path, body)
                .thenApply(HttpResponse::statusCode)
                .exceptionally(unanswered -> 0)
                .completeOnTimeout(0, 10, TimeUnit.SECONDS);
    }
}
