package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import assignment.InvalidRequest;
import org.apache.camel.builder.RouteBuilder;

/** Why a room went where it went. */
public class SessionApi extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("platform-http:/sessions/{room_id}?httpMethodRestrict=GET").routeId("get-session")
            .routeDescription("Answers where a room is and what happened to it, in order; 404 if nothing is known of it")
            .setBody(simple("${header.room_id}"))
            .removeHeaders("*")
            .doTry()
                .bean("callReader", "roomId")
                .bean("roomHistory", "find")
                .choice()
                    .when(simple("${body} == null"))
                        .bean("replies", "unknownRoom")
                        .setHeader(HTTP_RESPONSE_CODE, constant(404))
                    .otherwise()
                        .bean("replies", "story")
                .end()
                .to("direct:write-reply")
            .endDoTry()
            .doCatch(InvalidRequest.class)
                .to("direct:reply-invalid")
            .doCatch(Exception.class)
                .to("direct:reply-unavailable")
            .end();
    }
}
