package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** Finishes what a worker left: it died, or Qiscus never said whether an assign call took effect. */
public class Recovery extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("scheduler:recovery?delay={{DISPATCH_PERIOD}}").routeId("recover-claims")
            .routeDescription("Takes up the claims whose lease ran out")
            .autoStartup("{{ASSIGN_ENABLED}}")
            // The timer of dispatch waits while the clock of the machine is set back, a scheduler does not.
            .to("direct:call-worker")
            .doTry()
                .setVariable("more", constant(true))
                .loopDoWhile(simple("${variable.more} && ${variable.global:running}"))
                    .to("direct:take-abandoned-claim")
                    .choice()
                        .when(simple("${body} == null"))
                            .setVariable("more", constant(false))
                        .otherwise()
                            .to("direct:recover-claim")
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("direct:recover-claim").routeId("recover-claim")
            .routeDescription("Without a reservation it is back in line already; otherwise the room tells what happened")
            .setVariable("session", simple("${body.session}"))
            .choice()
                .when(simple("${body.returned}"))
                    .log(WARN, "${variable.session} is back in line, its worker stopped")
                    .to("direct:call-worker")
                .otherwise()
                    .setVariable("doubtedFor", simple("${body.doubtedFor}"))
                    .bean("answerReader", "abandoned")
                    .setVariable("answer", simple("${body}"))
                    .to("direct:look-into-room")
            .end();

        from("direct:look-into-room").routeId("look-into-room")
            .routeDescription("Reads the room of a doubtful assign call, and does what the room demands")
            .to("direct:read-room")
            .bean("verdict", "on(${variable.room}, ${variable.session}, ${variable.answer}, ${variable.doubtedFor}, ${variable.finding})")
            .choice()
                .when(simple("${body} == 'CONFIRM'"))
                    .to("direct:confirm-assignment")
                .when(simple("${body} == 'DROP'"))
                    .bean("verdict", "reason(${variable.room}, ${variable.answer})")
                    .to("direct:drop-session")
                .when(simple("${body} == 'LOOK_AGAIN'"))
                    .to("direct:doubt-assignment")
                    .filter(simple("${variable.finding} != null"))
                        .to("direct:ask-about-another")
                    .end()
                    .endChoice()
                .when(simple("${body} == 'PARK'"))
                    .bean("verdict", "reason(${variable.room}, ${variable.answer})")
                    .to("direct:park-session")
                .otherwise()
                    .bean("setbacks", "afterAssigning(${variable.session}, ${variable.answer}, ${variable.room})")
                    .to("direct:set-back")
            .end();
    }
}
