package deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import settings.Settings;

/** The files that the compose file names exist, and Redis gets the settings that keep its data. */
class ComposeTest {

    private static Map<String, Object> compose() throws IOException {
        return new Yaml().load(Deploy.read("compose.yaml"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> parent, String... path) {
        Map<String, Object> found = parent;
        for (String name : path) {
            assertThat(found).containsKey(name);
            found = (Map<String, Object>) found.get(name);
        }
        return found;
    }

    private static Map<String, Object> service(String name) throws IOException {
        return at(compose(), "services", name);
    }

    @Test
    void theImageIsBuiltFromFilesThatExist() throws IOException {
        Map<String, Object> build = at(service("program"), "build");
        var context = Deploy.FILES.resolve(build.get("context").toString()).normalize();

        assertThat(context.resolve("pom.xml").toFile()).exists();
        assertThat(Files.exists(context.resolve(build.get("dockerfile").toString())))
                .isTrue();
    }

    @Test
    void theProgramStartsWithItsSettings() throws IOException {
        Map<String, String> given = new HashMap<>(Map.of(
                "QISCUS_BASE_URL", "https://omnichannel.qiscus.com",
                "QISCUS_APP_ID", "app",
                "QISCUS_SECRET_KEY", "secret",
                "WEBHOOK_SECRET", "0123456789abcdef0123"));
        Map<String, Object> environment = at(service("program"), "environment");
        environment.forEach((name, value) -> given.put(name, value.toString()));

        assertThat(Deploy.settings()).containsAll(environment.keySet());
        assertThat(new Settings(given).profile()).isEqualTo("prod");
        assertThat(at(compose(), "services")).containsKey(given.get("REDIS_HOST"));
    }

    @Test
    void onlyTheProgramIsPublishedAndOnlyToThisMachine() throws IOException {
        assertThat(service("program").get("ports")).isEqualTo(List.of("127.0.0.1:8080:8080"));
        assertThat(service("redis")).doesNotContainKey("ports");
        assertThat(service("redis").get("networks")).isEqualTo(List.of("store"));
        assertThat(at(compose(), "networks", "store").get("internal")).isEqualTo(true);
    }

    @Test
    void redisNeitherLosesNorEvictsData() throws IOException {
        assertThat(String.join(" ", strings(service("redis").get("command"))))
                .contains("--appendonly yes", "--appendfsync always", "--maxmemory-policy noeviction");
        assertThat(strings(service("redis").get("volumes"))).containsExactly("redis-data:/data");
        assertThat(at(compose(), "volumes")).containsKey("redis-data");
    }

    @Test
    void bothContainersAreRestrictedAndMonitored() throws IOException {
        for (String name : List.of("program", "redis")) {
            assertThat(service(name))
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsEntry("restart", "unless-stopped")
                    .containsKeys("mem_limit", "stop_grace_period", "logging");
        }
        assertThat(at(service("program"), "depends_on", "redis")).containsEntry("condition", "service_healthy");
        assertThat(service("redis")).containsKey("healthcheck");
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }
}
