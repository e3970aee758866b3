package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import store.RedisAccess;
import store.RedisAccess.Kind;
import store.RedisAccess.Login;
import store.RedisConnections;

/** Which Redis the settings select. */
class RedisSettingsTest {

    @Test
    void aUrlMeansWhatTheSingleSettingsMean() {
        Settings url = settings("REDIS_URL=rediss://app:p%40ss@[::1]:6380/2", "REDIS_CA_FILE=/etc/ca.pem");

        assertThat(url.redis())
                .isEqualTo(new RedisAccess(
                        Kind.SERVER,
                        List.of(new HostAndPort("::1", 6380)),
                        null,
                        new Login("app", "p@ss"),
                        new Login(null, null),
                        2,
                        true,
                        Path.of("/etc/ca.pem"),
                        true));
        assertThat(url.embeddedRedis()).isFalse();
        assertThat(url.has(Setting.REDIS_URL)).isFalse();
    }

    @Test
    void singleSettingsMeanTheSame() {
        Settings single = settings(
                "REDIS_HOST=redis", "REDIS_USER=app", "REDIS_PASSWORD=p@ss", "REDIS_DATABASE=2", "REDIS_TLS=true");

        assertThat(single.redis())
                .isEqualTo(new RedisAccess(
                        Kind.SERVER,
                        List.of(new HostAndPort("redis", 6379)),
                        null,
                        new Login("app", "p@ss"),
                        new Login(null, null),
                        2,
                        true,
                        null,
                        false));
    }

