package routes;

import org.apache.camel.builder.RouteBuilder;

/** What operators do with agents: pause and resume them, give them a capacity of their own. */
public class AgentApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/agents?httpMethodRestrict=GET").routeId("list-agents-known")
            .routeConfigurationId("http-calls")
            .routeDescription("Answers which agents there are, what they have and whether they get new chats")
            .removeHeaders("*")
            .bean("agents", "all")
            .filter(simple("${body.isEmpty}"))
                .to("direct:look-at-agents")
                .bean("agents", "all")
            .end()
            .bean("replies", "agents")
            .to("direct:write-reply");

        from("platform-http:/agents/{agent_id}/pause?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("pause-agent")
            .routeConfigurationId("http-calls")
            .routeDescription("Lets an agent keep their chats and get no new ones, perhaps until a time")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "pause")
            .to("direct:know-agent")
            .bean("sessionStore", "pause(${variable.agentId}, ${body}, ${variable.by})")
            .to("direct:reply-action");

        from("platform-http:/agents/{agent_id}/resume?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("resume-agent")
            .routeConfigurationId("http-calls")
            .routeDescription("Lets an agent who was paused get new chats again")
            .to("direct:who-acts")
            .to("direct:know-agent")
            .bean("sessionStore", "resume(${variable.agentId}, ${variable.by})")
            .to("direct:reply-action");

        from("platform-http:/agents/{agent_id}/capacity?httpMethodRestrict=PUT&populateBodyWithForm=false").routeId("set-own-capacity")
            .routeConfigurationId("http-calls")
            .routeDescription("Gives an agent a capacity of their own, or that of all again")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "ownCapacity")
            .to("direct:know-agent")
            .bean("sessionStore", "giveCapacity(${variable.agentId}, ${body}, ${variable.by})")
            .to("direct:reply-action");

        from("direct:know-agent").routeId("know-agent")
            .routeDescription("Reads who there is in Qiscus if the agent was never seen; the body stays")
            .setVariable("wish", simple("${body}"))
            .bean("sessionStore", "knows(${variable.agentId})")
            .filter(simple("${body} == false"))
                .to("direct:look-at-agents")
            .end()
            .setBody(simple("${variable.wish}"));

        from("direct:reply-action").routeId("reply-action")
            .routeDescription("Answers what an operator did, and wakes the decider")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "acted")
            .to("direct:write-reply");
    }
}
