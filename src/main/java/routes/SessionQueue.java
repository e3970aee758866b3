package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.redis.RedisConstants;

/** Redis. Atomic changes are scripts behind the bean {@code sessionStore}. */
public class SessionQueue extends RouteBuilder {
    /** Only a name: the connections come from {@link store.RedisConnections}. */
    private static final String REDIS = "spring-redis:redis:6379";

    /** Wakes the deciding instance. A thousand calls at once are one message. */
    static final String WAKE_DECIDER = "seda:wake?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

    @Override
    public void configure() {
        from("direct:store-new-session").routeId("store-new-session")
            .routeDescription("Puts an accepted call at the head of the queue")
            .marshal("json")
            .convertBodyTo(String.class, "UTF-8")
            .setHeader(RedisConstants.KEY, simple("${ref:queueKey}"))
            .setHeader(RedisConstants.VALUE, simple("${body}"))
            .to(REDIS + "?command=LPUSH");

        from("seda:wake?size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100").routeId("publish-wake-up")
            .routeDescription("Publishes a wake-up to all instances, at most every ten milliseconds")
            .setHeader(RedisConstants.CHANNEL, simple("${ref:wakeChannel}"))
            .setHeader(RedisConstants.MESSAGE, constant("work"))
            .doTry()
                .to(REDIS + "?command=PUBLISH")
            .doCatch(Exception.class)
                .log(WARN, "The wake-up could not be sent; the next period finds the new sessions: ${bean:failures.words}")
            .end()
            .delay(simple("10")).syncDelayed();

        from(REDIS + "?command=SUBSCRIBE&channels={{WAKE_CHANNEL}}"
                + "&listenerContainer=#wakeUps&serializer=#stringSerializer").routeId("hear-wake-up")
            .routeDescription("A wake-up, from this instance or another")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to(AssignSession.DECIDE_AGAIN);
    }
}
