package commands;

import app.SettledMain;
import app.Wiring;
import assignment.English;
import assignment.QiscusFault;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.data.redis.core.StringRedisTemplate;
import qiscus.Account;
import qiscus.Json;
import qiscus.QiscusFaults;
import qiscus.TriedCall;
import qiscus.Webhook;
import routes.QiscusAdmin;
import routes.QiscusApi;
import settings.Settings;
import store.AdminToken;
import store.Keys;
import store.RedisConnections;
import store.RedisFacts;

/**
 * Redis and Qiscus, reached exactly as the program reaches them: with its beans and its routes to Qiscus, but without
 * the routes that start by themselves.
 */
class ExternalSystems implements AutoCloseable {
    private final SettledMain main;

    ExternalSystems(Settings settings) {
        main = new SettledMain(settings.placeholders(), "classpath:application.properties");
        main.addOverrideProperty("camel.server.enabled", "false");
        main.addOverrideProperty("camel.management.enabled", "false");
        main.configure().addConfiguration(new Wiring(settings, new LifecycleStrategySupport() {}));
        main.configure().addConfiguration(new AdminWiring(settings));
        main.configure().addRoutesBuilder(QiscusApi.class);
        main.configure().addRoutesBuilder(QiscusAdmin.class);
        main.start();
    }

    /** The beans that only the commands of an admin need. */
    private record AdminWiring(Settings settings) implements CamelConfiguration {

        @Override
        public void configure(CamelContext camel) {
            Registry beans = camel.getRegistry();
            StringRedisTemplate redis = beans.lookupByNameAndType("redisTemplate", StringRedisTemplate.class);
            Keys keys = beans.lookupByNameAndType("keys", Keys.class);
            beans.bind("accountReader", new Account.Reader());
            beans.bind(
                    "triedCalls",
                    new TriedCall.Reader(
                            Json.mapper(),
                            beans.lookupByNameAndType("qiscusFaults", QiscusFaults.class),
                            settings::masked));
            beans.bind("adminToken", new AdminToken(redis, keys));
            beans.bind(
                    "redisFacts",
                    beans.lookupByNameAndType("redisConnections", RedisConnections.class)
                            .facts());
        }
    }

    RedisFacts redis() {
        return main.getCamelContext().getRegistry().lookupByNameAndType("redisFacts", RedisFacts.class);
    }

    /** @throws QiscusFault unless Qiscus accepts the app's credentials */
    void readProfile() {
        ask(camel().to("direct:read-profile"), Object.class);
    }

    /** @throws QiscusFault unless Qiscus accepts the login */
    Account logIn() {
        return ask(camel().to("direct:log-in"), Account.class);
    }

    /** @throws QiscusFault unless Qiscus accepts it */
    void register(Webhook webhook) {
        ask(camel().to("direct:register-webhook").withBody(webhook), Object.class);
    }

    TriedCall.Answer attempt(TriedCall call) {
        return ask(camel().to("direct:try-call").withBody(call), TriedCall.Answer.class);
    }

    private FluentProducerTemplate camel() {
        return main.getCamelContext().createFluentProducerTemplate();
    }

    private static <T> T ask(FluentProducerTemplate question, Class<T> type) {
        try {
            return question.request(type);
        } catch (CamelExecutionException failure) {
            throw failure.getCause() instanceof QiscusFault fault
                    ? fault
                    : new QiscusFault(QiscusFault.NO_ANSWER, English.say("reason.unreadable"), null);
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
