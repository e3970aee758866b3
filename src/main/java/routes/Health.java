package routes;

import org.apache.camel.builder.RouteBuilder;

/** Asks what we depend on whether it is there. Camel answers {@code /observe/health} with what was found. */
public class Health extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:ask-redis?delay=1000&initialDelay=0").routeId("ask-redis")
            .routeDescription("Every second, whether Redis answers, and what time it has")
            .bean("redisHealth", "ask")
            .bean("redisClock", "ask");

        from("scheduler:ask-qiscus?delay=5000&initialDelay=0").routeId("ask-qiscus")
            .routeDescription("Whether Qiscus accepts our credentials, if no call told it lately")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .bean("qiscusHealth", "isUncertain")
            .filter(simple("${body}"))
                .doTry()
                    .to("direct:read-profile")
                .doCatch(Exception.class)
                    // The call itself told the health check.
                    .stop()
                .end()
            .end();
    }
}
