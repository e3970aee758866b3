package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** Says in the log how many wait, whenever that changed. */
public class QueueLog extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:report?delay=10000").routeId("report-queue")
            .routeDescription("How many wait, how long the oldest does, and how many are with an agent")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("queueReader", "summary")
                .bean("queueReport", "ifChanged")
                .filter(simple("${body} != null"))
                    .log("${body}")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .log(WARN, "The customers who wait cannot be counted: ${bean:failures.words}")
            .end();
    }
}
