package settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {
    private static final Set<String> KNOWN =
            Stream.of(Setting.values()).map(Setting::name).collect(Collectors.toSet());

    @ParameterizedTest
    @CsvSource({
        "MAX_CUSTOMER_PER_AGENT, MAX_CUSTOMERS_PER_AGENT",
        "MAX_CUSTOMERS, MAX_CUSTOMERS_PER_AGENT",
        "max_customers_per_agent, MAX_CUSTOMERS_PER_AGENT",
        "SERVICE_GOALS, SERVICE_GOAL",
        "SERVICE_GOAL_SECONDS, SERVICE_GOAL",
        "DISPATCH_PERIOD_MS, DISPATCH_PERIOD",
        "WORKER, WORKERS",
        "WEBHOOK_SECRETS, WEBHOOK_SECRET",
        "QISCUS_WEBHOOK_SECRET, WEBHOOK_SECRET",
        "OPERATOR_TOKEN_FILE, OPERATOR_TOKEN",
        "QISCUS_URL, QISCUS_BASE_URL",
        "QISCUS_APPID, QISCUS_APP_ID",
        "QISCUS_SECRET, QISCUS_SECRET_KEY",
        "REDIS_HOSTNAME, REDIS_HOST",
        "REDIS_HSOT, REDIS_HOST",
        "REDIS_PASS, REDIS_PASSWORD",
        "REDIS_DB, REDIS_DATABASE",
        "SIMULATOR_AGENT, SIMULATOR_AGENTS"
    })
    void aNameCloseToASettingIsReportedWithIt(String name, String right) {
        assertThat(UnknownSettings.warning(Map.of(name, "5"), KNOWN))
                .contains("Not a setting, and ignored: " + name + " (did you mean " + right + "?)");
    }

    @Test
    void allAreNamedInOneSentenceWithoutTheirValues() {
        Map<String, String> given = Map.of("QISCUS_KEY", "hidden", "BOT_ROOM", "hidden", "PATH", "/bin");

        assertThat(UnknownSettings.warning(given, KNOWN))
                .contains("Not a setting, and ignored: BOT_ROOM (did you mean BOT_ROOMS?),"
                        + " QISCUS_KEY (did you mean QISCUS_SECRET_KEY?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "HOSTNAME",
                "HOST",
                "LANG",
                "PWD",
                "USER",
                "SHELL",
                "PORTS",
                "port",
                "SERVER_PORT",
                "HTTP_PORT",
                "JAVA_HOME",
                "JAVA_TOOL_OPTIONS",
                "LOG_LEVEL",
                "LOG_DIR",
                "DATABASE_URL",
                "DATA_PATH",
                "XDG_DATA_DIRS",
                "FTP_PROXY",
                "ftp_proxy",
                "ALL_PROXY",
                "RSYNC_PROXY",
                "NO_COLOR",
                "HTTP_PROXY_REQUEST",
                "KUBERNETES_SERVICE_HOST",
                "KUBERNETES_PORT",
                "KUBERNETES_PORT_443_TCP",
                "REDIS_SERVICE_HOST",
                "REDIS_SERVICE_PORT",
                "REDIS_SERVICE_PORT_REDIS",
                "REDIS_PORT_6379_TCP",
                "REDIS_PORT_6379_TCP_PROTO",
                "REDIS_PORT_6379_TCP_PORT",
                "REDIS_PORT_6379_TCP_ADDR",
                "REDIS_SENTINEL_SERVICE_HOST",
                "QISCUS_AGENT_ASSIGNMENT_SERVICE_HOST",
                "QISCUS_AGENT_ASSIGNMENT_PORT_80_TCP_ADDR",
                "REDIS_VERSION",
                "REDIS_DOWNLOAD_URL",
                "REDISCLI_AUTH",
                "REDIS_ENV_REDIS_VERSION",
                "file.encoding",
                "COMPOSE_PROJECT_NAME"
            })
    void variablesOfOtherProgramsAreNotReported(String name) {
        assertThat(UnknownSettings.warning(Map.of(name, "x"), KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_MASTER_PORT, tcp://10.0.0.1:6379",
        "QISCUS_AGENT_ASSIGNMENT_PORT, tcp://10.0.0.1:80",
        "REDIS_NAME, /program/redis",
        "MAX_CUSTOMER_PER_AGENT, ' '"
    })
    void serviceLinksAndBlankVariablesAreNotReported(String name, String value) {
        assertThat(UnknownSettings.warning(Map.of(name, value), KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void noSettingIsReported(Setting setting) {
        assertThat(UnknownSettings.warning(Map.of(setting.name(), "x"), KNOWN)).isEmpty();
    }
}
