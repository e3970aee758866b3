package routes;

import org.apache.camel.builder.RouteBuilder;

/** A customer without an agent wrote: Qiscus calls for each of their messages. 200 means that Redis has stored the call. */
public class NewSessionWebhook extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/webhook?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("new-session-webhook")
            .routeConfigurationId("http-calls")
            .routeDescription("Stores the webhook of a waiting customer, and wakes the decider")
            .autoStartup("{{WEBHOOK_ENABLED}}")
            .removeHeaders("*")
            .unmarshal("newSessionCall")
            .bean("ownApp", "demand")
            .bean("callReader", "newSession")
            .setVariable("newSession", simple("${body}"))
            .to("direct:store-new-session")
            .log("${variable.newSession} wrote")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "queued(${variable.newSession})")
            .to("direct:write-reply");
    }
}
