package routes;

import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;
import static org.apache.camel.LoggingLevel.WARN;

import assignment.ForeignCall;
import assignment.InvalidRequest;
import com.fasterxml.jackson.core.JacksonException;
import java.io.CharConversionException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What happens when a step fails. The queue is the retry: nothing is redelivered from memory. */
public class FailurePolicy extends RouteConfigurationBuilder {

    /** Routes without a configuration have none of Camel's error handlers: what fails goes to who called. */
    @Override
    @SuppressWarnings("unchecked")
    public void configuration() {
        routeConfiguration("http-calls").errorHandler(defaultErrorHandler())
            .onException(ForeignCall.class).handled(true)
                .description("A webhook of another app: 200, so that it is not sent again, and nothing is stored")
                .log(WARN, "A webhook of another app than QISCUS_APP_ID is left alone: that app has our URL too")
                .bean("replies", "foreign")
                .to("direct:write-reply")
            .end()
            .onException(InvalidRequest.class, JacksonException.class, CharConversionException.class,
                    NoTypeConversionAvailableException.class).handled(true)
                .description("What we were sent cannot be used or done: 400, 404 or 409, nothing is changed")
                .removeHeaders("*")
                .setHeader(HTTP_RESPONSE_CODE, simple("${bean:replies.status(${exception})}"))
                .bean("replies", "refused(${exception})")
                .to("direct:write-reply")
            .end()
            .onException(Exception.class).handled(true)
                .description("Redis above all did not take it or did not answer: 503, so that nobody believes it is done")
                .log(WARN, "A call was answered with 503: ${bean:failures.words}")
                .bean("replies", "notStored")
                .setHeader(HTTP_RESPONSE_CODE, constant(503))
                .to("direct:write-reply");
    }

    @Override
    public void configure() {
        from("direct:retry-later").routeId("retry-later")
            .routeDescription("A session could not be placed: back to its place with a rest, or parked if that is no use")
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

        // Whatever the claimed session was about to do may have happened. Its lease ends, then Recovery finds out.
        from("direct:leave-to-recovery").routeId("leave-to-recovery")
            .routeDescription("An unexpected failure, Redis above all: nothing is undone, the claim's lease will end")
            // That Redis is away is said once, by who uses it.
            .filter(simple("${exception} !is 'org.springframework.data.redis.RedisConnectionFailureException'"))
                .description("Unless Redis is away")
                .log(WARN, "Step failed; Recovery retries the session when its lease expires: ${bean:failures.words}")
            .end();
    }
}
