package commands;

import static org.assertj.core.api.Assertions.assertThat;
import static support.RealRedis.REDIS;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.CommandRun;
import support.FakeAccount;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

class RegisterTest {
    private static final String URL = "https://assign.example.com";
    private static final String SECRET = "our-secret-path-segment";

    @RegisterExtension
    final RunningApplication app = new RunningApplication()
            .with("QISCUS_EMAIL", FakeAccount.EMAIL)
            .with("QISCUS_PASSWORD", FakeAccount.PASSWORD)
            .with("WEBHOOK_SECRET", SECRET)
            .startedByTest();

    private final FakeQiscus qiscus = app.qiscus();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void anAdminsLogin() {
        settings.putAll(app.environment());
    }

    private CommandRun register() {
        return CommandRun.of(settings, "register", "--url", URL);
    }

    @Test
    void bothWebhooksAreRegisteredAndReadBack() {
        CommandRun run = register();

        assertThat(run.out().lines())
                .containsExactly(
                        "ok     login     Qiscus accepts QISCUS_EMAIL and QISCUS_PASSWORD",
                        "ok     webhooks  custom agent allocation goes to https://assign.example.com/webhook/...",
                        "ok     webhooks  mark as resolved goes to https://assign.example.com/resolve/...",
                        "ok     webhooks  Qiscus's own agent allocation is off",
                        "",
                        "All is well.");
        assertThat(run.exitCode()).isZero();
        assertThat(qiscus.account().webhook("agent_allocation")).isEqualTo(URL + "/webhook/" + SECRET);
        assertThat(qiscus.account().webhook("mark_as_resolved")).isEqualTo(URL + "/resolve/" + SECRET);
    }

    @Test
    void theTokenOfTheLastLoginServesAgain() {
        register();
        String token = REDIS.client().get("admin_token");
        int logins = qiscus.account().logins();

        CommandRun run = register();

        assertThat(run.exitCode()).isZero();
        assertThat(token).isEqualTo("token-" + logins);
        // Reading back needs a login; the two registrations needed none.
        assertThat(qiscus.account().logins()).isEqualTo(logins + 1);
    }

    @Test
    void aTokenThatExpiredIsRenewed() {
        register();
        qiscus.account().tokensExpire();

        CommandRun run = register();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aTokenThatIsForbiddenIsRenewed() {
        register();
        int logins = qiscus.account().logins();
        qiscus.nextTo("mark_as_resolved", Fault.answering(403, "{\"errors\":\"Forbidden\",\"traceid\":\"1\"}"));

        CommandRun run = register();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("Forbidden");
        assertThat(qiscus.account().logins()).isEqualTo(logins + 2);
    }

    @Test
    void withoutRedisItOnlyLogsInMoreOften() {
        settings.put("REDIS_PORT", Integer.toString(RealRedis.freePort()));

        CommandRun run = register();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aWrongPasswordRegistersNothing() {
        settings.put("QISCUS_PASSWORD", "wrong-password");

        CommandRun run = register();

        assertThat(run.out())
                .contains("WRONG  login     refuses: Qiscus answered 401")
                .contains("-> check QISCUS_EMAIL and QISCUS_PASSWORD")
                .doesNotContain("wrong-password");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(qiscus.account().webhook("mark_as_resolved")).isNull();
    }

    @Test
    void aManualRegistrationIsExplainedIfQiscusRefuses() {
        qiscus.account().takesAllocationByHandOnly();

        CommandRun run = register();

        assertThat(run.out())
                .contains("?      webhooks  not registered by this call: Qiscus answered 404")
                .contains("by hand: in Qiscus, Settings > Custom Agent Allocation, turn it on with the URL"
                        + " https://assign.example.com/webhook/<WEBHOOK_SECRET>")
                .contains("WRONG  webhooks  custom agent allocation is not registered")
                .contains("ok     webhooks  mark as resolved goes to https://assign.example.com/resolve/...");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aManualRegistrationCounts() {
        qiscus.account().takesAllocationByHandOnly();
        qiscus.account().hasWebhook("agent_allocation", URL + "/webhook/" + SECRET, true);

        CommandRun run = register();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void noTokenAndNoSecretIsPrinted() {
        qiscus.account().takesAllocationByHandOnly();

        CommandRun run = register();

        assertThat(run.out() + run.err()).doesNotContain("token-", SECRET, FakeQiscus.SECRET, FakeAccount.PASSWORD);
    }

    @Test
    void withoutALoginTheMissingSettingsAreNamed() {
        settings.remove("QISCUS_EMAIL");
        settings.remove("QISCUS_PASSWORD");

        CommandRun run = register();

        assertThat(run.err()).contains("QISCUS_EMAIL and QISCUS_PASSWORD must be set");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutAnAccountThereIsNothingToRegisterWith() {
        settings.clear();

        CommandRun run = register();

        assertThat(run.err()).contains("QISCUS_BASE_URL is not set");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
