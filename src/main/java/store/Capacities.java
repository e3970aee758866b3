package store;

import assignment.Capacity;
import java.util.HashMap;
import java.util.Map;
import org.springframework.data.redis.core.StringRedisTemplate;

/** How many customers agents may have: the value set at run time, or else the setting. */
public class Capacities {
    private static final String OF_ALL = "max_customer_per_agent";
    private static final String OF_ONE = OF_ALL + ":";

    private final StringRedisTemplate redis;
    private final Keys keys;
    private final int otherwise;

    /** @param otherwise the setting */
    public Capacities(StringRedisTemplate redis, Keys keys, int otherwise) {
        this.redis = redis;
        this.keys = keys;
        this.otherwise = otherwise;
    }

    /** The content of the hash {@code config}. @param ofAll for agents without a capacity of their own */
    public record Table(int ofAll, Map<String, Integer> own) {

        public int of(String agentId) {
            return own.getOrDefault(agentId, ofAll);
        }
    }

    /** The capacity of agents without their own. */
    public Capacity inForce() {
        Object set = redis.opsForHash().get(keys.config(), OF_ALL);
        return new Capacity(capacity((String) set, Capacity.SMALLEST, otherwise));
    }

    /** A value that is not a capacity counts as not set. An agent's own may be 0: then the agent gets no customers. */
    public static Table read(Map<String, String> config, int otherwise) {
        int ofAll = capacity(config.get(OF_ALL), Capacity.SMALLEST, otherwise);
        Map<String, Integer> own = new HashMap<>();
        config.forEach((field, set) -> {
            int capacity = field.startsWith(OF_ONE) ? capacity(set, 0, -1) : -1;
            if (capacity >= 0) {
                own.put(field.substring(OF_ONE.length()), capacity);
            }
        });
        return new Table(ofAll, own);
    }

    private static int capacity(String set, int smallest, int otherwise) {
        Double number = Stored.number(set, null);
        return number != null && number >= smallest && number <= Capacity.LARGEST ? number.intValue() : otherwise;
    }
}
