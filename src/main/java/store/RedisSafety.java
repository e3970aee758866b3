package store;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * Says in one line if Redis is set up so that it may forget who waits, and what to set instead. It goes by INFO, which
 * managed Redis permits where CONFIG is forbidden; where that is forbidden too, nothing is said.
 */
class RedisSafety {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSafety.class);

    private final RedisAccess access;

    RedisSafety(RedisAccess access) {
        this.access = access;
    }

    void report(RedisConnection connection) {
        List<String> risks = new ArrayList<>();
        if (says(connection, "persistence", "aof_enabled").contains("0")) {
            risks.add("a restart loses what it holds, set appendonly yes");
        }
        says(connection, "memory", "maxmemory_policy").stream()
                .filter(policy -> !policy.equals("noeviction"))
                .findFirst()
                .ifPresent(policy -> risks.add(
                        "it may throw keys away when it is full (" + policy + "), set maxmemory-policy noeviction"));
        if (!risks.isEmpty()) {
            LOG.warn("{} may forget who waits: {}", access, String.join("; ", risks));
        }
    }

    /** Of each node of a Cluster, whose names stand before what they say. */
    private static List<String> says(RedisConnection connection, String section, String field) {
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
