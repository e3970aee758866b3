package commands;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import qiscus.Account;
import settings.Setting;
import settings.Settings;
import settings.WrongSetting;

/** Checks everything that the program needs, without starting it. */
@Command(
        name = "check",
        description = {
            "Checks the credentials, Redis and its settings, and the webhooks.",
            "With --room it also tries how a chat moves from one agent to another.",
            "Reports for each what is right, or what is wrong and how to fix it."
        })
class Check implements Callable<Integer> {
    private final Supplier<Settings> load;

    @Mixin
    private PublicUrl address;

    @Mixin
    private TrySwap swap;

    @Spec
    private CommandSpec spec;

    Check(Supplier<Settings> load) {
        this.load = load;
    }

    @Override
    public Integer call() {
        swap.isWanted();
        Report report = new Report(spec.commandLine().getOut());
        try {
            check(load.get(), report);
        } catch (WrongSetting wrong) {
            report.wrong("settings", wrong.getMessage(), "set it in .env or in the environment, see docs/settings.md");
        }
        return report.close();
    }

    private void check(Settings settings, Report report) {
        if ("prod".equals(settings.profile())) {
            report.right("settings", "everything that profile prod needs is set");
        }
        try (ExternalSystems external = new ExternalSystems(settings)) {
            redis(settings, external, report);
            qiscus(settings, external, report);
        }
    }

    private static void redis(Settings settings, ExternalSystems external, Report report) {
        if (settings.embeddedRedis()) {
            report.wrong(
                    "redis",
                    "is the embedded one, which is for trying out",
                    "set REDIS_HOST or REDIS_URL to a redis-server");
            return;
        }
        new CheckRedis(external.redis(), settings.redis(), report).run();
    }

    private void qiscus(Settings settings, ExternalSystems external, Report report) {
        if (settings.simulated()) {
            report.wrong(
                    "qiscus",
                    "is the simulated one, which is for trying out",
                    "set QISCUS_BASE_URL, QISCUS_APP_ID and QISCUS_SECRET_KEY");
            return;
        }
        CheckQiscus check = new CheckQiscus(report);
        check.credentials(external);
        if (swap.isWanted()) {
            swap.run(external::attempt, report);
        }
        if (!settings.has(Setting.QISCUS_EMAIL)) {
            report.open(
                    "webhooks", "only an admin may look at them: set QISCUS_EMAIL and QISCUS_PASSWORD to check them");
            return;
        }
        Account account = check.login(external, settings.text(Setting.QISCUS_APP_ID));
        if (account != null) {
            check.webhooks(account, address.webhooks(settings));
        }
    }
}
