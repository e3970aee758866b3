package routes;

import org.apache.camel.builder.RouteBuilder;

/** Actions of operators on agents: pause, resume, set their own capacity. */
public class AgentApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/agents?httpMethodRestrict=GET").routeId("list-agents-known")
            .routeConfigurationId("http-calls")
            .routeDescription("Returns all agents, with their customers and whether they get new chats")
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
            .routeDescription("Pauses an agent: they keep their chats and get no new ones, until a given time or until they are resumed")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "pause")
            .to("direct:know-agent")
            .bean("sessionStore", "pause(${variable.agentId}, ${body}, ${variable.by})")
            .to("direct:reply-action");

        from("platform-http:/agents/{agent_id}/resume?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("resume-agent")
            .routeConfigurationId("http-calls")
            .routeDescription("Resumes an agent: they get new chats again")
            .to("direct:who-acts")
            .to("direct:know-agent")
            .bean("sessionStore", "resume(${variable.agentId}, ${variable.by})")
            .to("direct:reply-action");

        from("platform-http:/agents/{agent_id}/capacity?httpMethodRestrict=PUT&populateBodyWithForm=false").routeId("set-own-capacity")
            .routeConfigurationId("http-calls")
            .routeDescription("Sets an agent's own capacity, or removes it")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "ownCapacity")
            .to("direct:know-agent")
            .bean("sessionStore", "giveCapacity(${variable.agentId}, ${body}, ${variable.by})")
            .to("direct:reply-action");

        from("direct:know-agent").routeId("know-agent")
            .routeDescription("Reads all agents from Qiscus if this one is unknown; keeps the body")
            .setVariable("wish", simple("${body}"))
            .bean("sessionStore", "knows(${variable.agentId})")
            .filter(simple("${body} == false"))
                .to("direct:look-at-agents")
            .end()
            .setBody(simple("${variable.wish}"));

        from("direct:reply-action").routeId("reply-action")
            .routeDescription("Returns the result of an operator's action, and wakes the decider")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "acted")
            .to("direct:write-reply");
    }
}
