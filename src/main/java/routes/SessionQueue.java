package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.redis.RedisConstants;

/** Redis. What must be one atomic move is a script behind the bean {@code sessionStore}. */
public class SessionQueue extends RouteBuilder {
    /** Only a name: its connections are those of {@link store.RedisConnections}. */
    private static final String REDIS = "spring-redis:redis:6379";

    /** Tells the instance that decides that there is something to do. A thousand calls within a moment are one message. */
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
            .routeDescription("Publishes a wake-up to all instances, not more often than every ten milliseconds")
            .setHeader(RedisConstants.CHANNEL, simple("${ref:wakeChannel}"))
            .setHeader(RedisConstants.MESSAGE, constant("work"))
            .doTry()
                .to(REDIS + "?command=PUBLISH")
            .doCatch(Exception.class)
                .log(WARN, "The wake-up could not be sent, so the next period finds what is new: ${bean:failures.words}")
            .end()
            .delay(simple("10")).syncDelayed();

        from(REDIS + "?command=SUBSCRIBE&channels={{WAKE_CHANNEL}}"
                + "&listenerContainer=#wakeUps&serializer=#stringSerializer").routeId("hear-wake-up")
            .routeDescription("A wake-up, from this instance or another")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to(AssignSession.DECIDE_AGAIN);
    }
}
