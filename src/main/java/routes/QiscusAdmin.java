package routes;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;
import static org.apache.camel.Exchange.HTTP_PATH;
import static org.apache.camel.Exchange.HTTP_QUERY;

import assignment.QiscusFault;
import static org.apache.camel.component.http.HttpMethods.POST;

import org.apache.camel.builder.RouteBuilder;

/** Calls to Qiscus as its admin, for the commands {@code check} and {@code register}. Assigning needs none of them. */
public class QiscusAdmin extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:log-in").routeId("log-in")
            .routeDescription("Logs in as the admin, keeps the token, and returns the account")
            .to("direct:read-account")
            .bean("accountReader", "account")
            .bean("adminToken", "keep(${body.token})");

        from("direct:register-webhook").routeId("register-webhook")
            .routeDescription("Registers the URL of a webhook, with the token of the last login; an expired token is renewed once")
            .setVariable("webhook", simple("${body}"))
            .bean("adminToken", "last")
            .filter(simple("${body} == ''"))
                .to("direct:log-in")
                .setBody(simple("${body.token}"))
            .end()
            .setVariable("token", simple("${body}"))
            .doTry()
                .to("direct:send-registration")
            .doCatch(QiscusFault.class).onWhen(simple("${exception.kind.ofCredentials}"))
                .to("direct:log-in")
                .setVariable("token", simple("${body.token}"))
                .to("direct:send-registration")
            .end();

        from("direct:try-call").routeId("try-call")
            .routeDescription("Sends a call with the app's credentials, and returns any answer of Qiscus")
            .setVariable("call", simple("${body}"))
            .removeHeaders("*")
            .setHeader("Qiscus-App-Id", simple("${ref:qiscusAppId}"))
            .setHeader("Qiscus-Secret-Key", simple("${ref:qiscusSecretKey}"))
            .setHeader(HTTP_METHOD, simple("${variable.call.method}"))
            .setHeader(HTTP_PATH, simple("${variable.call.path}"))
            .setHeader(HTTP_QUERY, simple("${variable.call.query}"))
            .setHeader(CONTENT_TYPE, constant("application/x-www-form-urlencoded"))
            .setBody(simple("${variable.call.form}"))
            .doTry()
                .enrich("direct:send-in-time")
                .bean("triedCalls", "answered(${header.CamelHttpResponseCode}, ${body})")
            .doCatch(Exception.class)
                .bean("triedCalls", "failed(${exception})")
            .end();

        from("direct:send-registration").routeId("send-registration")
            .routeDescription("The call that registers and enables a webhook")
            .removeHeaders("*")
            .setHeader("Qiscus-App-Id", simple("${ref:qiscusAppId}"))
            .setHeader("Authorization", simple("${variable.token}"))
            .setHeader(HTTP_METHOD, constant(POST))
            .setHeader(HTTP_PATH, simple("/api/v1/app/webhook/${variable.webhook.kind}"))
            .setHeader(CONTENT_TYPE, constant("application/json"))
            .setBody(simple("${variable.webhook.registration}"))
            .marshal("json")
            .to("direct:send-to-qiscus");
    }
}
