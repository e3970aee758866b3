package routes;

import org.apache.camel.builder.RouteBuilder;

/** Moves a session whose agent does not answer. */
public class MoveSession extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("direct:move-session").routeId("move-session")
            .routeDescription("The customer of a room has no answer")
            .log("${body}");
    }
}
