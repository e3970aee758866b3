package routes;

import org.apache.camel.builder.RouteBuilder;

/** Replies to callers with JSON, and without the headers that they sent. */
public class Replies extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:write-reply").routeId("write-reply")
            .routeDescription("Counts a reply and writes it as JSON")
            .bean("meters", "answered(${fromRouteId}, ${header.CamelHttpResponseCode})")
            .marshal("json")
            .convertBodyTo(String.class, "UTF-8");
    }
}
