package app;

import assignment.Candidates;
import assignment.Capacity;
import assignment.LineNews;
import assignment.Setbacks;
import assignment.Verdict;
import assignment.Witness;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import observe.LineCollector;
import observe.MeteredQiscus;
import observe.MeteredRedis;
import observe.MeteredStore;
import observe.Meters;
import observe.QiscusHealth;
import observe.RedisHealth;
import observe.RouteMeters;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.model.Model;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.Registry;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.StringRedisSerializer;
import qiscus.AgentList;
import qiscus.AgentsPage;
import qiscus.AllAgents;
import qiscus.AnswerReader;
import qiscus.CallReader;
import qiscus.CustomerRoom;
import qiscus.CustomerRooms;
import qiscus.NewSessionCall;
import qiscus.OwnApp;
import qiscus.QiscusFaults;
import qiscus.Reply;
import qiscus.ResolveCall;
import qiscus.RoomList;
import simulator.Simulator;
import simulator.SimulatorFile;
import store.BoardReader;
import store.Keys;
import store.RedisConnections;
import store.SessionStore;
import store.StoryReader;
import wallboard.Wallboard;

/** Makes every bean once, under the name that the routes call it by, from typed settings. */
public class Wiring implements CamelConfiguration {
    /** Vert.x serves as many blocking requests at a time, each may need a connection. */
    private static final int HTTP_WORKERS = 20;

    private final Settings settings;
    private final LifecycleStrategy lifecycle;

