package routes;

import static org.apache.camel.LoggingLevel.ERROR;
import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.redis.RedisConstants;

/** Redis. What must be one atomic move is a script behind the bean {@code sessionStore}. */
public class SessionQueue extends RouteBuilder {
    /** Only a name: its connections are those of {@link store.RedisConnections}. */
    private static final String REDIS = "spring-redis:redis:6379";

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("direct:store-new-session").routeId("store-new-session")
            .routeDescription("Puts an accepted call at the head of the queue")
            .marshal("json")
            .convertBodyTo(String.class, "UTF-8")
            .setHeader(RedisConstants.KEY, simple("${ref:queueKey}"))
            .setHeader(RedisConstants.VALUE, simple("${body}"))
            .to(REDIS + "?command=LPUSH");

        // A thousand calls within a moment become one message, which reaches the workers of all instances.
        from("direct:wake-workers").routeId("wake-workers")
            .routeDescription("Tells the workers of all instances that there is something to do")
            .to("seda:wake?size=1&discardWhenFull=true&waitForTaskToComplete=Never");
        from("seda:wake?size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100").routeId("publish-wake-up")
            .routeDescription("Publishes a wake-up, not more often than every ten milliseconds")
            .setHeader(RedisConstants.CHANNEL, simple("${ref:wakeChannel}"))
            .setHeader(RedisConstants.MESSAGE, constant("work"))
            .doTry()
                .to(REDIS + "?command=PUBLISH")
            .doCatch(Exception.class)
                .log(WARN, "No wake-up for the workers, they will look by themselves: ${exception.message}")
            .end()
            .delay(simple("10")).syncDelayed();
        from(REDIS + "?command=SUBSCRIBE&channels={{WAKE_CHANNEL}}"
                + "&listenerContainer=#wakeUps&serializer=#stringSerializer").routeId("hear-wake-up")
            .routeDescription("A wake-up, from this instance or another")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to("direct:call-worker");

        from("direct:take-session").routeId("take-session")
            .routeDescription("Claims the oldest session that may be tried; no body if there is none")
            .setBody(simple("${null}"))
            .bean("sessionStore", "take");

        from("direct:reserve-slot").routeId("reserve-slot")
            .routeDescription("Chooses the least busy agent below capacity and counts the customer; older sessions first")
            .setVariable("team", simple("${body}"))
            .setVariable("tries", constant(0))
            .bean("sessionStore", "reserve(${variable.session}, ${variable.team}, true)")
            // For a second: by then those before it are decided, or their worker is gone.
            .loopDoWhile(simple("${body.behindOlder} && ${variable.tries} < 40"))
                .delay(simple("25")).syncDelayed().end()
                .setVariable("tries", simple("${variable.tries}++"))
                .bean("sessionStore", "reserve(${variable.session}, ${variable.team}, true)")
            .end()
            .filter(simple("${body.behindOlder}"))
                .bean("sessionStore", "reserve(${variable.session}, ${variable.team}, false)")
            .end()
            .filter(simple("${body.news}"))
                .log("${variable.session} keeps waiting, ${body.reason}")
            .end();

        from("direct:confirm-assignment").routeId("confirm-assignment")
            .routeDescription("The agent is in the room: the reservation becomes an assignment")
            .bean("sessionStore", "confirm(${variable.session})")
            .choice()
                .when(simple("${body.outcome} == 'confirmed'"))
                    .log("${variable.session} is with ${body}, who has ${body.count} from us now")
                .otherwise()
                    .log(WARN, "${variable.session} got an agent, but was resolved or tried again meanwhile")
            .end();

        from("direct:return-to-line").routeId("return-to-line")
            .routeDescription("Back to its place, the slot freed")
            .bean("sessionStore", "returnToLine(${variable.session}, ${variable.setback})")
            .filter(simple("${body.news}"))
                .log(WARN, "${variable.session} is back in line, ${body.reason}")
            .end();

        from("direct:park-session").routeId("park-session")
            .routeDescription("Puts a session aside for a human, the slot freed; the body says why")
            .setVariable("reason", simple("${body}"))
            .bean("sessionStore", "park(${variable.session}, ${variable.reason})")
            .filter(simple("${body.outcome} == 'parked'"))
                .log(ERROR, "${variable.session} is parked: ${variable.reason}")
                .to("direct:wake-workers")
            .end();

        from("direct:drop-session").routeId("drop-session")
            .routeDescription("Qiscus needs nothing more for this session, the slot is freed; the body says why")
            .setVariable("reason", simple("${body}"))
            .bean("sessionStore", "drop(${variable.session}, ${variable.reason})")
            .filter(simple("${body.outcome} == 'dropped'"))
                .log("${variable.session} needs no agent from us any more, ${variable.reason}")
                .to("direct:wake-workers")
            .end();

        from("direct:doubt-assignment").routeId("doubt-assignment")
            .routeDescription("Keeps the slot until the room was read again")
            .bean("sessionStore", "doubt(${variable.session}, ${variable.answer})")
            .filter(simple("${body.news}"))
                .log(WARN, "${variable.session} may have an agent or not, ${body.reason}")
            .end();

        from("direct:take-abandoned-claim").routeId("take-abandoned-claim")
            .routeDescription("The next claim whose lease ran out; no body if there is none")
            .setBody(simple("${null}"))
            .bean("sessionStore", "takeAbandoned");

        from("direct:release-room").routeId("release-room")
            .routeDescription("Frees the slot of a resolved room, or takes the room out of the line")
            .bean("sessionStore", "resolve");

        from("direct:mend-lines").routeId("mend-lines")
            .routeDescription("Puts back who was torn from his place in the line by hand")
            .bean("sessionStore", "mend")
            .filter(simple("${body} > 0"))
                .log(WARN, "Sessions that were out of place and are put right: ${body}")
                .to("direct:wake-workers")
            .end();

        from("direct:mend-keys").routeId("mend-keys")
            .routeDescription("Puts aside what was written over our keys and is of another type than theirs")
            .bean("sessionStore", "mendKeys")
            .split(simple("${body}"))
                .log(WARN, "${body}")
            .end();

        from("direct:correct-counts").routeId("correct-counts")
            .routeDescription("Makes each agent's count the number of rooms that he holds")
            .bean("sessionStore", "recount")
            .filter(simple("${body} > 0"))
                .log(WARN, "The counts of ${body} agents were wrong and are corrected")
                .to("direct:wake-workers")
            .end();

        from("direct:hand-over-rooms").routeId("hand-over-rooms")
            .routeDescription("Counts a room for the agent who has it now; the body are the agents as Qiscus shows them")
            .bean("sessionStore", "handOver")
            .split(simple("${body}"))
                .log(WARN, "${body}")
                .to("direct:wake-workers")
            .end();

        from("direct:free-stale-room").routeId("free-stale-room")
            .routeDescription("Frees the slot of a room that nobody serves any more, unless it changed just now")
            .bean("sessionStore", "freeStale(${variable.session})")
            .filter(simple("${body.outcome} == 'stale'"))
                .log(WARN, "${body}")
                .to("direct:wake-workers")
            .end();
    }
}