    @Test
    void sentinelsHaveTheirOwnLogin() {
        Settings sentinels = settings(
                "REDIS_SENTINELS=a:26379, [fe80::1]:26380",
                "REDIS_SENTINEL_MASTER=chats",
                "REDIS_SENTINEL_PASSWORD=theirs",
                "REDIS_PASSWORD=secret",
                "REDIS_DATABASE=1");

        assertThat(sentinels.redis())
                .isEqualTo(new RedisAccess(
                        Kind.SENTINELS,
                        List.of(new HostAndPort("a", 26379), new HostAndPort("fe80::1", 26380)),
                        "chats",
                        new Login(null, "secret"),
                        new Login(null, "theirs"),
                        1,
                        false,
                        null,
                        false));
        assertThat(sentinels.embeddedRedis()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REDIS_HOST=redis",
                "REDIS_URL=redis://redis",
                "REDIS_SENTINELS=s:26379;REDIS_SENTINEL_MASTER=m",
                "REDIS_CLUSTER=a:1,b:2;KEY_PREFIX={acme}:"
            })
    void eachWayOfNamingARealRedisMakesTheProfileProd(String redis) {
        Settings settings =
                settings((redis + ";QISCUS_BASE_URL=https://omnichannel.qiscus.com;QISCUS_APP_ID=a;QISCUS_SECRET_KEY=s"
                                + ";WEBHOOK_SECRET=none")
                        .split(";"));

        assertThat(settings.embeddedRedis()).isFalse();
        assertThat(settings.profile()).isEqualTo("prod");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REDIS_URL=redis://r;REDIS_HOST=r                | REDIS_HOST and REDIS_URL are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_PORT=1                | REDIS_URL and REDIS_PORT are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_USER=u                | REDIS_URL and REDIS_USER are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_PASSWORD=p            | REDIS_URL and REDIS_PASSWORD are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_DATABASE=1            | REDIS_URL and REDIS_DATABASE are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_TLS=true              | REDIS_URL and REDIS_TLS are both set, and contradict each other: set one of them.
            REDIS_URL=redis://r;REDIS_CLUSTER=a:1           | REDIS_URL and REDIS_CLUSTER are both set, and contradict each other: set one of them.
            REDIS_HOST=r;REDIS_SENTINELS=a:1                | REDIS_HOST and REDIS_SENTINELS are both set, and contradict each other: set one of them.
            REDIS_SENTINELS=a:1;REDIS_CLUSTER=a:1           | REDIS_SENTINELS and REDIS_CLUSTER are both set, and contradict each other: set one of them.
            REDIS_SENTINELS=a:1;REDIS_PORT=1                | REDIS_SENTINELS and REDIS_PORT are both set, and contradict each other: set one of them.
            REDIS_SENTINELS=a:1                             | REDIS_SENTINEL_MASTER must be set too when REDIS_SENTINELS is set.
            REDIS_SENTINELS=a:1;REDIS_SENTINEL_MASTER=m;REDIS_SENTINEL_USER=u | REDIS_SENTINEL_PASSWORD must be set too when REDIS_SENTINEL_USER is set.
            REDIS_HOST=r;REDIS_SENTINEL_MASTER=m            | REDIS_SENTINEL_MASTER is set, but REDIS_SENTINELS is not: set both or neither.
            REDIS_CLUSTER=a:1;REDIS_DATABASE=1;KEY_PREFIX={a} | REDIS_CLUSTER and REDIS_DATABASE are both set, and contradict each other: set one of them.
            REDIS_HOST=r;REDIS_USER=u                       | REDIS_PASSWORD must be set too when REDIS_USER is set.
            REDIS_HOST=r;REDIS_CA_FILE=ca.pem               | REDIS_CA_FILE is set, but Redis is used without TLS: set REDIS_TLS=true, or REDIS_URL with rediss://.
            REDIS_URL=redis://r;REDIS_CA_FILE=ca.pem        | REDIS_CA_FILE is set, but Redis is used without TLS: set REDIS_TLS=true, or REDIS_URL with rediss://.
            REDIS_TLS=true                                  | REDIS_TLS is set, but REDIS_HOST is not: set both or neither.
            REDIS_DATABASE=1                                | REDIS_DATABASE is set, but REDIS_HOST is not: set both or neither.
            REDIS_SENTINELS=a                               | REDIS_SENTINELS must be one or more of host:port, separated by commas.
            REDIS_CLUSTER=a:70000                           | REDIS_CLUSTER must be one or more of host:port, separated by commas.
            REDIS_CLUSTER=a:1,,b:2                          | REDIS_CLUSTER must be one or more of host:port, separated by commas.
            """)
    void aContradictionStopsTheStartWithOneSentence(String given, String sentence) {
        assertThatThrownBy(() -> settings(given.split(";")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme:", "{}:", "{acme:", "}{:", "{}{acme}:"})
    void aClusterNeedsAHashTagInThePrefix(String prefix) {
        assertThatThrownBy(() -> settings("REDIS_CLUSTER=a:1", "KEY_PREFIX=" + prefix))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "KEY_PREFIX must have a hash tag such as {acme}: when REDIS_CLUSTER is set, so that all keys"
                                + " are in one place of the Cluster.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{acme}:", "chats:{acme}:", "{acme}{}:", "}{a}"})
    void aClusterStartsWithAHashTagInThePrefix(String prefix) {
        assertThat(settings("REDIS_CLUSTER=a:1, b:2", "KEY_PREFIX=" + prefix).redis())
                .isEqualTo(new RedisAccess(
                        Kind.CLUSTER,
                        List.of(new HostAndPort("a", 1), new HostAndPort("b", 2)),
                        null,
                        new Login(null, null),
                        new Login(null, null),
                        0,
                        false,
                        null,
                        false));
    }

    @Test
    void theAddressOfRedisIsShownWithoutPasswords() {
        RedisAccess access =
                settings("REDIS_URL=redis://app:s3cret@redis:6380/1").redis();

        assertThat(access + " " + access.login()).isEqualTo("Redis at redis:6380 app");
    }

    @Test
    void aFileWithoutCertificatesStopsTheStart(@TempDir Path directory) throws IOException {
        Path nothing = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        for (Path file : List.of(nothing, directory.resolve("missing.pem"), directory)) {
            RedisAccess access = settings("REDIS_URL=rediss://redis", "REDIS_CA_FILE=" + file)
                    .redis();

            assertThatThrownBy(() -> new RedisConnections(access, 2, null)).isInstanceOf(IOException.class);
        }
    }

    private static Settings settings(String... given) {
        Map<String, String> values = new HashMap<>();
        Stream.of(given).map(line -> line.split("=", 2)).forEach(line -> values.put(line[0], line[1]));
        return new Settings(values);
    }
}
