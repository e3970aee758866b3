package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** The oldest waiting sessions get the online agents with the fewest customers, or keep their place. */
public class AssignSession extends RouteBuilder {
    /** Requests a round; a thousand requests at once make one round. */
    static final String DECIDE_AGAIN = "seda:decide?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

    @Override
    public void configure() {
        from("scheduler:elect?initialDelay=0&delay=500").routeId("elect-decider")
            .routeDescription("Takes or renews the lease of the one instance that decides")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("sessionStore", "lead")
                .filter(simple("${body}"))
                    .to(DECIDE_AGAIN)
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("timer:dispatch?delay={{DISPATCH_PERIOD}}&period={{DISPATCH_PERIOD}}").routeId("dispatch")
            .routeDescription("Requests a round every period, in case an agent came online or a wake-up was lost")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to(DECIDE_AGAIN);

        // An idle consumer delays a stop by up to its poll timeout.
        from("seda:decide?size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100").routeId("decide")
            .routeDescription("One round: chooses agents for the oldest sessions, unless another instance decides")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                // A stopping instance finishes its work and begins nothing new.
                .filter(simple("${variable.global:running}"))

                    // Take the oldest sessions of each line, with the agents that Qiscus listed for them.
                    .setBody(simple("${null}"))
                    .bean("sessionStore", "snapshot(${bean:decider.isAnswered})")
                    .filter(simple("${body} != null"))
                        .bean("decider", "choice")

                        // Filter on customer count < capacity, and choose the agent with the fewest customers; the oldest session first.
                        .bean("matching", "fewestCustomersBelowCapacity")
                        .bean("decider", "round")
                        .setVariable("round", simple("${body}"))

                        // Assign the sessions that got an agent.
                        .split(simple("${variable.round.placements}"))
                            .to("direct:reserve-slot")
                        .end()

                        // Enrich the sessions that are likely to get an agent.
                        .split(simple("${variable.round.toAsk}"))
                            .to("seda:list-agents-for-session?waitForTaskToComplete=Never")
                        .end()

                        // All others keep their place.
                        .bean("meters", "stayed(${variable.round.waiting})")
                        .bean("sessionStore", "note(${variable.round.waiting})")
                        .bean("sessionStore", "show(${variable.round.seen})")
                        .filter(simple("${variable.round.isUnfinished}"))
                            .to(DECIDE_AGAIN)
                        .end()
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("seda:list-agents-for-session?concurrentConsumers={{WORKERS}}&purgeWhenStopping=true&pollTimeout=100")
            .routeId("list-agents-for-session")
            .routeDescription("Enriches a waiting session with the agents of its room, for the next round")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .setVariable("session", simple("${body}"))
            .doTry()
                .enrich("direct:list-available-agents")
                .bean("decider", "listed(${variable.session}, ${body}, ${bean:redisTime.now})")
                .to(DECIDE_AGAIN)
            .doCatch(Exception.class)
                // An unexpected failure is logged.
                .bean("failures", "words(${exception})")
                .bean("decider", "isOvertaken(${variable.session})")
                .bean("retryPolicy", "afterListFailed(${variable.session}, ${exception}, ${body})")
                // Tell the decider last. A round before that would not know that the session rests, and would try it again.
                .doTry()
                    .to("direct:retry-later")
                .doFinally()
                    .bean("decider", "notListed(${variable.session})")
                .end()
            .end();

        from("direct:reserve-slot").routeId("reserve-slot")
            .routeDescription("Counts the customer for the agent, if nothing changed since the choice")
            .setVariable("placement", simple("${body}"))
            .doTry()
                .bean("sessionStore", "reserve")
                .choice()
                    .when(simple("${body.reserved}"))
                        .bean("meters", "reserved(${variable.placement})")
                        .to("seda:assign-session?waitForTaskToComplete=Never")
                    .otherwise()
                        .bean("decider", "notReserved(${variable.placement})")
                        .to(DECIDE_AGAIN)
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .bean("decider", "notReserved(${variable.placement})")
                .to("direct:leave-to-recovery")
            .end();

        from("seda:assign-session?concurrentConsumers={{WORKERS}}&pollTimeout=100").routeId("assign-session")
            .routeDescription("Carries out a placement, and tells the decider when the call has ended")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .to("direct:give-room")
            .bean("decider", "assignCallEnded(${variable.session})")
            .filter(simple("${body}"))
                .to(DECIDE_AGAIN)
            .end();

        from("direct:give-room").routeId("give-room")
            .routeDescription("Assigns the reserved agent while the claim is certainly ours; in a move, swaps the agents")
            .setVariable("session", simple("${body.session}"))
            .setVariable("agentId", simple("${body.agent.id}"))
            .setVariable("fromId", simple("${body.fromId}"))
            .setVariable("ours", simple("${body.ours}"))
            .setVariable("unknownForMillis", constant(0))
            .doTry()
                .bean("sessionStore", "isInTime")
                .choice()
                    .when(simple("${body} == false"))
                        .bean("retryPolicy", "tooLate")
                        .to("direct:retry-later")
                    .when(simple("${variable.fromId} != null"))
                        .to("direct:swap-agents")
                    .otherwise()
                        .to("direct:add-agent")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("direct:add-agent").routeId("add-agent")
            .routeDescription("Asks Qiscus to add the reserved agent to the room, and handles the answer")
            .to("direct:assign-agent")
            .setVariable("answer", simple("${body}"))
            .choice()
                .when(simple("${body.accepted}"))
                    .bean("assignCalls", "succeeded(${variable.session})")
                    .to("direct:confirm-assignment")
                .when(simple("${body.inconclusive}"))
                    .to("direct:look-into-room")
                .otherwise()
                    .bean("retryPolicy", "afterAssignFailed(${variable.session}, ${body})")
                    .to("direct:retry-later")
            .end();

        from("direct:confirm-assignment").routeId("confirm-assignment")
            .routeDescription("The agent is in the room: the reservation becomes an assignment")
            .bean("sessionStore", "confirm(${variable.session})")
            .filter(simple("${body} == false"))
                .log(WARN, "${variable.session} got an agent, but was resolved or taken over meanwhile")
            .end();
    }
}
