package store;

import assignment.QueueStats;
import assignment.QueueSummary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Counts sessions and agents, and reads what is parked. It changes nothing. */
public class QueueReader {
    private static final Duration AGENTS_ARE_REMEMBERED = Duration.ofDays(1);

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final int capacity;
    private final Lines lines;

    /** @param capacity of an agent, unless another was set at run time */
    public QueueReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, int capacity) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.capacity = capacity;
        this.lines = new Lines(redis, keys);
    }

    /** How many sessions wait, have an agent and are parked. */
    public QueueSummary summary() {
        return QueueSummary.of(stats());
    }

    /** Counts agents who were seen within a day. */
    public QueueStats stats() {
        long now = Reads.now(redis);
        List<Place> heads = lines.heads();
        Reads reads = new Reads(redis);
        Supplier<Long> queued = reads.llen(keys.queue());
        Supplier<Long> claimed = reads.zcard(keys.claimed());
        Supplier<Long> parked = reads.hlen(keys.parked());
        Supplier<Long> assigned = reads.hlen(keys.assigned());
        Supplier<Map<String, String>> agents = reads.hgetall(keys.agent());
        Supplier<Map<String, String>> counts = reads.hgetall(keys.count());
        Supplier<Map<String, String>> config = reads.hgetall(keys.config());
        Map<String, Supplier<Long>> lengths = new LinkedHashMap<>();
        heads.forEach(head -> lengths.put(head.channel(), lines.length(reads, head.channel())));
        reads.send();

        Map<String, Integer> channels = new LinkedHashMap<>();
        lengths.forEach((channel, length) -> channels.put(channel, length.get().intValue()));
        // A line may have become empty since the walk.
        channels.values().removeIf(length -> length == 0);
        Capacities.Table capacities = Capacities.read(config.get(), capacity);
        int offline = 0;
        int full = 0;
        int free = 0;
        int customers = 0;
        int mostCustomers = 0;
        for (Map.Entry<String, String> each : agents.get().entrySet()) {
            SeenAgent agent = SeenAgent.read(json, each.getValue(), counts.get().get(each.getKey()), now);
            if (now - agent.lastHeardOf() >= AGENTS_ARE_REMEMBERED.toMillis()) {
                continue;
            }
            if (Boolean.FALSE.equals(agent.online())) {
                offline++;
                continue;
            }
            int most = capacities.of(each.getKey());
            // A paused agent gets no customers, like a full one.
            if (agent.customers() < most && !agent.isPaused()) {
                free++;
            } else {
                full++;
            }
            customers += agent.customers();
            mostCustomers += most;
        }
        return new QueueStats(
                queued.get().intValue(),
                claimed.get().intValue(),
                parked.get().intValue(),
                assigned.get().intValue(),
                heads.isEmpty() ? 0 : Math.max(0, now - heads.get(0).askedAt()),
                channels,
                offline,
                full,
                free,
                customers,
                mostCustomers);
    }

    /** Room id to the session, the time in epoch milliseconds and the reason. */
    public Map<String, JsonNode> parked() {
        Map<String, JsonNode> parked = new TreeMap<>();
        redis.<String, String>opsForHash()
                .entries(keys.parked())
                .forEach((room, text) -> parked.put(room, shown(text)));
        return parked;
    }

    /** Earlier versions stored unreadable entries, secrets included. */
    private JsonNode shown(String text) {
        JsonNode parked = tree(text);
        return parked instanceof ObjectNode object ? object.without("entry") : parked;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException writtenByHand) {
            return json.getNodeFactory().textNode(text);
        }
    }
}
