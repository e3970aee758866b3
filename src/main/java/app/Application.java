package app;

import commands.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.AssignSession;
import routes.CapacityApi;
import routes.FailurePolicy;
import routes.Health;
import routes.LineReport;
import routes.NewSessionWebhook;
import routes.ParkedApi;
import routes.QiscusApi;
import routes.Reconciliation;
import routes.Recovery;
import routes.Replies;
import routes.ResolveWebhook;
import routes.SessionApi;
import routes.SessionQueue;
import simulator.SimulatedQiscus;
import store.EmbeddedRedis;

/** Qiscus Agent Assignment. Without arguments the program itself, otherwise one of its {@link Commands}. */
public class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    /** The routes, in the order in which a chat travels. */
    public static final List<Class<? extends RouteBuilder>> ROUTES = List.of(
            NewSessionWebhook.class,
            AssignSession.class,
            ResolveWebhook.class,
            Recovery.class,
            Reconciliation.class,
            SessionQueue.class,
            QiscusApi.class,
            CapacityApi.class,
            ParkedApi.class,
            SessionApi.class,
            LineReport.class,
            Health.class,
            Replies.class,
            FailurePolicy.class);

    private static final int GUESSABLE = 16;

    private final Settings settings;
    private final Main main = new Main();
    private EmbeddedRedis redis;
    private boolean untilToldToStop;

    public Application(Settings settings) {
        this.settings = settings;
        if (settings.jsonLogs()) {
            Logs.useJson();
        }
        main.setDefaultPropertyPlaceholderLocation("classpath:application.properties");
        main.setOverrideProperties(settings.placeholders());
        main.configure().withProfile(settings.profile());
        main.configure().addConfiguration(new Wiring(settings, new Lifecycle()));
        main.configure().addConfiguration(new Serving(settings));
        ROUTES.forEach(main.configure()::addRoutesBuilder);
        if (settings.simulated()) {
            main.configure().addRoutesBuilder(SimulatedQiscus.class);
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            // A command prints what it has to say.
            Logs.silence();
            System.exit(Commands.run(
                    Settings::load, new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
        }
        try {
            new Application(Settings.load()).run();
        } catch (WrongSetting wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
    }

    /** Until the process is told to stop. */
    public void run() throws Exception {
        prepare();
        untilToldToStop = true;
        main.run();
    }

    /** For those who stop it themselves. */
    public void start() throws Exception {
        prepare();
        main.start();
    }

    private void prepare() throws InterruptedException {
        warnOfShort(Setting.WEBHOOK_SECRET, settings.webhookSecret());
        warnOfShort(Setting.OPERATOR_TOKEN, settings.text(Setting.OPERATOR_TOKEN));
        if (settings.proxy() != null) {
            LOG.info(
                    "Qiscus is called through {}, by {}",
                    settings.proxy(),
                    settings.proxy().setting());
        }
        demandFreePort(Setting.PORT, "127.0.0.1");
        if (settings.has(Setting.MANAGEMENT_PORT)) {
            demandFreePort(Setting.MANAGEMENT_PORT, settings.text(Setting.MANAGEMENT_HOST));
        }
        startRedis();
    }

    private static void warnOfShort(Setting secret, String value) {
        if (value != null && value.length() < GUESSABLE) {
            LOG.warn("{} is short enough to be guessed: openssl rand -hex 24 makes a good one", secret);
        }
    }

    /** The HTTP server itself would only log a page of stack trace, and the rest would run on without it. */
    private void demandFreePort(Setting port, String host) {
        try (Socket somebody = new Socket()) {
            somebody.connect(new InetSocketAddress(host, settings.number(port)), 1000);
        } catch (IOException nobody) {
            return;
        }
        throw new WrongSetting(port + " " + settings.text(port) + " is taken by another program.");
    }

    public void stop() {
        main.stop();
    }

    private void startRedis() throws InterruptedException {
        if (!settings.embeddedRedis()) {
            return;
        }
        try {
            redis = EmbeddedRedis.start(settings.number(Setting.REDIS_PORT), Path.of(settings.text(Setting.DATA_DIR)));
        } catch (IOException e) {
            throw new WrongSetting(
                    "The embedded Redis does not start, check REDIS_PORT and DATA_DIR: " + e.getMessage() + ".");
        }
        LOG.info(
                "Embedded Redis listens on port {} and keeps its data in {}",
                settings.text(Setting.REDIS_PORT),
                settings.text(Setting.DATA_DIR));
    }

    /** The embedded Redis goes last: what is under way at the end is still stored. */
    private class Lifecycle extends LifecycleStrategySupport {

        @Override
        public void onContextStarted(CamelContext camel) {
            WallboardPages.install(camel, settings.number(Setting.PORT));
            LOG.info("Ready on port {} in profile {}", settings.text(Setting.PORT), settings.profile());
        }

        @Override
        public void onContextStopped(CamelContext camel) {
            if (redis != null) {
                redis.close();
            }
            LOG.info("Stopped");
            if (untilToldToStop) {
                Logs.close();
            }
        }
    }
}
