package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** Logs how many customers wait, whenever that has changed. */
public class QueueLog extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:report?delay=10000").routeId("report-queue")
            .routeDescription("Logs how many customers wait, how long the oldest has waited, and how many have an agent")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .bean("queueReader", "summary")
                .bean("queueReport", "ifChanged")
                .filter(simple("${body} != null"))
                    .log("${body}")
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .log(WARN, "The waiting customers cannot be counted: ${bean:failures.words}")
            .end();
    }
}
