package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** The calls that we send to Qiscus. */
class QiscusApiTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication();

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void everyCallHasOurCredentialsAndNothingUnneeded() throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo("assign_agent", Fault.answering(400, "{\"errors\":\"try later\"}"));

        app.customerWrites("1");
        await().until(() -> "11".equals(qiscus.agentOf("1")));

        assertThat(qiscus.calls("/"))
                .allSatisfy(call -> assertThat(call.secret()).isEqualTo(FakeQiscus.SECRET));
        Call list = qiscus.calls("available_agents").get(0);
        assertThat(list.method()).isEqualTo("GET");
        assertThat(list.path()).isEqualTo("/api/v2/admin/service/available_agents");
        assertThat(list.parameters()).isEqualTo(Map.of("room_id", "1", "limit", "100"));
        Call assign = qiscus.calls("assign_agent").get(0);
        assertThat(assign.method()).isEqualTo("POST");
        assertThat(assign.path()).isEqualTo("/api/v1/admin/service/assign_agent");
        assertThat(assign.parameters()).isEqualTo(Map.of("room_id", "1", "agent_id", "11", "max_agent", "1"));
        Call room = qiscus.calls("customer_rooms/").get(0);
        assertThat(room.method()).isEqualTo("GET");
        assertThat(room.path()).isEqualTo("/api/v2/customer_rooms/1");
    }

    @Test
    void theCursorIsFollowedToTheLastPage() throws Exception {
        qiscus.hasAgents(IntStream.range(100, 350).mapToObj(Integer::toString).toArray(String[]::new));
        IntStream.range(100, 349).forEach(id -> qiscus.setAvailable(Integer.toString(id), false));

        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null);

        assertThat(qiscus.agentOf("1")).isEqualTo("349");
        assertThat(qiscus.calls("available_agents"))
                .extracting(call -> call.parameters().get("cursor_after"))
                // On a busy machine the list is too old for the decision, and is requested again.
                .startsWith(null, "100", "200")
                .containsOnly(null, "100", "200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"data\":", "{\"error\":\"x\"}", "[]", "null"})
    void anAnswerThatIsNotAListIsDescribedAndRequestedAgain(String body) throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo("available_agents", Fault.answering(200, body));

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(app.get("/sessions/1").body())
                .containsAnyOf("Qiscus's answer cannot be read", "Qiscus answered without a list of agents")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"agents\":{\"0\":null,\"3\":AGENT}}", "{\"agents\":[null,AGENT]}", "[AGENT]"})
    void anAgentIsFoundInEveryFormOfTheList(String data) throws Exception {
        qiscus.hasAgents("11");
        qiscus.answersTo(
                call -> call.path().contains("available_agents"),
                Fault.answering(
                        200,
                        "{\"data\":"
                                + data.replace(
                                        "AGENT",
                                        "{\"id\":\"11\",\"is_available\":1,\"current_customer_count\":\"0\","
                                                + "\"type_as_string\":\"agent\"}")
                                + ",\"meta\":[]}"));

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "{\"agents\":null}"})
    void theCustomerWaitsInEveryFormOfAnEmptyList(String data) throws Exception {
        qiscus.hasAgents("11");
        qiscus.nextTo("available_agents", Fault.answering(200, "{\"data\":" + data + "}"));

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(app.get("/sessions/1").body()).doesNotContain("without a list", "cannot be read");
    }

    @Test
    void anAgentWithoutACustomerCountGetsNoCustomers() throws Exception {
        qiscus.hasAgents("11", "12");
        String uncounted = "{\"data\":{\"agents\":[{\"id\":11,\"is_available\":true,\"type_as_string\":\"agent\"},"
                + "{\"id\":12,\"is_available\":true,\"type_as_string\":\"agent\",\"current_customer_count\":1}]}}";
        qiscus.nextTo("available_agents", Fault.answering(200, uncounted));

        app.customerWrites("1");

        await().until(() -> qiscus.agentOf("1") != null);
        assertThat(qiscus.agentOf("1")).isEqualTo("12");
    }

    @Test
    void anEndlessListIsAbandonedAndRequestedAgain() throws Exception {
        qiscus.hasAgents("11");
        for (int i = 0; i < 2; i++) {
            qiscus.nextTo(
                    "available_agents",
                    Fault.answering(200, "{\"data\":{\"agents\":[]},\"meta\":{\"after\":\"same\"}}"));
        }

        app.customerWrites("1");

        await().until(() -> "11".equals(qiscus.agentOf("1")));
        assertThat(qiscus.calls("available_agents"))
                .extracting(call -> call.parameters().get("cursor_after"))
                .startsWith(null, "same", null);
    }
}
