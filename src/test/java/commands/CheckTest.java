package commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Protocol.Command;
import support.CommandRun;
import support.FakeAccount;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RealRedis;
import support.RunningApplication;

class CheckTest {
    private static final String URL = "https://assign.example.com";
    private static final String SECRET = "our-secret-path-segment";

    private static final RealRedis REDIS = RealRedis.ofItsOwn("--maxmemory-policy", "noeviction");

    @RegisterExtension
    final RunningApplication app = new RunningApplication(REDIS)
            .with("QISCUS_EMAIL", FakeAccount.EMAIL)
            .with("QISCUS_PASSWORD", FakeAccount.PASSWORD)
            .with("WEBHOOK_SECRET", SECRET)
            .startedByTest();

    private final FakeQiscus qiscus = app.qiscus();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void everythingIsRight() {
        settings.putAll(app.environment());
        qiscus.account().hasWebhook("agent_allocation", URL + "/webhook/" + SECRET, true);
        qiscus.account().hasWebhook("mark_as_resolved", URL + "/resolve/" + SECRET, true);
    }

    private CommandRun check(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "check";
        System.arraycopy(options, 0, args, 1, options.length);
        return CommandRun.of(settings, args);
    }

    @Test
    void everyLineIsOkIfNothingIsWrong() {
        CommandRun run = check("--url", URL);

        assertThat(run.out().lines())
                .containsExactly(
                        "ok     settings  everything that profile prod needs is set",
                        "ok     redis     Redis at 127.0.0.1:" + REDIS.port() + " answers, version 7.0.15",
                        "ok     redis     writes every change to disk",
                        "ok     redis     refuses writes when its memory is full, and evicts nothing",
                        "ok     redis     has the same time as this machine",
                        "ok     redis     lets us do what we need",
                        "ok     redis     has no keys with our names that another program wrote",
                        "ok     qiscus    accepts QISCUS_APP_ID and QISCUS_SECRET_KEY",
                        "ok     login     Qiscus accepts QISCUS_EMAIL and QISCUS_PASSWORD",
                        "ok     webhooks  custom agent allocation goes to https://assign.example.com/webhook/...",
                        "ok     webhooks  mark as resolved goes to https://assign.example.com/resolve/...",
                        "ok     webhooks  Qiscus's own agent allocation is off",
                        "",
                        "All is well.");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).doesNotContain(SECRET);
        assertThat(REDIS.client().keys("*")).containsExactly("admin_token");
        assertThat(REDIS.client().ttl("admin_token")).isBetween(1L, 3600L);
    }

    @Test
    void aTestRoomMovesToTheOtherAgentAndBack() {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "11");

        CommandRun run = check("--room", "1", "--from", "11", "--to", "12");

        assertThat(run.out())
                .contains("swap      room 1: 200 {\"data\":{\"customer_room\":{\"room_id\":\"1\"")
                .contains("swap      remove_agent 11: 200 {\"data\":{}}")
                .contains("swap      assign_agent 12, max_agent=1: 200 {\"data\":{\"added_agent\":{\"id\":12")
                .contains("ok     swap      the room moved from agent 11 to agent 12")
                .contains("swap      assign_agent 11, replace_latest_agent=true: 200")
                .contains("ok     swap      the room moved from agent 12 to agent 11")
                .doesNotContain("<token>", "<sdk key>", FakeQiscus.SECRET);
        assertThat(qiscus.agentOf("1")).isEqualTo("11");
    }

    @Test
    void theIdsOfAnAgentsChannelsAndRolesAreNoAgents() {
        qiscus.hasAgents("1", "7");
        qiscus.takenOver("1", "1");

        assertThat(check("--room", "1", "--from", "1", "--to", "7").out())
                .contains("ok     swap      the room moved from agent 1 to agent 7")
                .contains("ok     swap      the room moved from agent 7 to agent 1");
    }

    @Test
    void whatACustomerWroteIsNotShown() {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "11");
        qiscus.nextTo(
                "customer_rooms/1",
                Fault.answering(
                        200,
                        "{\"data\":{\"customer_room\":{\"room_id\":\"1\",\"last_comment_text\":\"my PIN\","
                                + "\"last_customer_comment_text\":\"my PIN\"}}}"));

        assertThat(check("--room", "1", "--from", "11", "--to", "12").out())
                .contains("\"last_comment_text\":\"***\"")
                .doesNotContain("my PIN");
    }

    @Test
    void theRefusalOfARoomIsShown() {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "11");
        qiscus.cannotBeTaken("1", "agent is offline");

        CommandRun run = check("--room", "1", "--from", "11", "--to", "12");

        assertThat(run.out())
                .contains("remove_agent 11: 400 {\"errors\":{\"message\":\"agent is offline\"},\"status\":400}")
                .contains("assign_agent 12, replace_latest_agent=true: 400 {\"errors\":")
                .contains("WRONG  swap      the room did not move from agent 11 to agent 12");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void anAgentWhoDoesNotHaveTheRoomYetGetsItFirst() {
        qiscus.hasAgents("11", "12");

        CommandRun run = check("--room", "1", "--from", "11", "--to", "12");

        assertThat(run.out()).contains("assign_agent 11, max_agent=1: 200");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aServerErrorIsShownToo() {
        qiscus.hasAgents("11", "12");
        qiscus.takenOver("1", "11");
        qiscus.nextTo("remove_agent", Fault.answering(500, "{\"errors\":\"Internal error\",\"token\":\"abc\"}"));

        CommandRun run = check("--room", "1", "--from", "11", "--to", "12");

        assertThat(run.out()).contains("remove_agent 11: 500 {\"errors\":\"Internal error\",\"token\":\"***\"}");
    }

    @Test
    void theRoomAndItsAgentsBelongTogether() {
        assertThat(check("--room", "1").exitCode()).isEqualTo(2);
        assertThat(check("--room", "1", "--from", "11", "--to", "11").exitCode())
                .isEqualTo(2);
        assertThat(check("--room", "../1", "--from", "11", "--to", "12").err()).contains("--room must be an id");
        assertThat(check("--from", "11").exitCode()).isEqualTo(2);
        assertThat(qiscus.calls("/")).isEmpty();
    }

    @Test
    void withoutALoginTheWebhooksAreNotChecked() {
        settings.remove("QISCUS_EMAIL");
        settings.remove("QISCUS_PASSWORD");

        CommandRun run = check();

        assertThat(run.out())
                .contains("?      webhooks  only an admin may look at them: set QISCUS_EMAIL and QISCUS_PASSWORD");
        assertThat(run.exitCode()).isZero();
        assertThat(qiscus.account().logins()).isZero();
    }

    @Test
    void aMissingSettingIsNamed() {
        settings.remove("QISCUS_SECRET_KEY");

        CommandRun run = check();

        assertThat(run.out()).contains("WRONG  settings  QISCUS_SECRET_KEY must be set too");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutSettingsItSaysThatThisIsForTryingOut() {
        settings.clear();

        CommandRun run = check();

        assertThat(run.out())
                .contains("WRONG  redis     is the embedded one, which is for trying out")
                .contains("-> set REDIS_HOST or REDIS_URL to a redis-server")
                .contains("WRONG  qiscus    is the simulated one, which is for trying out")
                .endsWith("2 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aRedisThatMayLoseDataIsReportedWithItsRemedy() {
        REDIS.client().configSet("appendonly", "no");
        REDIS.client().configSet("maxmemory-policy", "allkeys-lru");

        CommandRun run = check();

        assertThat(run.out())
                .contains("WRONG  redis     loses waiting customers when it stops: appendonly is off")
                .contains("-> redis-cli -h 127.0.0.1 -p " + REDIS.port() + " config set appendonly yes\n")
                .contains("WRONG  redis     evicts keys when its memory is full: maxmemory-policy is allkeys-lru")
                .contains("-> redis-cli -h 127.0.0.1 -p " + REDIS.port() + " config set maxmemory-policy noeviction\n")
                .endsWith("2 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theSuggestedCommandsWorkAsPrinted() throws Exception {
        REDIS.client().configSet("appendonly", "no");
        REDIS.client().configSet("maxmemory-policy", "allkeys-lru");
        REDIS.client().sendCommand(Command.ACL, "setuser", "it's-ours", "reset", "on", ">p w", "~*", "&*", "+@all");
        settings.put("REDIS_USER", "it's-ours");
        settings.put("REDIS_PASSWORD", "p w");

        List<String> commands = check().out()
                .lines()
                .filter(line -> line.contains("-> redis-cli "))
                .map(line -> line.replaceFirst(" *-> ", ""))
                .toList();

        assertThat(commands).hasSize(2).allMatch(command -> command.contains(" -a \"$REDIS_PASSWORD\" config set "));
        for (String command : commands) {
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
            shell.environment().put("REDIS_PASSWORD", "p w");
            assertThat(new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("OK\n");
        }
        REDIS.client().sendCommand(Command.ACL, "deluser", "it's-ours");
        settings.remove("REDIS_USER");
        settings.remove("REDIS_PASSWORD");
        assertThat(check().out()).contains("writes every change to disk", "refuses writes when its memory is full");
    }

    @Test
    void aRedisThatIsAwayIsOneFinding() {
        settings.put("REDIS_PORT", Integer.toString(RealRedis.freePort()));

        CommandRun run = check();

        assertThat(run.out())
                .contains("WRONG  redis     Redis at 127.0.0.1:" + settings.get("REDIS_PORT")
                        + " cannot be reached, check REDIS_HOST and REDIS_PORT")
                .endsWith("One thing is wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aPasswordThatRedisRefusesIsNotPrinted() {
        settings.put("REDIS_PASSWORD", "not-the-password");

        CommandRun run = check();

        assertThat(run.out())
                .contains("asks the default user for no password, check REDIS_PASSWORD")
                .doesNotContain("not-the-password");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void missingRightsOfTheRedisUserAreFound() {
        REDIS.client()
                .sendCommand(
                        Command.ACL,
                        "setuser",
                        "narrow",
                        "reset",
                        "on",
                        ">pw",
                        "~*",
                        "resetchannels",
                        "+@all",
                        "-info",
                        "-eval",
                        "-evalsha");
        settings.put("REDIS_USER", "narrow");
        settings.put("REDIS_PASSWORD", "pw");

        CommandRun run = check();

        REDIS.client().sendCommand(Command.ACL, "deluser", "narrow");
        assertThat(run.out())
                .contains("WRONG  redis     does not permit our user what it needs, check REDIS_USER: NOPERM")
                .contains(
                        "WRONG  redis     does not permit our user what it needs, check REDIS_USER: it lacks &* +evalsha +eval (scripting)")
                .contains("'info'")
                .endsWith("2 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aReplicaIsReported() {
        REDIS.client().sendCommand(Command.REPLICAOF, "127.0.0.1", Integer.toString(RealRedis.freePort()));

        CommandRun run = check();

        REDIS.client().sendCommand(Command.REPLICAOF, "no", "one");
        assertThat(run.out())
                .contains("WRONG  redis     is a replica, which accepts no writes")
                .contains("-> set REDIS_HOST to the primary");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void credentialsThatQiscusRefusesAreNamedAndNotPrinted() {
        settings.put("QISCUS_SECRET_KEY", "wrong-secret");
        settings.put("QISCUS_PASSWORD", "wrong-password");

        CommandRun run = check();

        assertThat(run.out())
                .contains("WRONG  qiscus    refuses: Qiscus answered 401: Unauthorized")
                .contains("-> check QISCUS_APP_ID and QISCUS_SECRET_KEY")
                .contains("WRONG  login     refuses: Qiscus answered 401: Wrong password <our secret>")
                .contains("-> check QISCUS_EMAIL and QISCUS_PASSWORD")
                .doesNotContain("wrong-secret", "wrong-password")
                .endsWith("2 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aQiscusThatIsAwayIsReported() {
        qiscus.goAway();

        CommandRun run = check();

        assertThat(run.out())
                .contains("WRONG  qiscus    cannot be reached (connection refused)\n")
                .contains("-> check QISCUS_BASE_URL")
                .endsWith("2 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void anUnreadableAnswerIsReported() {
        qiscus.nextTo("/api/v1/auth", Fault.answering(200, "<html>maintenance</html>"));

        CommandRun run = check();

        assertThat(run.out()).contains("WRONG  login     cannot be reached: Qiscus's answer cannot be read");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aLoginThatCannotManageThisAppIsFound() {
        qiscus.account().belongsTo("other-app");

        assertThat(check().out()).contains("WRONG  login     belongs to another app than QISCUS_APP_ID");

        qiscus.account().belongsTo(FakeQiscus.APP_ID);
        qiscus.account().loginIsOf("supervisor");

        assertThat(check().out()).contains("WRONG  login     does not belong to an admin");
    }

    @Test
    void webhooksThatDoNotReachUsAreFound() {
        qiscus.account().hasWebhook("agent_allocation", "https://old.example.com/hook/their-secret?key=theirs", true);
        qiscus.account().hasWebhook("mark_as_resolved", null, false);
        qiscus.account().allocatesItself();

        CommandRun run = check("--url", URL);

        assertThat(run.out())
                .contains("WRONG  webhooks  custom agent allocation goes to https://old.example.com/hook/... instead of"
                        + " https://assign.example.com/webhook/<WEBHOOK_SECRET>")
                .contains("WRONG  webhooks  mark as resolved is not registered")
                .containsPattern("-> java -jar \\S+\\.jar register --url https://assign\\.example\\.com\n")
                .contains("WRONG  webhooks  Qiscus's own agent allocation is on")
                .doesNotContain("their-secret", "theirs")
                .endsWith("3 things are wrong.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aWebhookWithoutOurSecretIsFoundEvenIfTheAddressIsNotGiven() {
        qiscus.account().hasWebhook("agent_allocation", URL + "/webhook/the-secret-of-last-year", true);

        CommandRun run = check();

        assertThat(run.out())
                .contains(
                        "WRONG  webhooks  custom agent allocation goes to https://assign.example.com/webhook/... instead"
                                + " of https://your.host/webhook/<WEBHOOK_SECRET>")
                .doesNotContain("the-secret-of-last-year", SECRET);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void openWebhooksNeedNoSecret() {
        settings.put("WEBHOOK_SECRET", "none");
        qiscus.account().hasWebhook("agent_allocation", URL + "/webhook", true);
        qiscus.account().hasWebhook("mark_as_resolved", URL + "/resolve/", true);

        CommandRun run = check("--url", URL + "/");

        assertThat(run.out()).endsWith("All is well.\n");
    }

    @Test
    void aDisabledWebhookIsFound() {
        qiscus.account().hasWebhook("agent_allocation", URL + "/webhook/" + SECRET, false);

        CommandRun run = check();

        assertThat(run.out()).contains("WRONG  webhooks  custom agent allocation is registered, but turned off");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
