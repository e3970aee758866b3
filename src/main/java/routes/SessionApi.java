package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import assignment.RefusedCall;
import org.apache.camel.builder.RouteBuilder;

/** Why a room went where it went. */
public class SessionApi extends RouteBuilder {

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("platform-http:/sessions/{room_id}?httpMethodRestrict=GET").routeId("tell-session")
            .routeDescription("Answers where a room is and what happened to it, in order; 404 if nothing is known of it")
            .setBody(simple("${header.room_id}"))
            .removeHeaders("*")
            .doTry()
                .bean("callReader", "roomId")
                .bean("storyReader", "of")
                .choice()
                    .when(simple("${body} == null"))
                        .bean("replies", "unknownRoom")
                        .setHeader(HTTP_RESPONSE_CODE, constant(404))
                    .otherwise()
                        .bean("replies", "story")
                .end()
                .to("direct:write-reply")
            .endDoTry()
            .doCatch(RefusedCall.class)
                .to("direct:refuse-call")
            .doCatch(Exception.class)
                .to("direct:answer-not-stored")
            .end();
    }
}
