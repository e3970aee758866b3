package routes;

import org.apache.camel.builder.RouteBuilder;

/** The state of sessions, and the history of a room. */
public class SessionApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/sessions?httpMethodRestrict=GET").routeId("list-sessions")
            .routeConfigurationId("http-calls")
            .routeDescription("Returns a page of the sessions that wait, have an agent or are parked")
            .bean("callReader", "page(${header.state}, ${header.page}, ${header.limit})")
            .removeHeaders("*")
            .bean("sessions", "page")
            .bean("replies", "sessions")
            .to("direct:write-reply");

        from("platform-http:/sessions/{room_id}?httpMethodRestrict=GET").routeId("get-session")
            .routeConfigurationId("http-calls")
            .routeDescription("Returns the state of a room and its history, in order")
            .setBody(simple("${header.room_id}"))
            .removeHeaders("*")
            .bean("callReader", "roomId")
            .bean("roomHistory", "find")
            .bean("replies", "history")
            .to("direct:write-reply");
    }
}
