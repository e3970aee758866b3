package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import assignment.QueueStats;
import assignment.QueueSummary;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import qiscus.Json;
import support.RealRedis;
import support.StoredState;

@Timeout(30)
class QueueReaderTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoredState given = new StoredState(REDIS);
    private final QueueReader queue =
            new QueueReader(StoredState.template(REDIS.port()), Json.mapper(), new Keys(""), 2);

    @Test
    void inAnEmptyRedisNoSessionWaits() {
        assertThat(queue.summary()).isEqualTo(new QueueSummary(0, 0, 0, null));
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0));
        assertThat(queue.parked()).isEmpty();
    }

    @Test
    void sessionsAreCountedInEveryState() {
        given.assigned("ayu", "c1", "a1");
        given.assigned("budi", "c1", "a1");
        given.parked("dewi", "c1", "no such room");
        given.waits("eka", "c2");
        given.waits("fajar", "c1");
        given.waits("gita", "c1");
        given.queued("hadi", "c1", System.currentTimeMillis());

        QueueStats stats = queue.stats();

        assertThat(stats.queued()).isEqualTo(1);
        assertThat(stats.assigned()).isEqualTo(2);
        assertThat(stats.parked()).isEqualTo(1);
        assertThat(stats.channels()).containsOnly(entry("c1", 2), entry("c2", 1));
        assertThat(queue.summary().waiting()).isEqualTo(4);
        assertThat(queue.summary().parked()).isEqualTo(1);
        assertThat(queue.summary().assigned()).isEqualTo(2);
    }

    @Test
    void aSessionInFlightCountsAsAssigned() {
        given.claimed("ayu", "c1", "a1");
        given.doubted("budi", "c1", "a2");

        assertThat(queue.summary()).isEqualTo(new QueueSummary(0, 0, 2, null));
        assertThat(queue.stats().claimed()).isEqualTo(2);
    }

    @Test
    void theOldestWaitIsThatOfAllChannels() {
        long now = System.currentTimeMillis();
        given.waits("ayu", "c1", now - 30_000);
        given.waits("budi", "c2", now - 90_000.5);
        given.waits("citra", "c3", now - 60_000);

        assertThat(queue.summary().oldestWaits()).isBetween(90_000L, System.currentTimeMillis() - now + 90_001L);
    }

    @Test
    void aWaitIsNeverNegative() {
        given.waits("ayu", "c1", System.currentTimeMillis() + 60_000);

        assertThat(queue.summary().oldestWaits()).isZero();
    }

    @Test
    void agentsAreCountedByWhatTheLastListsShowed() {
        given.seen("free", true, 0);
        given.assigned("ayu", "c1", "full");
        given.seen("full", true, 1);
        given.seen("offline", false, 1);
        given.seen("nobody", true, 0);
        given.assigned("budi", "c1", "never-seen");
        REDIS.client().hset("config", Map.of("max_customer_per_agent", "2", "max_customer_per_agent:nobody", "0"));
        given.seen("left", true, 5);
        given.change("agent", "left", agent -> agent.put("seen", System.currentTimeMillis() - 90_000_000L));

        QueueStats stats = queue.stats();

        assertThat(stats.free()).isEqualTo(2);
        assertThat(stats.full()).isEqualTo(2);
        assertThat(stats.offline()).isEqualTo(1);
        assertThat(stats.customers()).isEqualTo(3);
        assertThat(stats.capacity()).isEqualTo(6);
    }

    @Test
    void aPausedAgentIsNotFree() {
        given.seen("siti", true, 0);
        given.change("agent", "siti", agent -> agent.put("paused", Map.of("at", 1, "reason", "silent")));

        assertThat(queue.stats().free()).isZero();
        assertThat(queue.stats().full()).isEqualTo(1);
    }

    @Test
    void valuesWrittenByHandAreNotCounted() {
        given.waits("ayu", "c1");
        REDIS.client().zadd("waiting", 0, "no place");
        REDIS.client()
                .hset(
                        "agent",
                        Map.of("x", "no json", "y", "[]", "z", "{\"seen\":{},\"online\":\"yes\",\"external\":1e300}"));
        REDIS.client().hset("agent_customer_count", Map.of("x", "many", "z", "1e999"));
        REDIS.client().hset("config", Map.of("max_customer_per_agent", "many", "max_customer_per_agent:z", "-1"));

        assertThat(queue.summary().waiting()).isEqualTo(1);
        assertThat(queue.stats().free()).isZero();
    }

    @Test
    void parkedSessionsAreListedAsStored() {
        given.parked("ayu", "c1", "no such room");
        REDIS.client().hset("parked", "unreadable:12", "{");

        Map<String, JsonNode> parked = queue.parked();

        assertThat(parked).containsOnlyKeys("ayu", "unreadable:12");
        assertThat(parked.get("ayu").path("reason").asText()).isEqualTo("no such room");
        assertThat(parked.get("ayu").path("session").path("name").asText()).isEqualTo("Customer ayu");
        assertThat(parked.get("unreadable:12").asText()).isEqualTo("{");
    }
}
