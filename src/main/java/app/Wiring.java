package app;

import assignment.AnswerRule;
import assignment.AssignmentCheck;
import assignment.ByHand;
import assignment.Decider;
import assignment.IgnoredRooms;
import assignment.Matching;
import assignment.Missed;
import assignment.QueueReport;
import assignment.RetryPolicy;
import assignment.SuccessTracker;
import assignment.Swap;
import assignment.Watch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import observe.Events;
import observe.Failures;
import observe.LogFields;
import observe.MeteredQiscus;
import observe.MeteredRedis;
import observe.Meters;
import observe.QiscusHealth;
import observe.QueueCollector;
import observe.RedisHealth;
import observe.RouteMeters;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.model.Model;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.Registry;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.StringRedisSerializer;
import qiscus.Account;
import qiscus.AgentList;
import qiscus.AgentsPage;
import qiscus.AllAgents;
import qiscus.AnswerReader;
import qiscus.BotRooms;
import qiscus.CallLimit;
import qiscus.CallReader;
import qiscus.CustomerRoom;
import qiscus.CustomerRooms;
import qiscus.Json;
import qiscus.NewSessionCall;
import qiscus.OwnApp;
import qiscus.QiscusFaults;
import qiscus.Reply;
import qiscus.ResolveCall;
import qiscus.RoomFeed;
import qiscus.RoomList;
import qiscus.RoomMessages;
import settings.Setting;
import settings.Settings;
import settings.WrongSetting;
import simulator.Simulator;
import simulator.SimulatorFile;
import store.AgentReader;
import store.BoardReader;
import store.Capacities;
import store.Keys;
import store.QueueReader;
import store.RedisAdmission;
import store.RedisClock;
import store.RedisConnections;
import store.RedisTime;
import store.RoomHistoryReader;
import store.Scripts;
import store.SessionReader;
import store.SessionStore;
import store.UnusableRedis;
import wallboard.Wallboard;

/** Makes each bean from the settings, and binds it under the name that the routes use. */
public class Wiring implements CamelConfiguration {
    private final Settings settings;
    private final LifecycleStrategy lifecycle;
    private final Clock steady = new SteadyClock();
    private final boolean claimsRedis;

    /** For a program that reads Redis but does not claim it. */
    public Wiring(Settings settings, LifecycleStrategy lifecycle) {
        this(settings, lifecycle, false);
    }

