package simulator;

import static org.apache.camel.Exchange.CONTENT_TYPE;
import static org.apache.camel.Exchange.HTTP_METHOD;
import static org.apache.camel.Exchange.HTTP_PATH;
import static org.apache.camel.Exchange.HTTP_RESPONSE_CODE;

import org.apache.camel.LoggingLevel;
import static org.apache.camel.component.http.HttpMethods.POST;

import org.apache.camel.builder.RouteBuilder;

/**
 * The {@link Simulator} over HTTP: the endpoints of Qiscus that we use, under {@code /simulator}, and its webhooks.
 * They go to this program's own port while QISCUS_BASE_URL is not set, or to any other instance with the command {@code
 * simulate}.
 */
public class SimulatedQiscus extends RouteBuilder {

    @Override
    public void configure() {
        // Every call but a login and those that use its token.
        interceptFrom("platform-http:/+simulator/api/v[12]/(admin|customer_rooms).*")
            .setVariable("call", simple("${body}"))
            .bean("simulatedAccount", "refusal(${header.Qiscus-App-Id}, ${header.Qiscus-Secret-Key})")
            .filter(simple("${body} != null"))
                .to("direct:simulate-reply")
                .stop()
            .end()
            .setBody(simple("${variable.call}"));

        from("scheduler:simulated-people?delay=" + Simulator.TICK.toMillis() + "&initialDelay=2000").routeId("simulate-people")
            .routeDescription("Customers come and write, agents finish, and Qiscus calls us about it")
            .bean("simulatedPeople", "tick")
            .split(simple("${body}"))
                .setVariable("path", simple("${body.path}"))
                .setBody(simple("${body.body}"))
                .marshal("json")
                .removeHeaders("*")
                .setHeader(HTTP_METHOD, constant(POST))
                .setHeader(HTTP_PATH, simple("${variable.path}{{WEBHOOK_PATH_END}}"))
                .setHeader(CONTENT_TYPE, constant("application/json"))
                .doTry()
                    .to("{{SIMULATOR_CALLS}}")
                    .bean("tally", "accepted")
                .doCatch(Exception.class)
                    .log(LoggingLevel.WARN, "The simulated Qiscus could not deliver ${variable.path}: ${bean:failures.words}")
                    .bean("tally", "refused")
                .end()
            .end();

        from("platform-http:/simulator/api/v1/admin/get_profile?httpMethodRestrict=GET")
            .routeId("simulate-profile").routeDescription("The admin of the account")
            .bean("simulatedAccount", "profile()")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v1/auth?httpMethodRestrict=POST")
            .routeId("simulate-login").routeDescription("The account, and a token that acts for its admin")
            .unmarshal("json")
            .bean("simulatedAccount", "login(${body})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v1/app/webhook/{kind}?httpMethodRestrict=POST")
            .routeId("simulate-registration").routeDescription("Registers a webhook: it is remembered, but not called")
            .unmarshal("json")
            .bean("simulatedAccount", "register(${header.kind}, ${header.Qiscus-App-Id}, ${header.Authorization}, ${body})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v2/admin/service/available_agents?httpMethodRestrict=GET")
            .routeId("simulate-available-agents").routeDescription("The agents for a room, or those in it, by pages")
            .choice()
                .when(simple("${header.is_available_in_room} == 'true'"))
                    .bean("simulator", "agentsIn(${header.room_id})")
                .otherwise()
                    .bean("simulator", "availableAgents(${header.room_id}, ${header.limit}, ${header.cursor_after})")
            .end()
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v2/admin/agents?httpMethodRestrict=GET")
            .routeId("simulate-agents").routeDescription("All agents, by pages")
            .bean("simulator", "agents(${header.page}, ${header.limit})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v1/admin/service/assign_agent?httpMethodRestrict=POST")
            .routeId("simulate-assign-agent").routeDescription("Adds an agent to a room that has less than max_agent")
            .bean("simulator", "assign(${header.room_id}, ${header.agent_id}, ${header.max_agent}, ${header.replace_latest_agent})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v1/admin/service/remove_agent?httpMethodRestrict=POST")
            .routeId("simulate-remove-agent").routeDescription("Takes an agent out of a room")
            .bean("simulator", "remove(${header.room_id}, ${header.agent_id})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v2/customer_rooms/{room_id}?httpMethodRestrict=GET")
            .routeId("simulate-room").routeDescription("One room")
            .bean("simulator", "room(${header.room_id})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v2/customer_rooms?httpMethodRestrict=POST")
            .routeId("simulate-rooms").routeDescription("The rooms without an agent, or all, those with the latest messages first")
            .unmarshal("json")
            .bean("simulator", "list")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/api/v2.1/rest/load_comments?httpMethodRestrict=GET")
            .routeId("simulate-messages").routeDescription("The newest messages of a room")
            .bean("simulator", "messages(${header.room_id}, ${header.limit})")
            .to("direct:simulate-reply");

        from("platform-http:/simulator?httpMethodRestrict=GET")
            .routeId("show-simulator").routeDescription("The simulator's own truth: its agents, who waits, who is served")
            .bean("simulator", "state()")
            .to("direct:simulate-reply");

        from("platform-http:/simulator/agents/{agent_id}/{state}?httpMethodRestrict=PUT")
            .routeId("switch-simulated-agent").routeDescription("Sends an agent on- or offline, or makes them stop answering")
            .bean("simulator", "turn(${header.agent_id}, ${header.state})")
            .to("direct:simulate-reply");

        from("direct:simulate-reply").routeId("simulate-reply")
            .routeDescription("Writes an answer as JSON")
            .removeHeaders("*")
            .setHeader(HTTP_RESPONSE_CODE, simple("${body.status}"))
            .setBody(simple("${body.body}"))
            .marshal("json")
            .setHeader(CONTENT_TYPE, constant("application/json"));
    }
}
