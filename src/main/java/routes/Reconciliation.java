package routes;

import static org.apache.camel.LoggingLevel.DEBUG;
import static org.apache.camel.LoggingLevel.WARN;

import assignment.QiscusFault;
import org.apache.camel.builder.RouteBuilder;

/** Compares what we hold with what Qiscus says, because webhooks get lost and counts may be damaged. */
public class Reconciliation extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("scheduler:reconcile?delay={{RECONCILE_PERIOD}}").routeId("reconcile")
            .routeDescription("Once a period, by one of all instances: mends lines and counts, then compares rooms and agents with Qiscus")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("sessionStore", "repair")
                .bean("sessionStore", "mayReconcile")
                .filter(simple("${body}"))
                    // Whatever happens in one, the next still runs; whoever waits comes before what is stale.
                    .multicast()
                        .to("direct:correct-counts")
                        .to("direct:admit-missed-sessions")
                        .to("direct:check-held-rooms")
                        .to("direct:find-transfers")
                        .to("direct:look-at-agents")
                    .end()
                .end()
            .endDoTry()
            .doCatch(QiscusFault.class)
                .bean("qiscusFaults", "words(${exception})")
                .log(WARN, "Not everything was compared with Qiscus this time: ${body}")
            .doCatch(Exception.class)
                .log(WARN, "Not everything was compared with Qiscus this time: ${exception.class.simpleName}")
            .end();

        from("direct:correct-counts").routeId("correct-counts")
            .routeDescription("Makes each agent's count the number of rooms that they hold")
            .bean("sessionStore", "recount")
            .to("direct:wake-decider");

        from("direct:check-held-rooms").routeId("check-held-rooms")
            .routeDescription("Reads the rooms that we hold, and frees those that nobody serves any more")
            .bean("sessionStore", "roomsToCheck")
            .split(simple("${body}")).stopOnException()
                .filter(simple("${variable.global:running}"))
                    .setVariable("session", simple("${body}"))
                    .bean("sessionStore", "markChecked")
                    .to("direct:read-room")
                    .bean("answerReader", "readable(${body}, ${variable.finding})")
                    .choice()
                        .when(simple("${body.isNotServed}"))
                            .bean("sessionStore", "freeStale(${variable.session})")
                            .to("direct:wake-decider")
                        .when(simple("${body} == 'MISSING' && ${variable.finding.proven}"))
                            .bean("sessionStore", "freeStale(${variable.session})")
                            .to("direct:wake-decider")
                        .when(simple("${body} == 'WITHHELD' || ${body} == 'MISSING'"))
                            .log(WARN, "${variable.session} cannot be read in Qiscus, so its agent keeps it")
                    .end()
                .end()
            .end();

        from("direct:find-transfers").routeId("find-transfers")
            .routeDescription("Compares the customer counts of Qiscus with ours, for each channel that we hold rooms of")
            .bean("sessionStore", "roomOfEachChannel")
            .split(simple("${body}")).stopOnException()
                .filter(simple("${variable.global:running}"))
                    .setVariable("session", simple("${body}"))
                    .doTry()
                        .to("direct:list-available-agents")
                        .setVariable("agents", simple("${body}"))
                        .bean("sessionStore", "see")
                        .bean("decider", "transfers(${variable.agents}, ${bean:redisTime.now})")
                        .split(simple("${body}"))
                            .bean("sessionStore", "transfer")
                            .to("direct:wake-decider")
                        .end()
                    .endDoTry()
                    .doCatch(QiscusFault.class)
                        .bean("qiscusFaults", "ofOneRoom(${exception})")
                        .log(WARN, "The agents of ${variable.session} cannot be listed this time: ${body}")
                    .end()
                .end()
            .end();

        from("direct:admit-missed-sessions").routeId("admit-missed-sessions")
            .routeDescription("Reads the rooms that wait in Qiscus, and queues those that we never heard of")
            .to("direct:ask-for-bot")
            .bean("leftAlone", "begin")
            .bean("botRooms", "isLeftAlone")
            .bean("roomList", "start(${body})")
            .setVariable("rooms", simple("${body}"))
            .loopDoWhile(simple("${variable.rooms.hasMore} && ${variable.global:running}"))
                .to("direct:list-waiting-rooms")
                .bean("sessionStore", "unknownOf(${variable.rooms.page})")
                .split(simple("${body}"))
                    .bean("meters", "foundMissed")
                    .log(WARN, "${body} waits in Qiscus, but no webhook told us")
                    .to("direct:store-new-session")
                .end()
                .bean("sessionStore", "countUnknown(${variable.rooms.old})")
                .setVariable("old", simple("${body}"))
                .bean("sessionStore", "countUnknown(${variable.rooms.ofBot})")
                .bean("leftAlone", "add(${variable.old}, ${body})")
            .end()
            .to("direct:wake-decider")
            .filter(simple("${variable.rooms.whole}"))
                .bean("leftAlone", "end")
                .filter(simple("${body} != null"))
                    .log("${body}")
                .end()
            .end();

        from("direct:ask-for-bot").routeId("ask-for-bot")
            .routeDescription("With BOT_ROOMS=wait: whether the app's bot is on, by the profile or else by a login")
            .bean("botRooms", "isOfInterest")
            .filter(simple("${body}"))
                .doTry()
                    .to("direct:read-profile")
                    .unmarshal("json")
                    .bean("botRooms", "needsLogin")
                    .filter(simple("${body}"))
                        .to("direct:read-account")
                        .bean("botRooms", "learn")
                    .end()
                .endDoTry()
                .doCatch(Exception.class)
                    // What was known last is believed.
                    .log(DEBUG, "Qiscus did not tell whether the app's bot is on: ${exception.class.simpleName}")
                .end()
                .bean("botRooms", "news")
                .filter(simple("${body} != null"))
                    .log("${body}")
                .end()
            .end();

        from("scheduler:presence?delay={{DISPATCH_PERIOD}}").routeId("look-for-agents")
            .routeDescription("Every period, while a channel of which nobody was online is asked about more rarely: whether an agent is")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("decider", "mayLookForAgents(${bean:redisTime.now})")
                .filter(simple("${body} && ${variable.global:running}"))
                    .to("direct:look-at-agents")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("direct:look-at-agents").routeId("look-at-agents")
            .routeDescription("Reads who is online: for the wallboard, and to try again where nobody was; nobody is chosen by it")
            .doTry()
                .bean("allAgents", "start")
                .setVariable("agents", simple("${body}"))
                .loopDoWhile(simple("${variable.agents.hasMore} && ${variable.global:running}"))
                    .to("direct:list-agents")
                    .setVariable("agents", simple("${body}"))
                    .bean("sessionStore", "see(${variable.agents.page})")
                    .bean("decider", "present(${variable.agents.page}, ${variable.agents.channels}, ${variable.agents.last}, ${bean:redisTime.now})")
                    .filter(simple("${body}"))
                        .to("direct:decide-again")
                    .end()
                .end()
            .endDoTry()
            .doCatch(QiscusFault.class)
                .bean("qiscusFaults", "words(${exception})")
                .log("Who is online is only seen when somebody waits: ${body}")
            .end();
    }
}
