package routes;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;
import static org.apache.camel.Exchange.HTTP_PATH;
import static org.apache.camel.Exchange.HTTP_URI;
import static org.apache.camel.component.http.HttpMethods.GET;
import static org.apache.camel.component.http.HttpMethods.POST;

import org.apache.camel.builder.RouteBuilder;

/**
 * Qiscus Omnichannel, over HTTP. A call that fails throws {@link assignment.QiscusFault}, in words fit for a log; a page of
 * rooms that cannot be read throws what the parser throws, which may quote it.
 */
public class QiscusApi extends RouteBuilder {
    /** Of a session that was refused. One question at a time says as much as many. */
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
            .routeDescription("The agents for the session's room, or those who are in it, page after page")
            .setVariable("agents", simple("${body}"))
            .loopDoWhile(simple("${variable.agents.hasMore}"))
                .setBody(simple("/api/v2/admin/service/available_agents?${variable.agents.query(${variable.session.roomId})}"))
                .to("direct:read-agents-page")
                .bean("agentList", "add(${variable.agents}, ${body})")
                .setVariable("agents", simple("${body}"))
            .end()
            .setBody(simple("${variable.agents.agents}"));

        from("direct:who-is-in-room").routeId("who-is-in-room")
            .routeDescription("Asks Qiscus whether our agent is in the session's room, unless the room is resolved or cannot be read")
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
            .routeDescription("The next page of all agents, whatever room they may serve")
            .setBody(simple("/api/v2/admin/agents?${variable.agents.query}"))
            .to("direct:read-agents-page")
            .bean("allAgents", "next(${variable.agents}, ${body})");

        from("direct:read-agents-page").routeId("read-agents-page")
            .routeDescription("A page of agents, from where the body says; an answer that is none is a QiscusFault")
            .to("direct:get-from-qiscus")
            .doTry()
                .unmarshal("agentsPage")
            .doCatch(Exception.class)
                .bean("qiscusFaults", "unreadable")
            .end();

        from("direct:assign-agent").routeId("assign-agent")
            .routeDescription("Puts the reserved agent into the room, unless another agent is there already")
            .setBody(simple("room_id=${variable.session.roomId}&agent_id=${variable.agentId}&max_agent=1"))
            .to("direct:send-assignment");

        from("direct:replace-agent").routeId("replace-agent")
            .routeDescription("Puts the reserved agent into the room, in the place of the agent who is there")
            .setBody(simple("room_id=${variable.session.roomId}&agent_id=${variable.agentId}&replace_latest_agent=true"))
            .to("direct:send-assignment");

        from("direct:send-assignment").routeId("send-assignment")
            .routeDescription("The call that puts an agent into a room, and what its answer means")
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
            .routeDescription("Takes the agent that a session moves from out of the room")
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
            .routeDescription("What Qiscus says of the session's room now; if that is nothing, the variable finding says whose fault it is")
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

            // Whose fault it is that it cannot be read.
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
            .routeDescription("A page of the list of rooms, as the body asks for it")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v2/customer_rooms"))
            .setHeader(CONTENT_TYPE, constant("application/json"))
            .marshal("json")
            .to("direct:call-qiscus")
            .unmarshal("customerRooms");

        // Beside the session that was refused, which must not wait for it.
        from("seda:ask-about-another?size=1&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=100").routeId("ask-about-another")
            .routeDescription("A session was refused: asks Qiscus the same about others, to tell whose fault it is")
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
                .description("No answer is no evidence")
                .stop()
            .end();

        from("direct:read-profile").routeId("read-profile")
            .routeDescription("Whose the app's credentials are; fails unless Qiscus takes them")
            .setBody(constant("/api/v1/admin/get_profile"))
            .to("direct:get-from-qiscus");

        from("direct:read-account").routeId("read-account")
            .routeDescription("Logs in as the admin: what the account says of itself")
            .removeHeaders("*")
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, constant("/api/v1/auth"))
            .setHeader(CONTENT_TYPE, constant("application/json"))
            .setBody(simple("${ref:qiscusLogin}"))
            .marshal("json")
            .to("direct:send-to-qiscus")
            .unmarshal("json");

        from("direct:get-from-qiscus").routeId("get-from-qiscus")
            .routeDescription("Reads what the body names, a path and perhaps a query")
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
            .routeDescription("Sends it and waits; anything but a success is a QiscusFault")
            .doTry()
                // On an exchange of its own: a call that was given up ends later, and writes its end into the one it has.
                .enrich("direct:send-in-time")
                .bean("qiscusFaults", "check(${header.CamelHttpResponseCode}, ${header.Retry-After}, ${header.Location}, ${body})")
                .removeHeaders("*", "Date")
            .endDoTry()
            .doCatch(Exception.class)
                .removeHeaders("*")
                .bean("qiscusFaults", "raise(${exception})")
            .end();

        from("direct:send-in-time").routeId("send-in-time")
            .routeDescription("Not longer than QISCUS_TIMEOUT, and not while Qiscus fails")
            // What Qiscus refuses is an answer too: only errors of the server and silence open the breaker.
            .circuitBreaker().id("qiscus").configuration("qiscusBreaker")
                .to("{{QISCUS_BASE_URL}}?okStatusCodeRange=200-499")
                .convertBodyTo(byte[].class)
            .end();
    }
}
