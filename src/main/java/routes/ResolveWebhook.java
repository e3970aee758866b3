package routes;

import org.apache.camel.builder.RouteBuilder;

/** A chat was resolved: the agent who holds the room gets a slot back, and the oldest session gets it. */
public class ResolveWebhook extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/resolve?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("resolve-webhook")
            .routeConfigurationId("http-calls")
            .routeDescription("Frees the slot of the agent who holds the resolved room, and wakes the decider if a session waits")
            .autoStartup("{{RESOLVE_ENABLED}}")
            .removeHeaders("*")
            .unmarshal("resolveCall")
            .bean("ownApp", "demand")
            .bean("callReader", "resolve")
            .bean("sessionStore", "resolve")
            .bean("meters", "resolved")
            .filter(simple("${body.isSlotWanted}"))
                .to(SessionQueue.WAKE_DECIDER)
            .end()
            .bean("replies", "changed")
            .to("direct:write-reply");
    }
}
