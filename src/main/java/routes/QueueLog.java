package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** Says in the log how many wait, whenever that changed. */
public class QueueLog extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("scheduler:report?delay=10000").routeId("report-queue")
            .routeDescription("How many wait, how long the oldest does, and how many are with an agent")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("queueReader", "line")
                .bean("queueReport", "ifChanged")
                .filter(simple("${body} != null"))
                    .log("${body}")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .log(WARN, "How many wait cannot be told: ${exception.class.simpleName}")
            .end();
    }
}