    public Wiring(Settings settings, LifecycleStrategy lifecycle) {
        this.settings = settings;
        this.lifecycle = lifecycle;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.addLifecycleStrategy(new Running());
        camel.addLifecycleStrategy(lifecycle);
        camel.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepNames());
        if (settings.jsonLogs()) {
            camel.getCamelContextExtension().addLogListener(new LogFields());
        }
        Registry beans = camel.getRegistry();
        ObjectMapper json = json();
        bindMessages(beans, json);
        bindDecisions(beans);
        // Camel has made it by now, and counts its routes there.
        PrometheusMeterRegistry metrics =
                beans.lookupByNameAndType(MicrometerConstants.METRICS_REGISTRY_NAME, PrometheusMeterRegistry.class);
        Meters meters = new Meters(metrics);
        beans.bind("meters", meters);
        camel.addRoutePolicyFactory(new RouteMeters(metrics));
        bindRedis(beans, json, meters, metrics);
        bindQiscusHealth(beans, meters, metrics);
        beans.bind("qiscusBreaker", breaker());
        beans.bind("qiscusCalls", camel.getExecutorServiceManager().newCachedThreadPool(this, "qiscus-calls"));
        if (settings.simulated()) {
            bindSimulator(beans);
        }
    }

    /** Qiscus writes snake_case, adds fields at any time and changes their types. */
    public static ObjectMapper json() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Of what anybody may send: a field that is there twice means one thing to us and another to whoever let it pass. */
    public static ObjectMapper strictJson() {
        ObjectMapper strict = json().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        // JSON is UTF-8 (RFC 8259, 8.1).
        strict.getFactory().disable(JsonFactory.Feature.CHARSET_DETECTION);
        return strict;
    }

    private void bindMessages(Registry beans, ObjectMapper json) {
        ObjectMapper strict = strictJson();
        beans.bind("json", new JacksonDataFormat(strict, JsonNode.class));
        beans.bind("newSessionCall", new JacksonDataFormat(strict, NewSessionCall.class));
        beans.bind("resolveCall", new JacksonDataFormat(strict, ResolveCall.class));
        beans.bind("agentsPage", new JacksonDataFormat(json, AgentsPage.class));
        beans.bind("customerRoom", new JacksonDataFormat(json, CustomerRoom.class));
        beans.bind("customerRooms", new JacksonDataFormat(json, CustomerRooms.class));
        beans.bind("ownApp", new OwnApp(settings.text(Setting.QISCUS_APP_ID)));
        beans.bind("callReader", new CallReader());
        beans.bind("answerReader", new AnswerReader());
        beans.bind("agentList", new AgentList.Reader());
        beans.bind("allAgents", new AllAgents.Reader());
        beans.bind("roomList", new RoomList.Reader(Clock.systemUTC()));
        beans.bind(
                "qiscusFaults",
                new QiscusFaults(
                        json,
                        settings.text(Setting.QISCUS_SECRET_KEY),
                        settings.text(Setting.QISCUS_PASSWORD),
                        settings.proxy() == null ? null : settings.proxy().password()));
        beans.bind("replies", new Reply.Writer());
    }

    private void bindDecisions(Registry beans) {
        Witness lists = new Witness();
        Witness assigns = new Witness();
        beans.bind("lists", lists);
        beans.bind("assigns", assigns);
        beans.bind("candidates", new Candidates());
        beans.bind("setbacks", new Setbacks(lists, assigns));
        beans.bind("verdict", new Verdict(settings.duration(Setting.SETTLE_TIME), Clock.systemUTC()));
        beans.bind("lineNews", new LineNews());
    }

    /**
     * When half of the last calls failed, one call every {@code 5 s} finds out whether Qiscus is back. No call takes
     * longer than QISCUS_TIMEOUT, however slowly its answer drips.
     */
    private Resilience4jConfigurationDefinition breaker() {
        return new Resilience4jConfigurationDefinition()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(5)
                .permittedNumberOfCallsInHalfOpenState(1)
                .throwExceptionWhenHalfOpenOrOpenState(true)
                .timeoutEnabled(true)
                .timeoutDuration((int) settings.duration(Setting.QISCUS_TIMEOUT).toMillis())
                .timeoutExecutorService("qiscusCalls")
                .micrometerEnabled(true);
    }

    private void bindQiscusHealth(Registry beans, Meters meters, PrometheusMeterRegistry metrics) {
        QiscusHealth health = new QiscusHealth(settings.flag(Setting.ASSIGN_ENABLED), Clock.systemUTC());
        String path = URI.create(settings.text(Setting.QISCUS_BASE_URL)).getPath();
        beans.bind("qiscusHealth", health);
        beans.bind("qiscusClient", new QiscusClient(new MeteredQiscus(path, meters, health), settings.proxy()));
        Gauge.builder("assignment.qiscus.credentials.accepted", health, QiscusHealth::accepted)
                .description("1: Qiscus accepts our credentials, 0: it refuses them, NaN: not known")
                .register(metrics);
    }

    private void bindRedis(Registry beans, ObjectMapper json, Meters meters, PrometheusMeterRegistry metrics) {
        RedisConnections connections = connections();
        StringRedisTemplate redis = new MeteredRedis(connections.template(), meters);
        beans.bind("redisConnections", RedisConnections.class, connections, null, "close");
        beans.bind("redisTemplate", redis);
        beans.bind("stringSerializer", StringRedisSerializer.UTF_8);
        SessionStore store = new MeteredStore(
                redis,
                json,
                new Keys(settings.text(Setting.KEY_PREFIX)),
                new SessionStore.Rules(
                        new Capacity(settings.number(Setting.MAX_CUSTOMERS_PER_AGENT)),
                        settings.duration(Setting.SETTLE_TIME),
                        settings.duration(Setting.CLAIM_LEASE),
                        settings.duration(Setting.DISPATCH_PERIOD),
                        settings.duration(Setting.RECONCILE_PERIOD),
                        settings.duration(Setting.HISTORY_RETENTION)),
                meters,
                Clock.systemUTC());
        beans.bind("sessionStore", store);
        RedisHealth health = new RedisHealth(redis, Clock.systemUTC());
        beans.bind("redisHealth", health);
        Gauge.builder("assignment.redis.up", health, redisHealth -> redisHealth.isUp() ? 1 : 0)
                .description("1: Redis answers this instance, 0: it does not")
                .register(metrics);
        metrics.getPrometheusRegistry().register(new LineCollector(store::figures, health::isUp, Clock.systemUTC()));

        beans.bind(
                "storyReader",
                new StoryReader(
                        redis,
                        json,
                        new Keys(settings.text(Setting.KEY_PREFIX)),
                        settings.duration(Setting.HISTORY_RETENTION)));
        beans.bind("wallboard", wallboard(redis, json));

        RedisMessageListenerContainer wakeUps = new RedisMessageListenerContainer();
        wakeUps.setConnectionFactory(connections);
        wakeUps.setSubscriptionExecutor(new SimpleAsyncTaskExecutor("wake-ups-"));
        // A wake-up only rings a bell: no thread of its own for each.
        wakeUps.setTaskExecutor(Runnable::run);
        wakeUps.setRecoveryInterval(1000);
        wakeUps.afterPropertiesSet();
        wakeUps.start();
        beans.bind("wakeUps", RedisMessageListenerContainer.class, wakeUps, null, "destroy");
        connections.check();
    }

    private Wallboard wallboard(StringRedisTemplate redis, ObjectMapper json) {
        BoardReader reader = new BoardReader(
                redis,
                json,
                new Keys(settings.text(Setting.KEY_PREFIX)),
                settings.number(Setting.MAX_CUSTOMERS_PER_AGENT));
        return new Wallboard(
                reader,
                settings.duration(Setting.SERVICE_GOAL),
                settings.duration(Setting.RECONCILE_PERIOD),
                settings.simulated(),
                Clock.systemUTC());
    }

    private void bindSimulator(Registry beans) {
        Simulator simulator = new Simulator(
                settings.number(Setting.SIMULATOR_AGENTS),
                settings.number(Setting.SIMULATOR_CUSTOMERS_PER_MINUTE),
                settings.duration(Setting.SIMULATOR_HANDLING_TIME),
                Clock.systemUTC(),
                new Random());
        Path file = Path.of(settings.text(Setting.DATA_DIR), "simulator.json");
        beans.bind("simulator", simulator);
        beans.bind("tally", simulator.tally());
        try {
            beans.bind("simulatedPeople", new SimulatorFile(simulator, file, new ObjectMapper()));
        } catch (IOException e) {
            throw new WrongSetting("The simulator cannot read " + file + " under DATA_DIR: delete that file.");
        }
    }

    private RedisConnections connections() {
        try {
            return new RedisConnections(settings.redis(), settings.number(Setting.WORKERS) + HTTP_WORKERS + 4);
        } catch (IOException e) {
            throw new WrongSetting("REDIS_CA_FILE must name a readable PEM file with certificates.");
        }
    }
}
