package commands;

import assignment.QiscusFault;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import qiscus.Account;
import qiscus.Webhook;
import settings.Setting;
import settings.Settings;
import settings.WrongSetting;

/** Registers our webhooks with Qiscus, then reads them back: what Qiscus has after that is the result. */
@Command(
        name = "register",
        description = {
            "Registers both webhooks with Qiscus and reads them back.",
            "Needs an admin's login: QISCUS_EMAIL and QISCUS_PASSWORD."
        })
class Register implements Callable<Integer> {
    private final Supplier<Settings> load;

    @Mixin
    private PublicUrl address;

    @Spec
    private CommandSpec spec;

    Register(Supplier<Settings> load) {
        this.load = load;
    }

    @Override
    public Integer call() {
        if (!address.isTold()) {
            throw new ParameterException(
                    spec.commandLine(), "--url is missing: the address at which Qiscus reaches this program.");
        }
        Settings settings = load.get();
        if (settings.simulated()) {
            throw new WrongSetting(
                    "QISCUS_BASE_URL is not set: there is no account to register with. To rehearse, start"
                            + " the program without settings and set QISCUS_BASE_URL="
                            + settings.text(Setting.QISCUS_BASE_URL)
                            + " QISCUS_APP_ID=simulator QISCUS_SECRET_KEY=simulator QISCUS_EMAIL=admin@example.com"
                            + " QISCUS_PASSWORD=simulator here.");
        }
        if (!settings.has(Setting.QISCUS_EMAIL)) {
            throw new WrongSetting(
                    "QISCUS_EMAIL and QISCUS_PASSWORD must be set: only an admin may register webhooks.");
        }
        Report report = new Report(spec.commandLine().getOut());
        try (ExternalSystems external = new ExternalSystems(settings)) {
            register(settings, external, report);
        }
        return report.close();
    }

    private void register(Settings settings, ExternalSystems external, Report report) {
        Webhooks wanted = address.webhooks(settings);
        for (String kind : List.of(Webhook.RESOLVED, Webhook.ALLOCATION)) {
            try {
                external.register(wanted.ours(kind));
            } catch (QiscusFault fault) {
                refused(kind, fault, wanted, report);
            }
        }
        CheckQiscus check = new CheckQiscus(report);
        Account account = check.login(external, settings.text(Setting.QISCUS_APP_ID));
        if (account != null) {
            check.webhooks(account, wanted);
        }
    }

    /** This is not a failure yet, because the webhook may already be registered. */
    private static void refused(String kind, QiscusFault fault, Webhooks wanted, Report report) {
        report.open("webhooks", "not registered by this call: " + fault.getMessage());
        if (Webhook.ALLOCATION.equals(kind)) {
            report.open(
                    "webhooks",
                    "by hand: in Qiscus, Settings > Custom Agent Allocation, turn it on with the URL "
                            + wanted.shown(kind));
        }
    }
}
