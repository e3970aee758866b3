package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import org.apache.camel.builder.RouteBuilder;

/** Agents who get no new chats. */
public class AgentApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/agents/{agent_id}/resume?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("resume-agent")
            .routeDescription("Lets an agent who was paused get new chats again; 404 if nothing is known of the agent")
            .setBody(simple("${header.agent_id}"))
            .removeHeaders("*")
            .doTry()
                .setVariable("agentId", simple("${body}"))
                .bean("sessionStore", "resume")
                .choice()
                    .when(simple("${body.unknown}"))
                        .bean("replies", "unknownAgent")
                        .setHeader(HTTP_RESPONSE_CODE, constant(404))
                    .otherwise()
                        .to("direct:wake-decider")
                        .bean("replies", "resumed(${body}, ${variable.agentId})")
                .end()
                .to("direct:write-reply")
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();
    }
}
