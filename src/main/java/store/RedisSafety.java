package store;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * Warns in one line if Redis may lose waiting sessions by its configuration, and says what to set. It reads INFO, which
 * managed Redis permits where CONFIG is forbidden. Where INFO is forbidden too, there is no warning.
 */
class RedisSafety {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSafety.class);

    private final RedisAccess access;

    RedisSafety(RedisAccess access) {
        this.access = access;
    }

    void report(RedisConnection connection) {
        List<String> risks = new ArrayList<>();
        if (values(connection, "persistence", "aof_enabled").contains("0")) {
            risks.add("a restart loses its data, set appendonly yes");
        }
        values(connection, "memory", "maxmemory_policy").stream()
                .filter(policy -> !policy.equals("noeviction"))
                .findFirst()
                .ifPresent(policy -> risks.add(
                        "it may evict keys when it is full (" + policy + "), set maxmemory-policy noeviction"));
        if (!risks.isEmpty()) {
            LOG.warn("{} may lose waiting customers: {}", access, String.join("; ", risks));
        }
    }

    /** The values of each node of a Cluster, where node names precede the field names. */
    private static List<String> values(RedisConnection connection, String section, String field) {
        try {
            Properties info = connection.serverCommands().info(section);
            return info == null
                    ? List.of()
                    : info.stringPropertyNames().stream()
                            .filter(name -> name.equals(field) || name.endsWith("." + field))
                            .map(name -> info.getProperty(name).strip())
                            .toList();
        } catch (DataAccessException notPermitted) {
            return List.of();
        }
    }
}
