package commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.CommandRun;
import support.RealRedis;

/** The commands against the simulated Qiscus of a program that was started without settings. */
class RehearsalTest {
    private static final String URL = "https://assign.example.com";

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.ofItsOwn("--maxmemory-policy", "noeviction");

    @RegisterExtension
    static final SimulatedProgram PROGRAM = new SimulatedProgram();

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void theSimulatorsAccount() {
        settings.putAll(Map.of(
                "QISCUS_BASE_URL",
                PROGRAM.url() + "/simulator",
                "QISCUS_APP_ID",
                "simulator",
                "QISCUS_SECRET_KEY",
                "simulator",
                "QISCUS_EMAIL",
                "admin@example.com",
                "QISCUS_PASSWORD",
                "simulator",
                "WEBHOOK_SECRET",
                "our-secret-path-segment",
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                Integer.toString(REDIS.port())));
    }

    @Test
    void checkFindsWhatWasRegistered() {
        CommandRun before = CommandRun.of(settings, "check", "--url", "https://other.example.com");
        assertThat(before.out()).contains("WRONG  webhooks  custom agent allocation ");
        assertThat(before.exitCode()).isEqualTo(1);

        CommandRun registered = CommandRun.of(settings, "register", "--url", URL);
        assertThat(registered.out()).contains("ok     webhooks  mark as resolved goes to " + URL + "/resolve/...");
        assertThat(registered.exitCode()).as(registered.out()).isZero();

        CommandRun after = CommandRun.of(settings, "check", "--url", URL);
        assertThat(after.out()).endsWith("All is well.\n");
        assertThat(after.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"QISCUS_SECRET_KEY", "QISCUS_APP_ID"})
    void wrongKeysAreRefusedAsByQiscus(String setting) {
        settings.put(setting, "wrong-key");

        CommandRun run = CommandRun.of(settings, "check");

        assertThat(run.out())
                .contains("WRONG  qiscus    refuses: Qiscus answered 401: Unauthorized")
                .contains("-> check QISCUS_APP_ID and QISCUS_SECRET_KEY")
                .doesNotContain("wrong-key\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsRefusedAsByQiscus() {
        settings.put("QISCUS_PASSWORD", "wrong-password");

        CommandRun run = CommandRun.of(settings, "register", "--url", URL);

        assertThat(run.out())
                .contains("WRONG  login     refuses: Qiscus answered 401: Unauthorized")
                .doesNotContain("wrong-password");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/v1/admin/get_profile",
        "GET,  /api/v2/admin/service/available_agents?room_id=1",
        "GET,  /api/v2/admin/agents?page=1",
        "POST, /api/v1/admin/service/assign_agent?room_id=1&agent_id=9001&max_agent=1",
        "GET,  /api/v2/customer_rooms/1",
        "POST, /api/v2/customer_rooms",
        "POST, /api/v1/auth",
        "POST, /api/v1/app/webhook/mark_as_resolved"
    })
    void noCallOfTheApiIsAnsweredWithoutKeys(String method, String path) throws Exception {
        assertThat(PROGRAM.send(method, "/simulator" + path, "wrong", "wrong").statusCode())
                .isEqualTo(401);
        assertThat(PROGRAM.send(method, "/simulator" + path, "simulator", "wrong")
                        .body())
                .isEqualTo("{\"errors\":\"Unauthorized\"}");
    }

    @Test
    void aCallWithTheRightKeysKeepsItsBody() throws Exception {
        HttpResponse<String> rooms = PROGRAM.send("POST", "/simulator/api/v2/customer_rooms", "simulator", "simulator");

        assertThat(rooms.statusCode()).isEqualTo(200);
        assertThat(rooms.body()).contains("customer_rooms");
    }
}
