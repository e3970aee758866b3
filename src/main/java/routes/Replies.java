package routes;

import static org.apache.camel.Exchange.CONTENT_TYPE;

import org.apache.camel.builder.RouteBuilder;

/** What our callers are answered: JSON, and none of the headers that they sent. */
public class Replies extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("direct:reply-done").routeId("reply-done")
            .routeDescription("It is done; the body is the sentence that says what")
            .bean("replies", "done")
            .to("direct:write-reply");

        from("direct:reply-capacity").routeId("reply-capacity")
            .routeDescription("The capacity in force")
            .bean("replies", "capacity")
            .to("direct:write-reply");

        from("direct:write-reply").routeId("write-reply")
            .routeDescription("Counts a reply and writes it as JSON")
            .bean("meters", "answered(${fromRouteId}, ${header.CamelHttpResponseCode})")
            .marshal("json")
            .convertBodyTo(String.class, "UTF-8")
            .setHeader(CONTENT_TYPE, constant("application/json"));
    }
}
