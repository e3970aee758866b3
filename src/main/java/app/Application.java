package app;

import access.Gate;
import commands.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import observe.Logs;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.AgentApi;
import routes.AssignSession;
import routes.CapacityApi;
import routes.FailurePolicy;
import routes.Health;
import routes.MoveSession;
import routes.NewSessionWebhook;
import routes.ParkedApi;
import routes.QiscusApi;
import routes.QueueLog;
import routes.Reconciliation;
import routes.Recovery;
import routes.Replies;
import routes.ResolveWebhook;
import routes.SessionActions;
import routes.SessionApi;
import routes.SessionQueue;
import routes.WatchAnswers;
import settings.Setting;
import settings.Settings;
import settings.WrongSetting;
import simulator.SimulatedQiscus;
import store.EmbeddedRedis;

/** Qiscus Agent Assignment. Without arguments it assigns customers; otherwise it runs one of its {@link Commands}. */
public class Application {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    /** The routes, in the order in which a chat travels. */
    public static final List<Class<? extends RouteBuilder>> ROUTES = List.of(
            NewSessionWebhook.class,
            AssignSession.class,
            ResolveWebhook.class,
            WatchAnswers.class,
            MoveSession.class,
            Recovery.class,
            Reconciliation.class,
            SessionQueue.class,
            QiscusApi.class,
            CapacityApi.class,
            AgentApi.class,
            ParkedApi.class,
            SessionApi.class,
            SessionActions.class,
            QueueLog.class,
            Health.class,
            Replies.class,
            FailurePolicy.class);

    private static final int GUESSABLE = 16;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Settings settings;
    private final SettledMain main;
    private EmbeddedRedis redis;
    private boolean untilToldToStop;

    public Application(Settings settings) {
        this.settings = settings;
        if (settings.jsonLogs()) {
            Logs.useJson();
        }
        main = new SettledMain(settings.placeholders(), "classpath:application.properties");
        // How long to run, for the build that makes an archive of the classes. It is not a setting of ours, so Camel
        // would not see it.
        main.configure().setDurationMaxSeconds(Integer.getInteger("camel.main.durationMaxSeconds", 0));
        main.configure().withProfile(settings.profile());
        main.configure().addConfiguration(new Wiring(settings, new Lifecycle(), true));
        main.configure().addConfiguration(new Serving(settings));
        ROUTES.forEach(main.configure()::addRoutesBuilder);
        if (settings.simulated()) {
            main.configure().addRoutesBuilder(SimulatedQiscus.class);
        }
    }

    public static void main(String[] args) {
        if (args.length > 0) {
            // A command prints its own output.
            Logs.silence();
            System.exit(Commands.run(
                    Settings::load, new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
        }
        Settings settings = null;
        Application application = null;
        try {
            settings = Settings.load();
            application = new Application(settings);
            application.run();
        } catch (Throwable failure) {
            System.err.println(FailedStart.report(failure, settings));
            // Further failures while stopping are only consequences.
            Logs.silence();
            if (application != null) {
                application.giveUp();
            }
            // Running threads must not keep the process alive.
            Runtime.getRuntime().halt(1);
        }
    }

    /** Runs until the process is told to stop. */
    private void run() throws Exception {
        prepare();
        untilToldToStop = true;
        main.run();
    }

    /** Starts the program for callers who stop it themselves. */
    public void start() throws Exception {
        try {
            prepare();
            main.start();
        } catch (Throwable failure) {
            giveUp();
            throw failure;
        }
    }

    /** Stops what was started, as far as possible. */
    private void giveUp() {
        Thread stop = new Thread(() -> {
            try {
                main.stop();
            } finally {
                stopRedis();
            }
        });
        stop.setDaemon(true);
        stop.start();
        try {
            stop.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare() throws InterruptedException {
        settings.remarks().forEach(LOG::warn);
        warnOfShort(Setting.WEBHOOK_SECRET, settings.webhookSecret());
        settings.operators()
                .forEach((name, token) -> warnOfShort(
                        name.equals(Gate.UNNAMED) ? Setting.OPERATOR_TOKEN : Setting.OPERATOR_TOKENS, token));
        if (settings.proxy() != null) {
            LOG.info(
                    "Qiscus is called through {}, by {}",
                    settings.proxy(),
                    settings.proxy().setting());
        }
        demandFreePort();
        startRedis();
    }

    private static void warnOfShort(Setting secret, String value) {
        if (value != null && value.length() < GUESSABLE) {
            LOG.warn("{} is short enough to be guessed: openssl rand -hex 24 makes a good one", secret);
        }
    }

    /** Runs before anything is started. {@link access.HttpServerSetup} detects a port that is taken later. */
    private void demandFreePort() {
        try (Socket other = new Socket()) {
            other.connect(new InetSocketAddress("127.0.0.1", settings.number(Setting.PORT)), 1000);
        } catch (IOException free) {
            return;
        }
        throw new WrongSetting("PORT " + settings.text(Setting.PORT) + " is taken by another program.");
    }

    /** For callers of {@link #start}. */
    public CamelContext camel() {
        return main.getCamelContext();
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
        } catch (IOException | RuntimeException e) {
            throw new WrongSetting(
                    "The embedded Redis does not start, check REDIS_PORT and DATA_DIR: " + e.getMessage() + ".");
        }
        LOG.info(
                "Embedded Redis listens on port {} and keeps its data in {}",
                settings.text(Setting.REDIS_PORT),
                settings.text(Setting.DATA_DIR));
    }

    private void stopRedis() {
        if (redis != null) {
            redis.close();
        }
    }

    /** The embedded Redis stops last, so that work that ends late is still stored. */
    private class Lifecycle extends LifecycleStrategySupport {

        @Override
        public void onContextStarted(CamelContext camel) {
            String open = "Wallboard: " + settings.wallboard();
            try {
                WallboardPages.install(camel, settings.number(Setting.PORT));
            } catch (RuntimeException ours) {
                // Camel runs on, and so does the program: assigning does not depend on the wallboard.
                LOG.error("The wallboard cannot be served", ours);
                open = "No wallboard";
            }
            LOG.info(
                    "Ready on port {} in profile {}, version {}",
                    settings.text(Setting.PORT),
                    settings.profile(),
                    Version.ours());
            LOG.info("{} \u00b7 {} \u00b7 stop with Ctrl-C", open, settings.qiscus());
        }

        @Override
        public void onContextStopped(CamelContext camel) {
            stopRedis();
            LOG.info("Stopped");
            if (untilToldToStop) {
                Logs.close();
            }
        }
    }
}
