package routes;

import static org.apache.camel.LoggingLevel.WARN;

import org.apache.camel.builder.RouteBuilder;

/** Finishes what a worker left unfinished, because it stopped or because Qiscus did not say whether its call took effect. */
public class Recovery extends RouteBuilder {

    @Override
    public void configure() {
        from("scheduler:recovery?initialDelay={{DISPATCH_PERIOD}}&delay={{DISPATCH_PERIOD}}").routeId("recover-claims")
            .routeDescription("Takes over the claims whose lease ran out")
            .autoStartup("{{ASSIGN_ENABLED}}")
            .doTry()
                .setVariable("claim", constant(true))
                .loopDoWhile(simple("${variable.claim} != null && ${variable.global:running}"))
                    .setBody(simple("${null}"))
                    .bean("sessionStore", "expired")
                    .setVariable("claim", simple("${body}"))
                    .filter(simple("${body} != null"))
                        .to("direct:recover-claim")
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .to("direct:leave-to-recovery")
            .end();

        from("direct:recover-claim").routeId("recover-claim")
            .routeDescription("Finds out whether an unanswered assign call took effect")
            .setVariable("session", simple("${body.session}"))
            .setVariable("agentId", simple("${body.agentId}"))
            .setVariable("fromId", simple("${body.fromId}"))
            .setVariable("ours", simple("${body.ours}"))
            .setVariable("unknownForMillis", simple("${body.unknownForMillis}"))
            .bean("answerReader", "abandoned")
            .setVariable("answer", simple("${body}"))
            .choice()
                .when(simple("${variable.fromId} != null"))
                    .to("direct:swap-agents")
                .otherwise()
                    .to("direct:look-into-room")
            .end();

        from("direct:look-into-room").routeId("look-into-room")
            .routeDescription("Reads the room of an unclear assign call and who is in it, and acts on that")
            .to("direct:read-room")
            .to("direct:who-is-in-room")
            .to("direct:act-on-room");

        from("direct:act-on-room").routeId("act-on-room")
            .routeDescription("Acts on the room of an unclear assign call")
            .bean("assignmentCheck", "nextStep(${variable.room}, ${variable.inRoom}, ${variable.session}, ${variable.answer}, ${variable.unknownForMillis}, ${variable.finding})")
            .choice()
                .when(simple("${body} == 'CONFIRM'"))
                    .to("direct:confirm-assignment")
                .when(simple("${body} == 'DROP'"))
                    .bean("assignmentCheck", "reason(${variable.room}, ${variable.inRoom}, ${variable.answer})")
                    .bean("sessionStore", "drop(${variable.session}, ${body})")
                    .to(SessionQueue.WAKE_DECIDER)
                .when(simple("${body} == 'LOOK_AGAIN'"))
                    .bean("sessionStore", "unclear(${variable.session}, ${variable.answer})")
                    .filter(simple("${variable.finding} != null"))
                        .to(QiscusApi.ASK_ABOUT_ANOTHER)
                    .end()
                    .endChoice()
                .when(simple("${body} == 'PARK'"))
                    .bean("assignmentCheck", "reason(${variable.room}, ${variable.inRoom}, ${variable.answer})")
                    .bean("sessionStore", "park(${variable.session}, ${body})")
                    .to(SessionQueue.WAKE_DECIDER)
                .otherwise()
                    .bean("retryPolicy", "afterAssignFailed(${variable.session}, ${variable.answer}, ${variable.room})")
                    .to("direct:retry-later")
            .end();
    }
}
