package commands;

import assignment.FaultKind;
import assignment.QiscusFault;
import java.util.Map;
import qiscus.Account;
import qiscus.Webhook;

/** Checks whether Qiscus accepts our credentials and calls our webhooks. */
class CheckQiscus {
    private static final Map<String, String> NAMES =
            Map.of(Webhook.ALLOCATION, "custom agent allocation", Webhook.RESOLVED, "mark as resolved");

    private final Report report;

    CheckQiscus(Report report) {
        this.report = report;
    }

    void credentials(ExternalSystems external) {
        try {
            external.readProfile();
            report.right("qiscus", "accepts QISCUS_APP_ID and QISCUS_SECRET_KEY");
        } catch (QiscusFault fault) {
            report.wrong(
                    "qiscus",
                    sentence(fault),
                    remedy(
                            fault,
                            "QISCUS_APP_ID and QISCUS_SECRET_KEY: they are"
                                    + " in Qiscus under Settings > App Information"));
        }
    }

    /** @return null if Qiscus refuses the login */
    Account login(ExternalSystems external, String appId) {
        Account account;
        try {
            account = external.logIn();
        } catch (QiscusFault fault) {
            report.wrong(
                    "login",
                    sentence(fault),
                    remedy(fault, "QISCUS_EMAIL and QISCUS_PASSWORD, and that this login needs no second factor"));
            return null;
        }
        if (account.appCode() != null && !account.appCode().equals(appId)) {
            report.wrong(
                    "login",
                    "belongs to another app than QISCUS_APP_ID",
                    "set QISCUS_EMAIL to an admin of " + appId + ", or QISCUS_APP_ID to the app of this admin");
        } else if (!account.admin()) {
            report.wrong("login", "does not belong to an admin", "set QISCUS_EMAIL to an admin of the app");
        } else {
            report.right("login", "Qiscus accepts QISCUS_EMAIL and QISCUS_PASSWORD");
        }
        return account;
    }

    void webhooks(Account account, Webhooks wanted) {
        webhook(account.allocation(), wanted);
        webhook(account.resolved(), wanted);
        if (account.ownAllocation()) {
            report.wrong(
                    "webhooks",
                    "Qiscus's own agent allocation is on, and gives customers to agents beside us",
                    "turn it off in Qiscus: Settings > Agent Allocation");
        } else {
            report.right("webhooks", "Qiscus's own agent allocation is off");
        }
    }

    private void webhook(Webhook found, Webhooks wanted) {
        String name = NAMES.get(found.kind());
        String remedy = wanted.registration();
        if (found.url() == null) {
            report.wrong("webhooks", name + " is not registered", remedy);
        } else if (!wanted.fits(found)) {
            report.wrong(
                    "webhooks",
                    name + " goes to " + Webhooks.masked(found.url()) + " instead of " + wanted.shown(found.kind()),
                    remedy);
        } else if (!found.enabled()) {
            report.wrong("webhooks", name + " is registered, but turned off", remedy);
        } else {
            report.right("webhooks", name + " goes to " + Webhooks.masked(found.url()));
        }
    }

    private static String sentence(QiscusFault fault) {
        if (fault.getMessage().startsWith("Qiscus cannot be reached")) {
            return fault.getMessage().substring("Qiscus ".length());
        }
        return fault.kind().isSilence() ? "cannot be reached: " + fault.getMessage() : "refuses: " + fault.getMessage();
    }

    private static String remedy(QiscusFault fault, String credentials) {
        return fault.kind().isOfTheAddress()
                ? "check QISCUS_BASE_URL, and that Qiscus may be reached from here"
                : fault.kind() == FaultKind.TOO_MANY_REQUESTS ? "wait a while" : "check " + credentials;
    }
}
