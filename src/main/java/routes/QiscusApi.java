package routes;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;
import static org.apache.camel.Exchange.HTTP_PATH;
import static org.apache.camel.Exchange.HTTP_URI;
import static org.apache.camel.component.http.HttpMethods.GET;
import static org.apache.camel.component.http.HttpMethods.POST;

import org.apache.camel.builder.RouteBuilder;

/**
 * Calls to Qiscus Omnichannel over HTTP. A failed call, or a list that cannot be read, throws
 * {@link assignment.QiscusFault}, whose message is fit for the log.
 */
public class QiscusApi extends RouteBuilder {
    /** Used after a session was refused. One question at a time is enough. */
    static final String ASK_ABOUT_ANOTHER =
            "seda:ask-about-another?size=1&discardWhenFull=true&waitForTaskToComplete=Never";

    @Override
    public void configure() {
        from("direct:list-available-agents").routeId("list-available-agents")
            .routeDescription("All agents that Qiscus lists for the session's room")
            .bean("agentList", "start")
            .to("direct:list-agents-of-room")
            .bean("listCalls", "succeeded(${variable.session})");

        from("direct:list-agents-of-room").routeId("list-agents-of-room")
            .routeDescription("The agents available for the session's room, or those in it, page by page")
            .setVariable("agents", simple("${body}"))
            .loopDoWhile(simple("${variable.agents.hasMore}"))
                .setBody(simple("/api/v2/admin/service/available_agents?${variable.agents.query(${variable.session.roomId})}"))
                .to("direct:read-agents-page")
                .bean("agentList", "add(${variable.agents}, ${body})")
                .setVariable("agents", simple("${body}"))
            .end()
            .setBody(simple("${variable.agents.agents}"));

        from("direct:who-is-in-room").routeId("who-is-in-room")
            .routeDescription("Reads whether our agent is in the session's room, unless the room is resolved or cannot be read")
            .setBody(simple("${null}"))
            .filter(simple("${variable.room.open}"))
                .doTry()
                    .bean("agentList", "startInRoom")
                    .to("direct:list-agents-of-room")
                    .bean("answerReader", "inRoom(${body}, ${variable.ours})")
                    .filter(simple("${body.needsProof}"))
                        .setVariable("inRoom", simple("${body}"))
                        .to("direct:list-available-agents")
                        .bean("answerReader", "compared(${variable.inRoom}, ${body})")
                    .end()
                .endDoTry()
                .doCatch(Exception.class)
                    .bean("answerReader", "notInRoom(${exception})")
                .end()
            .end()
            .setVariable("inRoom", simple("${body}"));

        from("direct:list-agents").routeId("list-agents")
            .routeDescription("The next page of all agents of the app")
            .setBody(simple("/api/v2/admin/agents?${variable.agents.query}"))
            .to("direct:read-agents-page")
            .bean("allAgents", "next(${variable.agents}, ${body})");

        from("direct:read-agents-page").routeId("read-agents-page")
            .routeDescription("The page of agents that the body asks for; any other answer is a QiscusFault")
            .to("direct:get-from-qiscus")
            .doTry()
                .unmarshal("agentsPage")
            .doCatch(Exception.class)
                .bean("qiscusFaults", "unreadable")
            .end();

        from("direct:assign-agent").routeId("assign-agent")
            .routeDescription("Adds the reserved agent to the room, unless another agent is in it")
            .setBody(simple("room_id=${variable.session.roomId}&agent_id=${variable.agentId}&max_agent=1"))
            .to("direct:send-assignment");

        from("direct:replace-agent").routeId("replace-agent")
            .routeDescription("Replaces the agent in the room with the reserved agent")
            .setBody(simple("room_id=${variable.session.roomId}&agent_id=${variable.agentId}&replace_latest_agent=true"))
            .to("direct:send-assignment");

        from("direct:send-assignment").routeId("send-assignment")
            .routeDescription("The assign call, and the meaning of its answer")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v1/admin/service/assign_agent"))
            .setHeader(CONTENT_TYPE, constant("application/x-www-form-urlencoded"))
            .doTry()
                .to("direct:call-qiscus")
                .unmarshal("json")
                .bean("answerReader", "assigned(${body}, ${variable.session}, ${variable.agentId})")
            .doCatch(Exception.class)
                .bean("answerReader", "notAssigned(${exception})")
            .end();

        from("direct:remove-agent").routeId("remove-agent")
            .routeDescription("Removes the agent that a session leaves from the room")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v1/admin/service/remove_agent"))
            .setHeader(CONTENT_TYPE, constant("application/x-www-form-urlencoded"))
            .setBody(simple("room_id=${variable.session.roomId}&agent_id=${variable.fromId}"))
            .doTry()
                .to("direct:call-qiscus")
                .bean("answerReader", "removed()")
            .doCatch(Exception.class)
                .bean("answerReader", "notAssigned(${exception})")
            .end();

        from("direct:read-room").routeId("read-room")
            .routeDescription("The state of the session's room in Qiscus; if it cannot be read, the variable finding says whose fault that is")
            .setBody(simple("/api/v2/customer_rooms/${variable.session.roomId}"))
            .doTry()
                .to("direct:get-from-qiscus")
                .unmarshal("customerRoom")
                .setVariable("customerRoom", simple("${body}"))
                .bean("answerReader", "room(${body}, ${variable.session})")
            .doCatch(Exception.class)
                .bean("answerReader", "noRoom(${exception})")
            .end()
            .setVariable("room", simple("${body}"))

            // Find out whose fault it is that the room cannot be read.
            .choice()
                .when(simple("${body.answer}"))
                    .bean("roomReads", "succeeded(${variable.session})")
                    .setBody(simple("${null}"))
                .otherwise()
                    .bean("roomReads", "failed(${variable.session})")
            .end()
            .setVariable("finding", simple("${body}"))
            .setBody(simple("${variable.room}"));

        from("direct:load-messages").routeId("load-messages")
            .routeDescription("The newest messages of the session's room, from the host of Qiscus that keeps them")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(GET))
            .setHeader(HTTP_URI, simple("${ref:qiscusMessagesUrl}"))
            .setHeader(HTTP_PATH, simple("/api/v2.1/rest/load_comments?room_id=${variable.session.roomId}&page=1&limit=20"))
            .setHeader("QISCUS_SDK_APP_ID", simple("${ref:qiscusAppId}"))
            .setHeader("QISCUS_SDK_SECRET", simple("${ref:qiscusSecretKey}"))
            .setBody(simple("${null}"))
            .to("direct:send-to-qiscus")
            .unmarshal("json")
            .setVariable("messages", simple("${body}"));

