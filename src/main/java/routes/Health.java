package routes;

import org.apache.camel.builder.RouteBuilder;

/** Asks what we depend on whether it is there. Camel answers {@code /observe/health} with what was found. */
public class Health extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("timer:ask-redis?period=1s&delay=0").routeId("ask-redis")
            .routeDescription("Every second, whether Redis answers")
            .bean("redisHealth", "ask");

        from("timer:ask-qiscus?period=5s&delay=0").routeId("ask-qiscus")
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
