package routes;

import org.apache.camel.builder.RouteBuilder;

/** The sessions that a human must look at: listed, tried again, dropped. */
public class ParkedApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/parked?httpMethodRestrict=GET").routeId("list-parked")
            .routeConfigurationId("operator-calls")
            .routeDescription("Answers what is parked and why")
            .removeHeaders("*")
            .bean("queueReader", "parked")
            .bean("replies", "parked")
            .to("direct:write-reply");

        from("platform-http:/parked/{room_id}/retry?httpMethodRestrict=POST&populateBodyWithForm=false").routeId("retry-parked")
            .routeDescription("Puts a parked session back to its place in the line")
            .setVariable("retry", constant(true))
            .to("direct:unpark");

        from("platform-http:/parked/{room_id}?httpMethodRestrict=DELETE").routeId("drop-parked")
            .routeDescription("Forgets a parked session")
            .setVariable("retry", constant(false))
            .to("direct:unpark");

        from("direct:unpark").routeId("unpark")
            .routeConfigurationId("operator-calls")
            .routeDescription("Acts on a parked session as an operator decided")
            .to("direct:who-acts")
            .bean("sessionStore", "unpark(${variable.roomId}, ${variable.retry}, ${variable.by})")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "changed")
            .to("direct:write-reply");
    }
}