        from("direct:list-waiting-rooms").routeId("list-waiting-rooms")
            .routeDescription("The next page of the rooms that wait for an agent")
            .setBody(simple("${variable.rooms.request}"))
            .to("direct:list-rooms")
            .bean("roomList", "next(${variable.rooms}, ${body})")
            .setVariable("rooms", simple("${body}"))
            .bean("listCalls", "answered")
            .bean("assignCalls", "answered")
            .bean("roomReads", "answered");

        from("direct:list-rooms").routeId("list-rooms")
            .routeDescription("The page of the list of rooms that the body asks for; an unreadable answer is a QiscusFault")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v2/customer_rooms"))
            .setHeader(CONTENT_TYPE, constant("application/json"))
            .marshal("json")
            .to("direct:call-qiscus")
            .doTry()
                .unmarshal("customerRooms")
            .doCatch(Exception.class)
                .bean("qiscusFaults", "unreadable")
            .end();

        // Runs beside the refused session, which must not wait for it.
        from("seda:ask-about-another?size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100").routeId("ask-about-another")
            .routeDescription("After a refusal: asks Qiscus the same about another session, to find out whose fault it is")
            .doTry()
                .bean("retryPolicy", "mayAsk")
                .filter(simple("${body}"))
                    .bean("roomList", "start")
                    .setVariable("rooms", simple("${body}"))
                    .to("direct:list-waiting-rooms")
                    .bean("sessionStore", "anotherHeld(${variable.session})")
                    .filter(simple("${body} != null"))
                        .setVariable("session", simple("${body}"))
                        .to("direct:read-room")
                        .doTry()
                            .to("direct:list-available-agents")
                        .doCatch(Exception.class)
                            .bean("listCalls", "failed(${variable.session})")
                        .end()
                    .end()
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .description("A failure is no evidence")
                .stop()
            .end();

        from("direct:read-profile").routeId("read-profile")
            .routeDescription("The profile behind the app's credentials; fails unless Qiscus accepts them")
            .setBody(constant("/api/v1/admin/get_profile"))
            .to("direct:get-from-qiscus");

        from("direct:read-account").routeId("read-account")
            .routeDescription("Logs in as the admin, and returns the account")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v1/auth"))
            .setHeader(CONTENT_TYPE, constant("application/json"))
            .setBody(simple("${ref:qiscusLogin}"))
            .marshal("json")
            .to("direct:send-to-qiscus")
            .unmarshal("json");

        from("direct:get-from-qiscus").routeId("get-from-qiscus")
            .routeDescription("Reads the path in the body, with or without a query")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(GET))
            .setHeader(HTTP_PATH, simple("${body}"))
            .setBody(simple("${null}"))
            .to("direct:call-qiscus");

        from("direct:call-qiscus").routeId("call-qiscus")
            .routeDescription("One call with the app's credentials")
            .setHeader("Qiscus-App-Id", simple("${ref:qiscusAppId}"))
            .setHeader("Qiscus-Secret-Key", simple("${ref:qiscusSecretKey}"))
            .to("direct:send-to-qiscus");

        from("direct:send-to-qiscus").routeId("send-to-qiscus")
            .routeDescription("Sends the call; a failure or a missing answer is a QiscusFault")
            .doTry()
                // The call has its own exchange, because a call that timed out still writes its result there when it ends.
                .enrich("direct:send-in-time")
                .bean("qiscusFaults", "check(${header.CamelHttpResponseCode}, ${header.Retry-After}, ${header.Location}, ${body})")
                .removeHeaders("*", "Date")
            .endDoTry()
            .doCatch(Exception.class)
                .removeHeaders("*")
                .bean("qiscusFaults", "raise(${exception})")
            .end();

        from("direct:send-in-time").routeId("send-in-time")
            .routeDescription("Sends the call and waits at most QISCUS_TIMEOUT; sends nothing while Qiscus fails")
            .setVariable("request", simple("${body}"))
            .bean("callLimit", "begin")
            .setVariable("begun", simple("${body}"))
            .setBody(simple("${variable.request}"))

            // A refusal is an answer too: only server errors and silence open the breaker.
            .circuitBreaker().id("qiscus").configuration("qiscusBreaker")
                // A process that was frozen here sends nothing any more.
                .bean("callLimit", "check(${variable.begun})")
                .to("{{QISCUS_BASE_URL}}?okStatusCodeRange=200-499")
                .convertBodyTo(byte[].class)
            .end();
    }
}
