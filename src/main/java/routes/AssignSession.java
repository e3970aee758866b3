package routes;

import org.apache.camel.builder.RouteBuilder;

/** The oldest session that waits gets the online agent with the fewest customers, or keeps its place. */
public class AssignSession extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("timer:dispatch?period={{DISPATCH_PERIOD}}").routeId("dispatch")
            .routeDescription("Every period, in case that somebody came online or a wake-up was lost")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to("direct:call-worker");

        // The poll timeout is how long an idle worker holds up a stop.
        from("seda:worker?concurrentConsumers={{WORKERS}}&size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100")
            .routeId("assign-session")
            .routeDescription("One worker: takes the oldest session, calls the next worker, places the session")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                // Who is asked to go finishes what is under way and takes nothing new.
                .filter(simple("${variable.global:running}"))
                    .to("direct:take-session")
                    .filter(simple("${body} != null"))
                        .setVariable("session", simple("${body}"))
                        .to("direct:call-worker")
                        .to("direct:place-session")
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("direct:call-worker").routeId("call-worker")
            .routeDescription("Wakes one worker; a thousand calls at once wake one")
            .to("seda:worker?size=1&discardWhenFull=true&waitForTaskToComplete=Never");

        from("direct:place-session").routeId("place-session")
            .routeDescription("Finds the agent for a session and hands it over, or lets it wait at its place")
            .doTry()
                .to("direct:list-available-agents")
                .bean("candidates", "team")
                .to("direct:reserve-slot")
            .doCatch(Exception.class)
                .bean("setbacks", "beforeAssigning(${variable.session}, ${exception})")
                .to("direct:set-back")
            .end()
            // Outside of the try: what fails from here on may have happened in Qiscus. After a setback nothing is reserved.
            .choice()
                .when(simple("${body.reserved}"))
                    .setVariable("agent", simple("${body}"))
                    .to("direct:call-worker")
                    .to("direct:hand-over-session")
                .when(simple("${body.again}"))
                    .to("direct:call-worker")
            .end();

        from("direct:hand-over-session").routeId("hand-over-session")
            .routeDescription("Asks Qiscus to put the chosen agent into the room, and acts on the answer")
            .to("direct:assign-agent")
            .setVariable("answer", simple("${body}"))
            .choice()
                .when(simple("${body.accepted}"))
                    .bean("assigns", "served(${variable.session})")
                    .to("direct:confirm-assignment")
                .when(simple("${body.doubtful}"))
                    .setVariable("doubtedFor", constant(0))
                    .to("direct:look-into-room")
                .otherwise()
                    .bean("setbacks", "afterAssigning(${variable.session}, ${body})")
                    .to("direct:set-back")
            .end();
    }
}
