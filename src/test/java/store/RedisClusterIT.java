package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static redis.clients.jedis.Protocol.Command.CLUSTER;

import assignment.RoomHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.redis.core.StringRedisTemplate;
import qiscus.Json;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.util.JedisClusterCRC16;
import support.FakeQiscus;
import support.RealRedis;
import support.RedisNode;
import support.RunningApplication;
import support.StoredState;
import wallboard.BoardSnapshot;

/** The whole program on a Redis Cluster of three masters. */
class RedisClusterIT {
    private static final int SLOTS = 16384;
    private static final List<RedisNode> NODES = new ArrayList<>();

    @RegisterExtension
    final RunningApplication app = RunningApplication.onAnotherRedis();

    private final FakeQiscus qiscus = app.qiscus();

    @BeforeAll
    static void makeCluster() {
        List<Integer> busPorts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            busPorts.add(RealRedis.freePort());
            NODES.add(RedisNode.launch(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    busPorts.get(i).toString(),
                    "--cluster-node-timeout",
                    "1000"));
        }
        for (int i = 0; i < 3; i++) {
            String first = Integer.toString(SLOTS * i / 3);
            String last = Integer.toString(SLOTS * (i + 1) / 3 - 1);
            NODES.get(i).ask(node -> node.sendCommand(CLUSTER, "ADDSLOTSRANGE", first, last));
        }
        for (int i = 1; i < 3; i++) {
            String port = Integer.toString(NODES.get(i).port());
            String bus = busPorts.get(i).toString();
            NODES.get(0).ask(node -> node.sendCommand(CLUSTER, "MEET", "127.0.0.1", port, bus));
        }
        awaitCluster();
    }

    private static void awaitCluster() {
        await("the nodes to agree").until(() -> NODES.stream()
                .map(node -> node.ask(Jedis::clusterInfo))
                .allMatch(info -> info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3")));
    }

    @AfterAll
    static void stopCluster() {
        NODES.forEach(RedisNode::close);
    }

    @BeforeEach
    void startOnEmptyCluster() throws Exception {
        NODES.forEach(node -> node.ask(Jedis::flushAll));
        app.with("REDIS_CLUSTER", NODES.stream().map(RedisNode::address).collect(Collectors.joining(",")));
        app.with("KEY_PREFIX", "{acme}:");
    }

    @Test
    void customersAreAssignedAndResolved() throws Exception {
        qiscus.hasAgents("11", "12");
        NODES.forEach(node -> node.admit("app", "secret", "{acme}:", "+cluster|slots"));
        app.with("REDIS_USER", "app").with("REDIS_PASSWORD", "secret");
        app.with("DISPATCH_PERIOD", "30s").start();
        List<String> rooms = IntStream.rangeClosed(1, 4).mapToObj(i -> "10" + i).toList();

        for (String room : rooms) {
            // Each in its own line.
            assertThat(app.customerWrites(room, "channel-" + room).statusCode()).isEqualTo(200);
        }
        // Only the wake-ups, from whichever node, can deliver them this soon.
        await().until(() -> qiscus.assignments().size() == 4);
        NODES.forEach(node -> node.ask(Jedis::scriptFlush));
        app.customerWrites("105");
        qiscus.resolves("101");
        assertThat(app.post("/resolve", RunningApplication.resolve("101", 1)).statusCode())
                .isEqualTo(200);

        await().until(() -> qiscus.agentOf("105") != null);
        await().until(() -> ofSlot().ask(node -> node.zcard("{acme}:claimed")) == 0);
        Map<String, String> counts = ofSlot().ask(node -> node.hgetAll("{acme}:agent_customer_count"));
        assertThat(counts).containsEntry("11", "2").containsEntry("12", "2");
        assertThat(NODES.stream().filter(node -> node != ofSlot())).allMatch(node -> node.ask(Jedis::dbSize) == 0);
    }

    @Test
    void callsAreRefusedWhileTheClusterOrOurNodeIsAway() throws Exception {
        qiscus.hasAgents("11");
        NODES.forEach(RedisNode::kill);
        app.start();
        assertThat(app.customerWrites("201").statusCode()).isEqualTo(503);
        NODES.forEach(RedisNode::start);
        awaitCluster();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> app.customerWrites("202").statusCode() == 200);
        await().until(() -> qiscus.agentOf("202") != null);

        ofSlot().kill();
        assertThat(app.customerWrites("203").statusCode()).isEqualTo(503);
        ofSlot().start();
        awaitCluster();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> app.customerWrites("204").statusCode() == 200);
        await().until(() -> qiscus.agentOf("204") != null);
    }

    @Test
    void allReadsWorkInACluster() throws Exception {
        RedisAccess.Login open = new RedisAccess.Login(null, null);
        List<HostAndPort> nodes = NODES.stream()
                .map(node -> new HostAndPort("127.0.0.1", node.port()))
                .toList();
        RedisAccess access = new RedisAccess(RedisAccess.Kind.CLUSTER, nodes, null, open, open, 0, false, null, false);
        Keys keys = new Keys("{acme}:");
        try (JedisCluster cluster = new JedisCluster(nodes.get(0));
                RedisConnections connections = new RedisConnections(
                        access, 2, new RedisAdmission.Owner(keys, "app-code", true, "KEY_PREFIX"))) {
            StringRedisTemplate redis = connections.template();
            StoredState given = new StoredState(() -> cluster, keys.prefix());
            given.waits("ayu", "c1");
            given.waits("budi", "c2");
            given.claimed("citra", "c1", "11");
            given.parked("dewi", "c1", "no such room");
            given.happened(System.currentTimeMillis(), "ayu", "came", "{}");

            BoardSnapshot snapshot = new BoardReader(redis, Json.mapper(), keys, 2).snapshot(50, Duration.ofMinutes(5));
            assertThat(snapshot.channels()).hasSize(2);
            assertThat(snapshot.sessions()).hasSize(3);
            assertThat(snapshot.agents()).hasSize(1);
            assertThat(snapshot.parked()).hasSize(1);
            assertThat(new QueueReader(redis, Json.mapper(), keys, 2).summary().waiting())
                    .isEqualTo(2);
            RoomHistory history = new RoomHistoryReader(redis, Json.mapper(), keys, Duration.ofDays(1)).find("ayu");
            assertThat(history.now().position()).isEqualTo(1);
            assertThat(history.history()).hasSize(1);
        }
    }

    private static RedisNode ofSlot() {
        int slot = JedisClusterCRC16.getSlot("{acme}:");
        return NODES.get(slot * 3 / SLOTS);
    }
}
