package routes;

import org.apache.camel.builder.RouteBuilder;

/** How many customers an agent may have, read and changed while running. */
public class CapacityApi extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/config?httpMethodRestrict=GET").routeId("read-capacity")
            .routeDescription("Answers the capacity that the next decision goes by")
            .removeHeaders("*")
            .doTry()
                .bean("capacities", "inForce")
                .bean("replies", "capacity")
                .to("direct:write-reply")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();

        from("platform-http:/config?httpMethodRestrict=PUT&populateBodyWithForm=false").routeId("set-capacity")
            .routeDescription("Sets the capacity for the next decision of every instance")
            .to("direct:who-acts")
            .doTry()
                .unmarshal("json")
                .bean("callReader", "capacity")
                .setVariable("capacity", simple("${body}"))
                .bean("sessionStore", "setCapacity(${body}, ${variable.by})")
                .to("direct:wake-decider")
                .bean("replies", "capacity(${variable.capacity})")
                .to("direct:write-reply")
            .doCatch(FailurePolicy.UNUSABLE_CALL)
                .to("direct:reply-invalid")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();
    }
}
