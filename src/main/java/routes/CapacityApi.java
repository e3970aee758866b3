package routes;

import org.apache.camel.builder.RouteBuilder;

/** Reads and sets the capacity of all agents at run time. */
public class CapacityApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/config?httpMethodRestrict=GET").routeId("read-capacity")
            .routeConfigurationId("http-calls")
            .routeDescription("Returns the capacity that the next decision uses")
            .removeHeaders("*")
            .bean("capacities", "inForce")
            .bean("replies", "capacity")
            .to("direct:write-reply");

        from("platform-http:/config?httpMethodRestrict=PUT&populateBodyWithForm=false").routeId("set-capacity")
            .routeConfigurationId("http-calls")
            .routeDescription("Sets the capacity that every instance uses from its next decision on")
            .to("direct:who-acts")
            .unmarshal("json")
            .bean("callReader", "capacity")
            .setVariable("capacity", simple("${body}"))
            .bean("sessionStore", "setCapacity(${body}, ${variable.by})")
            .to(SessionQueue.WAKE_DECIDER)
            .bean("replies", "capacity(${variable.capacity})")
            .to("direct:write-reply");
    }
}
