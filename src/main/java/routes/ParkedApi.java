package routes;

import org.apache.camel.builder.RouteBuilder;

/** Lists, retries and drops the sessions that a human must decide about. */
public class ParkedApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/parked?httpMethodRestrict=GET").routeId("list-parked")
            .routeConfigurationId("http-calls")
            .routeDescription("Returns the parked sessions with their reasons")
            .removeHeaders("*")
            .bean("queueReader", "parked")
            .bean("replies", "parked")
            .to("direct:write-reply");

        from("platform-http:/parked/{room_id}/retry?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("retry-parked")
            .routeConfigurationId("http-calls")
            .routeDescription("Puts a parked session back in its place in line")
            .to("direct:who-acts")
            .bean("sessionStore", "unpark(${variable.roomId}, true, ${variable.by})")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "changed")
            .to("direct:write-reply");

        from("platform-http:/parked/{room_id}?httpMethodRestrict=DELETE").routeId("drop-parked")
            .routeConfigurationId("http-calls")
            .routeDescription("Drops a parked session")
            .to("direct:who-acts")
            .bean("sessionStore", "unpark(${variable.roomId}, false, ${variable.by})")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "changed")
            .to("direct:write-reply");
    }
}
