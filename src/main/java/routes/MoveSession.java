package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * A customer whose agent does not answer gets another agent. Until then the room keeps its agent and counts for them, and its
 * session is in line at its first place. Once another agent is reserved, the room counts for both.
 */
public class MoveSession extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:move-session").routeId("move-session")
            .routeDescription("Puts the session of an unanswered customer in line, unless its room changed or it has moved too often")
            .bean("sessionStore", "move")
            .filter(simple("${body}"))
                .to(SessionQueue.WAKE_DECIDER)
            .end();

        from("direct:swap-agents").routeId("swap-agents")
            .routeDescription("Reads the room first: a session that was answered, resolved or taken by another agent does not move")
            .setVariable("replaced", constant(false))
            .to("direct:read-room")
            .to("direct:who-is-in-room")
            .bean("swap", "before(${variable.room}, ${variable.inRoom}, ${variable.customerRoom?.answered}, ${variable.session}, ${variable.agentId}, ${variable.unknownForMillis}, ${variable.finding})")
            .to("direct:go-on-with-swap");

        from("direct:go-on-with-swap").routeId("go-on-with-swap")
            .routeDescription("Takes the next step of a swap, or ends it")
            .setVariable("step", simple("${body}"))
            .choice()
                .when(simple("${body} == 'REMOVE'"))
                    .to("direct:take-agent-out")
                .when(simple("${body} == 'ASSIGN'"))
                    .to("direct:put-other-agent-in")
                .when(simple("${body} == 'REPLACE'"))
                    .to("direct:put-in-place-of-agent")
                .when(simple("${body} == 'CONFIRM'"))
                    .bean("assignCalls", "succeeded(${variable.session})")
                    .to("direct:confirm-assignment")
                    .to(SessionQueue.WAKE_DECIDER)
                .when(simple("${body} == 'VACATED'"))
                    .bean("sessionStore", "vacated(${variable.session})")
                    .filter(simple("${body}"))
                        .to("direct:act-on-room")
                    .end()
                    .endChoice()
                .otherwise()
                    .to("direct:end-swap")
            .end();

        from("direct:take-agent-out").routeId("take-agent-out")
            .routeDescription("Removes the previous agent from the room, while the claim is ours")
            .bean("sessionStore", "renew(${variable.session})")
            .filter(simple("${body}"))
                .to("direct:remove-agent")
                .setVariable("answer", simple("${body}"))
                .bean("swap", "afterRemoval")
                .to("direct:go-on-with-swap")
            .end();

        from("direct:put-other-agent-in").routeId("put-other-agent-in")
            .routeDescription("Adds the reserved agent to the room, which Qiscus refuses while another agent is in it")
            .bean("sessionStore", "renew(${variable.session})")
            .filter(simple("${body}"))
                .to("direct:assign-agent")
                .setVariable("answer", simple("${body}"))
                .filter(simple("${body.accepted} == false"))
                    .to("direct:read-room")
                    .to("direct:who-is-in-room")
                .end()
                .bean("swap", "afterAssigning(${variable.room}, ${variable.inRoom}, ${variable.session}, ${variable.agentId}, ${variable.answer})")
                .to("direct:go-on-with-swap")
            .end();

        from("direct:put-in-place-of-agent").routeId("put-in-place-of-agent")
            .routeDescription("The previous agent cannot be removed: asks Qiscus once to replace them, then reads who is in the room")
            .bean("sessionStore", "renew(${variable.session})")
            .filter(simple("${body}"))
                .to("direct:replace-agent")
                .setVariable("answer", simple("${body}"))
                .setVariable("replaced", constant(true))
                .to("direct:read-room")
                .to("direct:who-is-in-room")
                .bean("swap", "afterReplacing(${variable.room}, ${variable.inRoom}, ${variable.session}, ${variable.agentId}, ${variable.answer})")
                .to("direct:go-on-with-swap")
            .end();

        from("direct:end-swap").routeId("end-swap")
            .routeDescription("The previous agent keeps the room: for good, until the outcome is clear, or until the session's next turn")
            .choice()
                .when(simple("${variable.step} == 'END'"))
                    .bean("swap", "reason(${variable.step}, ${variable.room}, ${variable.inRoom}, ${variable.session}, ${variable.answer})")
                    .bean("sessionStore", "stay(${variable.session}, ${body})")
                    .bean("sessionStore", "markChecked(${variable.session})")
                    .bean("swap", "held(${variable.session})")
                    .setVariable("held", simple("${body}"))
                    .to("direct:act-on-held-room")
                    .to(SessionQueue.WAKE_DECIDER)
                .when(simple("${variable.step} == 'PARK'"))
                    .bean("swap", "reason(${variable.step}, ${variable.room}, ${variable.inRoom}, ${variable.session}, ${variable.answer})")
                    .bean("sessionStore", "park(${variable.session}, ${body})")
                    .to(SessionQueue.WAKE_DECIDER)
                .when(simple("${variable.step} == 'LOOK_AGAIN'"))
                    .bean("swap", "unclear(${variable.answer})")
                    .bean("sessionStore", "unclear(${variable.session}, ${body}, ${variable.replaced})")
                .when(simple("${variable.answer} != null && ${variable.answer.outcome} == 'LATER'"))
                    .bean("retryPolicy", "afterAssignFailed(${variable.session}, ${variable.answer})")
                    .to("direct:retry-later")
                .otherwise()
                    .bean("retryPolicy", "roomNotRead(${variable.session}, ${variable.finding})")
                    .to("direct:retry-later")
            .end();
    }
}
