package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import org.apache.camel.builder.RouteBuilder;

/**
 * Actions of operators on sessions: assign one to an agent, move it to another agent, take it back, put it first. The decider's
 * rules apply to them too. If two operators act at once, one wins, and the other gets the current state.
 */
public class SessionActions extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/sessions/{room_id}/assign?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("assign-by-hand")
            .routeConfigurationId("http-calls")
            .routeDescription("Assigns a waiting or parked session to the agent that an operator chose")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "assign")
            .setVariable("wish", simple("${body}"))
            .bean("sessions", "find(${variable.roomId})")
            .setVariable("found", simple("${body}"))
            .bean("byHand", "demandUnassigned")
            .to("direct:give-to-chosen-agent");

        from("platform-http:/sessions/{room_id}/move?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("move-by-hand")
            .routeConfigurationId("http-calls")
            .routeDescription("Moves a session to the agent that an operator chose, or to the next in turn")
            .to("direct:who-acts")

            // Without a body, the next agent in turn gets it.
            .convertBodyTo(String.class, "UTF-8")
            .choice()
                .when(simple("${body} == null || ${body} == ''"))
                    .setBody(simple("${null}"))
                .otherwise()
                    .unmarshal("json")
            .end()
            .bean("callReader", "move(${body})")
            .setVariable("wish", simple("${body}"))

            // Only a session that has an agent can be moved.
            .bean("sessions", "find(${variable.roomId})")
            .setVariable("found", simple("${body}"))
            .bean("byHand", "demandAssigned(${body}, ${variable.wish})")
            .choice()
                .when(simple("${variable.wish.agentId} != null"))
                    .to("direct:give-to-chosen-agent")
                .otherwise()
                    .bean("sessionStore", "sendOn(${variable.found}, ${variable.by})")
                    .to("direct:reply-action")
            .end();

        from("direct:give-to-chosen-agent").routeId("give-to-chosen-agent")
            .routeDescription("Enriches the session with the agents of its room, and assigns the chosen one if the rules allow it")

            // Enrich with the agents, between two snapshots of the counts. Without a list: 409, in Qiscus's words.
            .setVariable("agentId", simple("${variable.wish.agentId}"))
            .bean("sessionStore", "snapshotOf(${variable.roomId})")
            .setVariable("before", simple("${body}"))
            .bean("byHand", "session(${variable.found})")
            .setVariable("session", simple("${body}"))
            .doTry()
                .enrich("direct:list-available-agents")
            .doCatch(Exception.class)
                .bean("failures", "words(${exception})")
                .bean("byHand", "notListed")
            .end()
            .setVariable("listed", simple("${body}"))
            .bean("sessionStore", "snapshotOf(${variable.roomId})")

            // Filter on customer count < capacity, unless the operator allows more.
            .bean("byHand", "place(${variable.found}, ${variable.wish}, ${variable.listed}, ${variable.before}, ${body})")
            .bean("sessionStore", "reserveByHand(${body}, ${variable.found}, ${variable.by})")

            // Assign, and return the result.
            .to("direct:give-room")
            .bean("sessions", "find(${variable.roomId})")
            .bean("byHand", "demandWith(${body}, ${variable.wish.agentId})")
            .to("direct:reply-session");

        from("platform-http:/sessions/{room_id}/release?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("release-by-hand")
            .routeConfigurationId("http-calls")
            .routeDescription("Takes a session from its agent and returns it to its place in line")
            .to("direct:who-acts")
            .bean("sessions", "find(${variable.roomId})")
            .setVariable("found", simple("${body}"))
            .bean("byHand", "demandAssigned(${body}, ${null})")

            // Remove the agent from the room.
            .bean("sessionStore", "takeBack(${variable.found}, ${variable.by})")
            .setVariable("session", simple("${body}"))
            .setVariable("fromId", simple("${variable.found.agent.id}"))
            .to("direct:remove-agent")
            .setVariable("answer", simple("${body}"))

            // If Qiscus removed the agent, the session waits. If not, the agent keeps it. If it is unclear, Recovery finds out.
            .choice()
                .when(simple("${variable.answer.accepted}"))
                    .bean("retryPolicy", "takenBack")
                    .bean("sessionStore", "returnToLine(${variable.session}, ${body})")
                .when(simple("${variable.answer.unknown}"))
                    .bean("sessionStore", "unclear(${variable.session}, ${variable.answer})")
                .otherwise()
                    .bean("sessionStore", "confirm(${variable.session}, ${variable.answer.reason})")
            .end()
            .to(SessionQueue.WAKE_DECIDER)

            // Return the result.
            .bean("sessions", "find(${variable.roomId})")
            .bean("byHand", "demandRemoved(${body}, ${variable.answer})")
            .to("direct:reply-session");

        from("platform-http:/sessions/{room_id}/priority?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("prioritize-by-hand")
            .routeConfigurationId("http-calls")
            .routeDescription("Puts a waiting session first")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "firstPlace")
            .bean("sessions", "find(${variable.roomId})")
            .bean("sessionStore", "prioritize(${body}, ${variable.by})")
            .to("direct:reply-action");

        from("direct:reply-session").routeId("reply-session")
            .routeDescription("Returns the state of a session; 202 while it is unclear whether the call took effect")
            .filter(simple("${body.state} == 'claimed'"))
                .setHeader(HTTP_RESPONSE_CODE, constant(202))
            .end()
            .bean("replies", "session")
            .to("direct:write-reply");

        from("direct:who-acts").routeId("who-acts")
            .routeDescription("Keeps the operator and the ids, and drops all other headers of the caller")
            .setVariable("roomId", simple("${header.room_id}"))
            .setVariable("agentId", simple("${header.agent_id}"))
            .setVariable("by", simple("${header.CamelVertxPlatformHttpAuthenticatedUser.subject}"))
            .removeHeaders("*");
    }
}
