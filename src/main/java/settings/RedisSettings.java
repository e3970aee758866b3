package settings;

import static settings.Setting.KEY_PREFIX;
import static settings.Setting.REDIS_CA_FILE;
import static settings.Setting.REDIS_CLUSTER;
import static settings.Setting.REDIS_DATABASE;
import static settings.Setting.REDIS_HOST;
import static settings.Setting.REDIS_PASSWORD;
import static settings.Setting.REDIS_PORT;
import static settings.Setting.REDIS_SENTINELS;
import static settings.Setting.REDIS_SENTINEL_MASTER;
import static settings.Setting.REDIS_SENTINEL_PASSWORD;
import static settings.Setting.REDIS_SENTINEL_USER;
import static settings.Setting.REDIS_TLS;
import static settings.Setting.REDIS_URL;
import static settings.Setting.REDIS_USER;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import store.RedisAccess;
import store.RedisAccess.Kind;
import store.RedisAccess.Login;

/**
 * Which Redis to use. There are four ways to set it, and they exclude each other; without any, it is the embedded
 * Redis.
 */
final class RedisSettings {
    private static final List<Setting> WAYS = List.of(REDIS_HOST, REDIS_URL, REDIS_SENTINELS, REDIS_CLUSTER);
    private static final List<Setting> SAID_BY_URL =
            List.of(REDIS_PORT, REDIS_USER, REDIS_PASSWORD, REDIS_DATABASE, REDIS_TLS);
    private static final List<Setting> OF_REAL_ONES =
            List.of(REDIS_USER, REDIS_PASSWORD, REDIS_DATABASE, REDIS_TLS, REDIS_CA_FILE);
    private static final List<Setting> OF_SENTINELS =
            List.of(REDIS_SENTINEL_MASTER, REDIS_SENTINEL_USER, REDIS_SENTINEL_PASSWORD);

    private final Map<Setting, String> values;

    /** @param values gets the defaults and the parts of REDIS_URL */
    private RedisSettings(Map<Setting, String> values) {
        this.values = values;
    }

    /** @throws WrongSetting if they contradict each other @return null for the embedded Redis */
    static RedisAccess settle(Map<Setting, String> values) {
        return new RedisSettings(values).settle();
    }

    private RedisAccess settle() {
        List<Setting> ways = WAYS.stream().filter(this::has).toList();
        if (ways.size() > 1) {
            exclude(ways.get(0), ways.get(1));
        }
        OF_SENTINELS.forEach(setting -> forbidWithout(setting, REDIS_SENTINELS));
        if (ways.isEmpty()) {
            OF_REAL_ONES.forEach(setting -> forbidWithout(setting, REDIS_HOST));
            values.put(REDIS_HOST, "127.0.0.1");
            values.putIfAbsent(REDIS_PORT, "16379");
            return null;
        }
        return switch (ways.get(0)) {
            case REDIS_URL -> byUrl();
            case REDIS_SENTINELS -> behindSentinels();
            case REDIS_CLUSTER -> cluster();
            default -> server(false);
        };
    }

    private RedisAccess byUrl() {
        SAID_BY_URL.stream().filter(this::has).forEach(setting -> exclude(REDIS_URL, setting));
        RedisUrl url = RedisUrl.of(values.remove(REDIS_URL));
        put(REDIS_HOST, url.host());
        put(REDIS_PORT, url.port());
        put(REDIS_USER, url.user());
        put(REDIS_PASSWORD, url.password());
        put(REDIS_DATABASE, url.database());
        put(REDIS_TLS, url.tls());
        return server(true);
    }

    private RedisAccess server(boolean byUrl) {
        values.putIfAbsent(REDIS_PORT, "6379");
        HostAndPort node = new HostAndPort(values.get(REDIS_HOST), Integer.parseInt(values.get(REDIS_PORT)));
        return access(Kind.SERVER, List.of(node), byUrl);
    }

    private RedisAccess behindSentinels() {
        exclude(REDIS_SENTINELS, REDIS_PORT);
        requireTogether(REDIS_SENTINEL_MASTER, REDIS_SENTINELS);
        if (has(REDIS_SENTINEL_USER)) {
            requireTogether(REDIS_SENTINEL_PASSWORD, REDIS_SENTINEL_USER);
        }
        return access(Kind.SENTINELS, addresses(values.get(REDIS_SENTINELS)), false);
    }

    private RedisAccess cluster() {
        exclude(REDIS_CLUSTER, REDIS_PORT);
        exclude(REDIS_CLUSTER, REDIS_DATABASE);
        if (!values.get(KEY_PREFIX).matches("[^{]*\\{[^}]+}.*")) {
            throw new WrongSetting("KEY_PREFIX must have a hash tag such as {acme}: when REDIS_CLUSTER is set, so that"
                    + " all keys are in one place of the Cluster.");
        }
        return access(Kind.CLUSTER, addresses(values.get(REDIS_CLUSTER)), false);
    }

    private RedisAccess access(Kind kind, List<HostAndPort> nodes, boolean byUrl) {
        boolean tls = Boolean.parseBoolean(values.get(REDIS_TLS));
        if (has(REDIS_CA_FILE) && !tls) {
            throw new WrongSetting("REDIS_CA_FILE is set, but Redis is used without TLS: set REDIS_TLS=true, or"
                    + " REDIS_URL with rediss://.");
        }
        if (has(REDIS_USER)) {
            requireTogether(REDIS_PASSWORD, REDIS_USER);
        }
        return new RedisAccess(
                kind,
                nodes,
                values.get(REDIS_SENTINEL_MASTER),
                new Login(values.get(REDIS_USER), values.get(REDIS_PASSWORD)),
                new Login(values.get(REDIS_SENTINEL_USER), values.get(REDIS_SENTINEL_PASSWORD)),
                Integer.parseInt(values.getOrDefault(REDIS_DATABASE, "0")),
                tls,
                has(REDIS_CA_FILE) ? Path.of(values.get(REDIS_CA_FILE)) : null,
                byUrl);
    }

    /** @param list host:port,host:port; IPv6 addresses in brackets */
    static List<HostAndPort> addresses(String list) {
        return Stream.of(list.split(","))
                .map(address -> HostAndPort.from(address.strip().replaceAll("[\\[\\]]", "")))
                .toList();
    }

    private boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    private void put(Setting setting, Object value) {
        if (value != null) {
            values.put(setting, value.toString());
        }
    }

    private void exclude(Setting one, Setting other) {
        if (has(one) && has(other)) {
            throw new WrongSetting(
                    one + " and " + other + " are both set, and contradict each other: set one of them.");
        }
    }

    private void requireTogether(Setting needed, Setting because) {
        Settings.requireTogether(values, needed, because);
    }

    private void forbidWithout(Setting useless, Setting without) {
        Settings.forbidWithout(values, useless, without);
    }
}