    /** @param claimsRedis whether the keys in Redis become those of this app, if they belong to no app yet */
    public Wiring(Settings settings, LifecycleStrategy lifecycle, boolean claimsRedis) {
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.claimsRedis = claimsRedis;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.addLifecycleStrategy(lifecycle);
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        model.addModelLifecycleStrategy(new StepNames());
        // The queue is the retry mechanism: routes redeliver nothing, and failures go to the caller.
        model.addRouteConfiguration(new RouteConfigurationDefinition().errorHandler(new NoErrorHandlerDefinition()));
        if (settings.jsonLogs()) {
            camel.getCamelContextExtension().addLogListener(new LogFields());
        }
        Registry beans = camel.getRegistry();
        ObjectMapper json = Json.mapper();
        // Camel has created it by now for its route metrics.
        PrometheusMeterRegistry metrics =
                beans.lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, PrometheusMeterRegistry.class);
        Meters meters = new Meters(metrics);
        beans.bind("meters", meters);
        camel.addRoutePolicyFactory(new RouteMeters(metrics));
        QiscusHealth qiscus = bindQiscusHealth(beans, meters, metrics);
        bindRedis(beans, json, meters, metrics, qiscus);
        camel.addLifecycleStrategy(new Running(beans.lookupByNameAndType("sessionStore", SessionStore.class)));
        Clock clock = beans.lookupByNameAndType("redisClock", RedisClock.class);
        bindMessages(beans, json, clock);
        bindDecisions(beans, clock);
        bindLeftAlone(beans, metrics);
        beans.bind("qiscusAppId", settings.text(Setting.QISCUS_APP_ID));
        beans.bind("qiscusSecretKey", settings.text(Setting.QISCUS_SECRET_KEY));
        beans.bind("qiscusMessagesUrl", settings.text(Setting.QISCUS_MESSAGES_URL));
        beans.bind("qiscusBreaker", breaker());
        beans.bind("callLimit", new CallLimit(settings.duration(Setting.QISCUS_TIMEOUT)));
        ExecutorServiceManager threads = camel.getExecutorServiceManager();
        beans.bind("qiscusCalls", threads.newCachedThreadPool(this, "qiscus-calls"));
        beans.bind("roomReaders", threads.newFixedThreadPool(this, "room-readers", settings.number(Setting.WORKERS)));
        if (settings.simulated()) {
            bindSimulator(beans);
        }
    }

    private void bindMessages(Registry beans, ObjectMapper json, Clock clock) {
        ObjectMapper strict = Json.strictMapper();
        beans.bind("json", new JacksonDataFormat(strict, JsonNode.class));
        beans.bind("newSessionCall", new JacksonDataFormat(strict, NewSessionCall.class));
        beans.bind("resolveCall", new JacksonDataFormat(strict, ResolveCall.class));
        beans.bind("agentsPage", new JacksonDataFormat(json, AgentsPage.class));
        beans.bind("customerRoom", new JacksonDataFormat(json, CustomerRoom.class));
        beans.bind("customerRooms", new JacksonDataFormat(json, CustomerRooms.class));
        beans.bind("ownApp", new OwnApp(settings.text(Setting.QISCUS_APP_ID)));
        beans.bind("callReader", new CallReader(clock));
        beans.bind("answerReader", new AnswerReader());
        beans.bind("agentList", new AgentList.Reader());
        beans.bind("allAgents", new AllAgents.Reader());
        beans.bind("roomList", new RoomList.Reader(clock, steady, settings.limit(Setting.SWEEP_MAX_AGE)));
        beans.bind("roomFeed", new RoomFeed.Reader(clock));
        beans.bind("roomMessages", new RoomMessages(steady));
        beans.bind(
                "qiscusFaults",
                new QiscusFaults(
                        json,
                        settings.text(Setting.QISCUS_SECRET_KEY),
                        settings.text(Setting.QISCUS_PASSWORD),
                        settings.proxy() == null ? null : settings.proxy().password()));
        beans.bind("failures", new Failures());
        beans.bind("replies", new Reply.Writer());
        beans.bind(
                "qiscusLogin",
                new Account.Login(settings.text(Setting.QISCUS_EMAIL), settings.text(Setting.QISCUS_PASSWORD)));
        beans.bind(
                "botRooms",
                new BotRooms(
                        "wait".equals(settings.text(Setting.BOT_ROOMS)), settings.has(Setting.QISCUS_EMAIL), steady));
    }

    private void bindDecisions(Registry beans, Clock clock) {
        SuccessTracker lists = tracker();
        SuccessTracker assigns = tracker();
        beans.bind("listCalls", lists);
        beans.bind("assignCalls", assigns);
        beans.bind("roomReads", tracker());
        beans.bind("matching", new Matching());
        Decider decider = new Decider(new Decider.Rules(
                settings.number(Setting.WORKERS),
                settings.duration(Setting.SETTLE_TIME),
                settings.duration(Setting.DISPATCH_PERIOD)));
        beans.bind("decider", decider);
        beans.bind("byHand", new ByHand(decider));
        beans.bind(
                "watch",
                new Watch(
                        new AnswerRule(
                                settings.limit(Setting.AWAY_ANSWER_WITHIN), settings.limit(Setting.ANSWER_WITHIN)),
                        settings.duration(Setting.WATCH_PERIOD).toMillis(),
                        decider));
        beans.bind("retryPolicy", new RetryPolicy(lists, assigns));
        beans.bind("assignmentCheck", new AssignmentCheck(settings.duration(Setting.SETTLE_TIME), clock));
        beans.bind("swap", new Swap(settings.duration(Setting.SETTLE_TIME)));
        beans.bind("queueReport", new QueueReport());
    }

    private void bindLeftAlone(Registry beans, PrometheusMeterRegistry metrics) {
        IgnoredRooms ignoredRooms = new IgnoredRooms(settings.text(Setting.SWEEP_MAX_AGE), steady);
        beans.bind("ignoredRooms", ignoredRooms);
        beans.bind("missed", new Missed());
        Gauge.Builder<IgnoredRooms> old = Gauge.builder("assignment.left.alone.rooms", ignoredRooms, IgnoredRooms::old);
        Gauge.Builder<IgnoredRooms> ofBot =
                Gauge.builder("assignment.left.alone.rooms", ignoredRooms, IgnoredRooms::ofBot);
        String description = "Rooms that wait in Qiscus without a webhook, and that we leave alone";
        old.tag("reason", "old").description(description).register(metrics);
        ofBot.tag("reason", "bot").description(description).register(metrics);
    }

    /** A held room is checked once per RECONCILE_PERIOD, so its failures must be remembered until the next check. */
    private SuccessTracker tracker() {
        Duration memory = settings.duration(Setting.RECONCILE_PERIOD).multipliedBy(3);
        return new SuccessTracker(
                settings.duration(Setting.SETTLE_TIME),
                memory.compareTo(AssignmentCheck.MAX_UNKNOWN) > 0 ? memory : AssignmentCheck.MAX_UNKNOWN,
                steady);
    }

    /**
     * After half of the last calls failed, one call every {@code 2 s} finds out whether Qiscus is back. No call takes
     * longer than QISCUS_TIMEOUT, however slowly the answer arrives.
     */
    private Resilience4jConfigurationDefinition breaker() {
        return new Resilience4jConfigurationDefinition()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(2)
                // With a timer of its own. Otherwise the clock of the machine would end the pause, and it may be
                // changed.
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(1)
                .throwExceptionWhenHalfOpenOrOpenState(true)
                .timeoutEnabled(true)
                .timeoutDuration((int) settings.duration(Setting.QISCUS_TIMEOUT).toMillis())
                .timeoutExecutorService("qiscusCalls")
                .micrometerEnabled(true);
    }

    private QiscusHealth bindQiscusHealth(Registry beans, Meters meters, PrometheusMeterRegistry metrics) {
        QiscusHealth health = new QiscusHealth(settings.flag(Setting.ASSIGN_ENABLED), steady);
        String path = URI.create(settings.text(Setting.QISCUS_BASE_URL)).getPath();
        beans.bind("qiscusHealth", health);
        beans.bind("qiscusClient", new QiscusClient(new MeteredQiscus(path, meters, health), settings.proxy()));
        Gauge.builder("assignment.qiscus.credentials.accepted", health, QiscusHealth::accepted)
                .description("1: Qiscus accepts our credentials, 0: it refuses them, NaN: not known")
                .register(metrics);
        return health;
    }

    private void bindRedis(
            Registry beans, ObjectMapper json, Meters meters, PrometheusMeterRegistry metrics, QiscusHealth qiscus) {
        RedisConnections connections = connections();
        Keys keys = new Keys(settings.text(Setting.KEY_PREFIX));
        beans.bind("keys", keys);
        beans.bind("queueKey", keys.queue());
        beans.bind("wakeChannel", keys.wake());
        StringRedisTemplate redis = new MeteredRedis(connections.template(), meters);
        beans.bind("redisConnections", RedisConnections.class, connections, null, "close");
        beans.bind("redisTemplate", redis);
        RedisClock clock = new RedisClock(redis, Clock.systemUTC());
        beans.bind("redisClock", clock);
        beans.bind("stringSerializer", StringRedisSerializer.UTF_8);
        int capacity = settings.number(Setting.MAX_CUSTOMERS_PER_AGENT);
        Scripts scripts =
                new Scripts(redis, json, keys, settings.duration(Setting.HISTORY_RETENTION), new Events(meters));
        RedisTime time = new RedisTime();
        beans.bind("redisTime", time);
        SessionStore store = new SessionStore(
                redis,
                json,
                keys,
                new SessionStore.Rules(
                        capacity,
                        settings.duration(Setting.SETTLE_TIME),
                        settings.duration(Setting.CLAIM_LEASE),
                        settings.duration(Setting.RECONCILE_PERIOD),
                        2 * settings.number(Setting.WORKERS),
                        settings.number(Setting.MOVES),
                        settings.numberOrOff(Setting.SILENT_PAUSE_AFTER)),
                scripts,
                time);
        beans.bind("sessionStore", store);
        RedisHealth health = new RedisHealth(connections::ask, steady);
        beans.bind("redisHealth", health);
        Gauge.builder("assignment.redis.up", health, redisHealth -> redisHealth.isUp() ? 1 : 0)
                .description("1: Redis answers this instance, 0: it does not")
                .register(metrics);

        beans.bind("capacities", new Capacities(redis, keys, capacity));
        QueueReader queue = new QueueReader(redis, json, keys, capacity);
        beans.bind("queueReader", queue);
        metrics.getPrometheusRegistry().register(new QueueCollector(queue::stats, health::isUp, steady));
        beans.bind("sessions", new SessionReader(redis, json, keys));
        beans.bind("agents", new AgentReader(redis, json, keys, capacity));
        beans.bind(
                "roomHistory", new RoomHistoryReader(redis, json, keys, settings.duration(Setting.HISTORY_RETENTION)));
        beans.bind("wallboard", wallboard(new BoardReader(redis, json, keys, capacity), qiscus));

        beans.bind("wakeUps", RedisMessageListenerContainer.class, connections.wakeUps(), null, "destroy");
        if (claimsRedis) {
            checkRedis(connections);
        }
    }

    private static void checkRedis(RedisConnections connections) {
        try {
            connections.check();
        } catch (UnusableRedis foreign) {
            throw new WrongSetting(foreign.getMessage());
        }
    }

    private Wallboard wallboard(BoardReader reader, QiscusHealth qiscus) {
        return new Wallboard(
                reader,
                settings.duration(Setting.SERVICE_GOAL),
                settings.duration(Setting.RECONCILE_PERIOD),
                settings.simulated(),
                qiscus::refusedSince,
                steady);
    }

    private void bindSimulator(Registry beans) {
        Simulator simulator = new Simulator(
                settings.number(Setting.SIMULATOR_AGENTS),
                settings.number(Setting.SIMULATOR_CUSTOMERS_PER_MINUTE),
                settings.duration(Setting.SIMULATOR_HANDLING_TIME),
                steady,
                new Random());
        simulator.answerFirstAfter(settings.duration(Setting.SIMULATOR_FIRST_ANSWER));
        Path file = Path.of(settings.text(Setting.DATA_DIR), "simulator.json");
        beans.bind("simulator", simulator);
        beans.bind("simulatedAccount", simulator.account());
        beans.bind("tally", simulator.tally());
        try {
            beans.bind("simulatedPeople", new SimulatorFile(simulator, file, new ObjectMapper()));
        } catch (IOException e) {
            throw new WrongSetting("The simulator cannot read " + file + " under DATA_DIR: delete that file.");
        }
    }

    private RedisConnections connections() {
        try {
            return new RedisConnections(
                    settings.redis(),
                    settings.number(Setting.REDIS_MAX_CONNECTIONS),
                    new RedisAdmission.Owner(
                            new Keys(settings.text(Setting.KEY_PREFIX)),
                            settings.text(Setting.QISCUS_APP_ID),
                            claimsRedis,
                            settings.embeddedRedis()
                                    ? "another DATA_DIR, or a KEY_PREFIX of its own"
                                    : "a KEY_PREFIX of its own"));
        } catch (IOException e) {
            throw new WrongSetting("REDIS_CA_FILE must name a readable PEM file with certificates.");
        }
    }
}
