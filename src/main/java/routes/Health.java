package routes;

import org.apache.camel.builder.RouteBuilder;

/** Checks Redis and Qiscus. Camel serves the results at {@code /observe/health}. */
public class Health extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:ask-redis?delay=1000&initialDelay=0").routeId("ask-redis")
            .routeDescription("Every second: checks whether Redis answers, and reads its time")
            .bean("redisHealth", "ask")
            .bean("redisClock", "ask");

        from("scheduler:ask-qiscus?delay=5000&initialDelay=0").routeId("ask-qiscus")
            .routeDescription("Checks whether Qiscus accepts our credentials, if no recent call has shown it")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .bean("qiscusHealth", "isUncertain")
            .filter(simple("${body}"))
                .doTry()
                    .to("direct:read-profile")
                .doCatch(Exception.class)
                    // The call itself has updated the health check.
                    .stop()
                .end()
            .end();
    }
}
