package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;
import support.FakeQiscus;
import support.RedisNode;
import support.RunningApplication;

/** The whole program on a master with two replicas, watched by three Sentinels. */
class RedisSentinelIT {
    private static final String NAME = "chats";

    @RegisterExtension
    final RunningApplication app = RunningApplication.onAnotherRedis();

    private final FakeQiscus qiscus = app.qiscus();
    private final List<RedisNode> servers = new ArrayList<>();
    private final List<RedisNode> sentinels = new ArrayList<>();
    private final ScheduledExecutorService customers = Executors.newSingleThreadScheduledExecutor();

    private record Written(String room, int status) {}

    private final List<Written> written = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startAll() throws Exception {
        servers.add(server());
        for (int i = 0; i < 2; i++) {
            servers.add(server(
                    "--replicaof", "127.0.0.1", Integer.toString(servers.get(0).port())));
        }
        await("the replicas")
                .until(() -> servers.get(0)
                                .ask(node -> node.info("replication"))
                                .lines()
                                .filter(line -> line.contains("state=online"))
                                .count()
                        == 2);
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisNode.launchSentinel(NAME, servers.get(0), "user app on >of-the-sentinels ~* &* +@all"));
        }
        await("the Sentinels to know each other and the replicas").until(() -> sentinels.stream()
                .allMatch(sentinel -> sentinel.ask(node -> node.sentinelSentinels(NAME))
                                        .size()
                                == 2
                        && sentinel.ask(node -> node.sentinelReplicas(NAME)).size() == 2));
        qiscus.hasAgents("11", "12", "13");
        app.with("REDIS_SENTINELS", sentinels.stream().map(RedisNode::address).collect(Collectors.joining(", ")));
        app.with("REDIS_SENTINEL_MASTER", NAME);
        app.with("REDIS_SENTINEL_USER", "app").with("REDIS_SENTINEL_PASSWORD", "of-the-sentinels");
        app.with("MAX_CUSTOMERS_PER_AGENT", "1000").with("RECONCILE_PERIOD", "2s");
        app.start();
    }

    private static RedisNode server(String... options) {
        List<String> all = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
        all.addAll(List.of("--min-replicas-to-write", "1", "--min-replicas-max-lag", "10"));
        all.addAll(List.of(options));
        return RedisNode.launch(all.toArray(String[]::new));
    }

    @AfterEach
    void stopAll() {
        customers.shutdownNow();
        try {
            app.stop();
        } finally {
            sentinels.forEach(RedisNode::close);
            servers.forEach(RedisNode::close);
        }
    }

    @Test
    void whenTheMasterDiesUnderLoadEveryCustomerGetsAnAgent() throws Exception {
        customersKeepWriting();
        await().until(() -> accepted() > 10);
        RedisNode old = master();

        old.kill();

        await().until(() -> written.stream().anyMatch(call -> call.status() == 503));
        int before = accepted();
        await("calls to be accepted again").atMost(Duration.ofSeconds(20)).until(() -> accepted() > before + 10);
        customers.shutdown();
        customers.awaitTermination(10, TimeUnit.SECONDS);
        assertThat(written).allMatch(call -> call.status() == 200 || call.status() == 503);
        assertThat(master().port()).isNotEqualTo(old.port());
        await("every customer to have an agent").atMost(Duration.ofSeconds(30)).until(() -> written.stream()
                .allMatch(call -> qiscus.agentOf(call.room()) != null));
        assertThat(qiscus.assignedRooms()).doesNotHaveDuplicates();
        resolveAll();
        assertThat(sentinels.get(0).<String>ask(Jedis::clientList)).contains("user=app");
    }

    @Test
    void afterAPlannedFailoverTheOldMasterIsLeftAtOnce() throws Exception {
        customersKeepWriting();
        await().until(() -> accepted() > 10);
        RedisNode old = master();

        sentinels.get(0).ask(sentinel -> sentinel.sentinelFailover(NAME));

        await("another master").atMost(Duration.ofSeconds(20)).until(() -> master().port() != old.port());
        int before = accepted();
        await("calls to be accepted").atMost(Duration.ofSeconds(20)).until(() -> accepted() > before + 10);
        customers.shutdown();
        customers.awaitTermination(10, TimeUnit.SECONDS);
        await("every customer to have an agent").atMost(Duration.ofSeconds(30)).until(() -> written.stream()
                .allMatch(call -> qiscus.agentOf(call.room()) != null));
        resolveAll();
    }

    /**
     * Twenty per second and more. As in the real Qiscus, a customer who was not accepted is in its list of waiting
     * rooms.
     */
    private void customersKeepWriting() {
        AtomicInteger rooms = new AtomicInteger();
        customers.scheduleWithFixedDelay(
                () -> {
                    String room = Integer.toString(1000 + rooms.incrementAndGet());
                    qiscus.missesTheWebhookOf(room, Instant.now());
                    try {
                        written.add(new Written(room, app.customerWrites(room).statusCode()));
                    } catch (Exception unanswered) {
                        written.add(new Written(room, 0));
                    }
                },
                0,
                40,
                TimeUnit.MILLISECONDS);
    }

    private int accepted() {
        return (int) written.stream().filter(call -> call.status() == 200).count();
    }

    private void resolveAll() throws Exception {
        long service = 0;
        for (Written call : written) {
            qiscus.resolves(call.room());
            int status = app.post("/resolve", RunningApplication.resolve(call.room(), ++service))
                    .statusCode();
            assertThat(status).isEqualTo(200);
        }
        await("all counts to be zero")
                .atMost(Duration.ofSeconds(30))
                .until(() -> master().ask(node -> node.hvals("agent_customer_count")).stream()
                        .allMatch("0"::equals));
    }

    private RedisNode master() {
        String port = sentinels
                .get(0)
                .ask(sentinel -> sentinel.sentinelGetMasterAddrByName(NAME))
                .get(1);
        return servers.stream()
                .filter(server -> port.equals(Integer.toString(server.port())))
                .findFirst()
                .orElseThrow();
    }
}
