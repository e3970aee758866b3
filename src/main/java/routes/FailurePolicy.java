package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;
import static org.apache.camel.LoggingLevel.WARN;

import assignment.ForeignCall;
import assignment.InvalidRequest;
import com.fasterxml.jackson.core.JacksonException;
import java.io.CharConversionException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What happens when a step fails. The queue is the retry mechanism: nothing is redelivered from memory. */
public class FailurePolicy extends RouteConfigurationBuilder {

    /**
     * A route without a configuration has no error handler, so its failures go to the caller. Log lines here have
     * their own logger, because operators read a line of a route's logger as an event.
     */
    @Override
    @SuppressWarnings("unchecked")
    public void configuration() {
        routeConfiguration("http-calls").errorHandler(defaultErrorHandler())
            .onException(ForeignCall.class).handled(true)
                .description("A webhook for another app: 200, so that it is not sent again, and nothing is stored")
                .log(WARN, "reply-other-app", "Ignored a webhook for another app than QISCUS_APP_ID: that app has our URL too")
                .bean("replies", "foreign")
                .to("direct:write-reply")
            .end()
            .onException(InvalidRequest.class, JacksonException.class, CharConversionException.class,
                    NoTypeConversionAvailableException.class).handled(true)
                .description("The request is invalid or not possible: 400, 404 or 409, and nothing changes")
                .removeHeaders("*")
                .setHeader(HTTP_RESPONSE_CODE, simple("${bean:replies.status(${exception})}"))
                .bean("replies", "refused(${exception})")
                .to("direct:write-reply")
            .end()
            .onException(Exception.class).handled(true)
                .description("We failed, usually because of Redis: 503, so that the caller does not assume success")
                .log(WARN, "reply-unavailable", "A call was answered with 503: ${bean:failures.words}")
                .bean("replies", "notStored")
                .setHeader(HTTP_RESPONSE_CODE, constant(503))
                .to("direct:write-reply");
    }

    @Override
    public void configure() {
        from("direct:retry-later").routeId("retry-later")
            .routeDescription("A session could not be placed: it rests at its place in line, or is parked if a retry is useless")
            .setVariable("retry", simple("${body}"))
            .choice()
                .when(simple("${body.final}"))
                    .bean("sessionStore", "park(${variable.session}, ${variable.retry.reason})")
                .otherwise()
                    .bean("meters", "setBack(${variable.retry})")
                    .bean("sessionStore", "returnToLine(${variable.session}, ${variable.retry})")
            .end()
            .to(SessionQueue.WAKE_DECIDER)
            .filter(simple("${variable.retry.needsEvidence}"))
                .to(QiscusApi.ASK_ABOUT_ANOTHER)
            .end();

        // The step may or may not have taken effect. When the lease ends, Recovery finds out.
        from("direct:leave-to-recovery").routeId("leave-to-recovery")
            .routeDescription("An unexpected failure, usually of Redis: undoes nothing, because Recovery takes over when the claim's lease ends")
            // That Redis is away is already in the log.
            .filter(simple("${exception} !is 'org.springframework.data.redis.RedisConnectionFailureException'"))
                .description("Unless Redis is away")
                .log(WARN, "A step failed; Recovery retries the session when its lease ends: ${bean:failures.words}")
            .end();
    }
}
