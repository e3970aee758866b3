package commands;

import app.SteadyClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import settings.Settings;
import settings.WrongSetting;
import simulator.Simulator;
import simulator.Tally;

/** Puts load on a running instance, with simulated customers and the Qiscus that the instance asks about them. */
@Command(
        name = "simulate",
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Sends simulated customers to a running instance, and reports how they were served.",
            "",
            "It serves the Qiscus of these customers, so start the instance with",
            "  QISCUS_BASE_URL=http://127.0.0.1:9090/simulator QISCUS_APP_ID=simulator QISCUS_SECRET_KEY=simulator",
            "and with a Redis that holds no real customers. WEBHOOK_SECRET must be the same for both.",
            ""
        })
class Simulate implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Settings> load;

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080", description = "the instance")
    private URI url;

    @Option(names = "--port", paramLabel = "N", defaultValue = "9090", description = "the port of this Qiscus")
    private int port;

    @Option(names = "--customers", paramLabel = "N", defaultValue = "60", description = "how many customers come")
    private int customers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "120",
            description = "how many customers come in a minute")
    private int rate;

    @Option(names = "--agents", paramLabel = "N", defaultValue = "8", description = "how many agents there are")
    private int agents;

    @Option(
            names = "--handling",
            paramLabel = "SECONDS",
            defaultValue = "6",
            description = "how long an agent serves a customer, on average")
    private double handling;

    @Option(
            names = "--capacity",
            paramLabel = "N",
            defaultValue = "2",
            description = "how many customers an agent may have; must be the capacity of the instance")
    private int capacity;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "120",
            description = "when to stop waiting for the rest")
    private int seconds;

    @Spec
    private CommandSpec spec;

    Simulate(Supplier<Settings> load) {
        this.load = load;
    }

    @Override
    public Integer call() throws InterruptedException {
        demand(
                ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getHost() != null
                        && url.getRawQuery() == null,
                "--url",
                "a URL that starts with http:// or https:// and has no query");
        demand(port >= 1 && port <= 65535, "--port", "a port from 1 to 65535");
        demand(customers >= 1 && customers <= 100_000, "--customers", "from 1 to 100000");
        demand(rate >= 1 && rate <= 60_000, "--rate", "from 1 to 60000");
        demand(agents >= 1 && agents <= 10_000, "--agents", "from 1 to 10000");
        demand(handling > 0 && handling <= 3600, "--handling", "more than 0 and at most 3600");
        demand(capacity >= 1 && capacity <= 1000, "--capacity", "from 1 to 1000");
        demand(seconds >= 1 && seconds <= 86_400, "--seconds", "from 1 to 86400");
        demandFreePort();
        demandAnswer();
        String secret = load.get().webhookSecret();

        Simulator simulator = new Simulator(
                agents, rate, Duration.ofMillis((long) (handling * 1000)), new SteadyClock(), new Random());
        simulator.expect(customers);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Qiscus is simulated at http://127.0.0.1:%d/simulator, its customers write to %s%n", port, url);
        out.flush();
        try (SimulatedWorld world =
                new SimulatedWorld(simulator, port, address(), secret == null ? "" : "/" + secret)) {
            await(simulator.tally(), out);
        }
        return report(simulator.tally().figures(), out);
    }

    private void demand(boolean right, String option, String what) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), option + " must be " + what + ".");
        }
    }

    private void demandFreePort() {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            free.getLocalPort();
        } catch (IOException taken) {
            throw new WrongSetting("--port " + port + " is taken by another program.");
        }
    }

    /** Any answer will do: what is wrong otherwise shows in the result. */
    private void demandAnswer() throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest question = HttpRequest.newBuilder(URI.create(address() + "/observe/health/live"))
                .timeout(PATIENCE)
                .build();
        try {
            http.send(question, BodyHandlers.discarding());
        } catch (HttpTimeoutException silent) {
            throw new WrongSetting("Nothing answers at " + url + " within " + PATIENCE.toSeconds() + " seconds: check"
                    + " --url, and that the instance is started.");
        } catch (SSLException notTrusted) {
            throw new WrongSetting("No TLS connection to " + url + " can be made: check --url and its certificate.");
        } catch (IOException | IllegalArgumentException unreachable) {
            throw new WrongSetting("Nothing listens at " + url + ": start the instance first, or name it with --url.");
        }
    }

    /** The URL without a slash at its end. */
    private String address() {
        return url.toString().replaceAll("/+$", "");
    }

    /** Waits until all customers are served, or the time is over. */
    private void await(Tally tally, PrintWriter out) throws InterruptedException {
        for (int second = 1; second <= seconds && tally.figures().resolved() < customers; second++) {
            TimeUnit.SECONDS.sleep(1);
            if (second % 10 == 0) {
                Tally.Figures now = tally.figures();
                out.printf(
                        "%4d s: %d came, %d were assigned, %d resolved%n",
                        second, now.came(), now.assigned(), now.resolved());
                out.flush();
            }
        }
    }

    /**
     * Prints the result.
     *
     * @return 0 if all customers came and were served, and no agent exceeded the capacity; else 1
     */
    private int report(Tally.Figures figures, PrintWriter out) {
        out.printf("%ncustomers came      %d of %d%n", figures.came(), customers);
        out.printf("webhooks accepted   %d%n", figures.accepted());
        out.printf("webhooks refused    %d%n", figures.refused());
        out.printf("assigned            %d%n", figures.assigned());
        out.printf("resolved            %d%n", figures.resolved());
        out.printf(
                "waited              half of them up to %s, 95 %% up to %s, the longest %s%n",
                seconds(figures.median()), seconds(figures.ninetyFifth()), seconds(figures.longest()));
        out.printf("most at one agent   %d, of at most %d%n", figures.most(), capacity);
        out.flush();
        boolean served = figures.resolved() == customers && figures.refused() == 0;
        return served && figures.most() <= capacity ? 0 : 1;
    }

    private static String seconds(long milliseconds) {
        return "%.1f s".formatted(milliseconds / 1000.0);
    }
}
