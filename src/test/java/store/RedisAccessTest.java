package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import store.RedisAccess.Kind;
import store.RedisAccess.Login;

class RedisAccessTest {
    private static final Login OPEN = new Login(null, null);

    @Test
    void aCommandForAnOpenServerNamesHostAndPort() {
        assertThat(RedisAccess.server("redis.example.com", 6380).cli("ping"))
                .isEqualTo("redis-cli -h redis.example.com -p 6380 ping");
    }

    @Test
    void aCommandHasAllOptionsButNoPassword() {
        RedisAccess access = new RedisAccess(
                Kind.SERVER,
                List.of(new HostAndPort("r", 6379)),
                null,
                new Login("app", "hidden"),
                OPEN,
                3,
                true,
                Path.of("/etc/our ca.pem"),
                false);

        assertThat(access.cli("ping"))
                .isEqualTo("redis-cli -h r -p 6379 --tls --cacert '/etc/our ca.pem' --user app -a \"$REDIS_PASSWORD\""
                        + " -n 3 ping");
    }

    @Test
    void behindSentinelsTheCommandAsksForTheMaster() {
        RedisAccess access = new RedisAccess(
                Kind.SENTINELS,
                List.of(new HostAndPort("s1", 26379), new HostAndPort("s2", 26379)),
                "ours",
                new Login(null, "hidden"),
                new Login(null, "hidden"),
                0,
                false,
                null,
                false);

        assertThat(access.cli("ping"))
                .isEqualTo("redis-cli $(redis-cli -h s1 -p 26379 -a \"$REDIS_SENTINEL_PASSWORD\" sentinel"
                        + " get-master-addr-by-name ours | xargs printf -- '-h %s -p %s') -a \"$REDIS_PASSWORD\" ping");
    }

    @Test
    void inAClusterTheCommandRunsOnEachNode() {
        RedisAccess access = new RedisAccess(
                Kind.CLUSTER, List.of(new HostAndPort("c1", 7000)), null, OPEN, OPEN, 0, false, null, false);

        assertThat(access.cli("config set appendonly yes"))
                .isEqualTo("redis-cli --cluster call c1:7000 config set appendonly yes");
    }
}
