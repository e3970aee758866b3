package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import org.apache.camel.builder.RouteBuilder;

/** What operators do with agents: pause and resume them, give them a capacity of their own. */
public class AgentApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/agents/{agent_id}/pause?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("pause-agent")
            .routeDescription("Lets an agent keep their chats and get no new ones, perhaps until a time")
            .to("direct:who-acts-on-agent")
            .doTry()
                .unmarshal("json")
                .bean("callReader", "pause")
                .bean("sessionStore", "pause(${variable.agentId}, ${body}, ${variable.by})")
                .to("direct:reply-action-on-agent")
            .doCatch(FailurePolicy.UNUSABLE_CALL)
                .to("direct:reply-invalid")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();

        from("platform-http:/agents/{agent_id}/resume?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("resume-agent")
            .routeDescription("Lets an agent who was paused get new chats again")
            .to("direct:who-acts-on-agent")
            .doTry()
                .bean("sessionStore", "resume(${variable.agentId}, ${variable.by})")
                .to("direct:reply-action-on-agent")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();

        from("platform-http:/agents/{agent_id}/capacity?httpMethodRestrict=PUT&populateBodyWithForm=false").routeId("set-own-capacity")
            .routeDescription("Gives an agent a capacity of their own, or that of all again")
            .to("direct:who-acts-on-agent")
            .doTry()
                .unmarshal("json")
                .bean("callReader", "ownCapacity")
                .bean("sessionStore", "giveCapacity(${variable.agentId}, ${body}, ${variable.by})")
                .to("direct:reply-action-on-agent")
            .doCatch(FailurePolicy.UNUSABLE_CALL)
                .to("direct:reply-invalid")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();

        from("direct:who-acts-on-agent").routeId("who-acts-on-agent")
            .routeDescription("Keeps who calls and which agent it is about, and drops what else the caller sent as headers")
            .setVariable("agentId", simple("${header.agent_id}"))
            .setVariable("by", simple("${header.CamelVertxPlatformHttpAuthenticatedUser.subject}"))
            .removeHeaders("*");

        from("direct:reply-action-on-agent").routeId("reply-action-on-agent")
            .routeDescription("Answers what an operator did, and wakes the decider; 404 if nothing is known of the agent")
            .choice()
                .when(simple("${body.unknown}"))
                    .bean("replies", "unknownAgent")
                    .setHeader(HTTP_RESPONSE_CODE, constant(404))
                .otherwise()
                    .to("direct:wake-decider")
                    .bean("replies", "acted")
            .end()
            .to("direct:write-reply");
    }
}
