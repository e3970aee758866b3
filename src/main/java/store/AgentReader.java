package store;

import assignment.AgentState;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Reads all agents that were ever seen, for operators. It changes nothing. */
public class AgentReader {
    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final int capacity;

    /** @param capacity of an agent, unless another was set at run time */
    public AgentReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, int capacity) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.capacity = capacity;
    }

    /** Sorted by name. */
    public List<AgentState> all() {
        long now = Reads.now(redis);
        Reads reads = new Reads(redis);
        Supplier<Map<String, String>> agents = reads.hgetall(keys.agent());
        Supplier<Map<String, String>> counts = reads.hgetall(keys.count());
        Supplier<Map<String, String>> config = reads.hgetall(keys.config());
        reads.send();
        Capacities.Table capacities = Capacities.read(config.get(), capacity);
        return agents.get().entrySet().stream()
                .map(each -> state(each.getKey(), each.getValue(), counts.get(), capacities, now))
                .sorted(Comparator.comparing(AgentState::name, Comparator.nullsLast(String.CASE_INSENSITIVE_ORDER))
                        .thenComparing(AgentState::id))
                .toList();
    }

    private AgentState state(
            String id, String text, Map<String, String> counts, Capacities.Table capacities, long now) {
        SeenAgent agent = SeenAgent.read(json, text, counts.get(id), now);
        return new AgentState(
                id,
                agent.name(),
                agent.online(),
                agent.customers(),
                capacities.of(id),
                capacities.own().get(id),
                agent.isPaused() ? paused(Stored.read(json, text)) : null);
    }

    static AgentState.Paused paused(Stored agent) {
        Stored pause = agent.object("paused");
        Long until = pause.whole("until");
        return new AgentState.Paused(
                pause.whole("at"),
                until,
                until == null ? null : Instant.ofEpochMilli(until).toString(),
                pause.text("reason"),
                pause.text("by"));
    }
}
