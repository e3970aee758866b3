package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.RunningApplication;

class CapacityApiTest {
    @RegisterExtension
    final RunningApplication app =
            new RunningApplication().with("MAX_CUSTOMERS_PER_AGENT", "1").with("DISPATCH_PERIOD", "10m");

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void theSettingIsInForceUntilACapacityIsSet() throws Exception {
        assertThat(app.get("/config").body())
                .isEqualTo("{\"success\":true,\"message\":\"Success\",\"data\":{\"maxCustomerPerAgent\":1}}");

        HttpResponse<String> set = app.put("/config", "{\"max_customer_per_agent\": 1000}");

        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(app.get("/config").body())
                .isEqualTo("{\"success\":true,\"message\":\"Success\",\"data\":{\"maxCustomerPerAgent\":1000}}");
    }

    @Test
    void aRaisedCapacityAppliesAtOnceOnEveryInstance() throws Exception {
        RunningApplication second =
                app.another().with("MAX_CUSTOMERS_PER_AGENT", "1").with("ASSIGN_ENABLED", "false");
        second.start();
        qiscus.hasAgents("11");
        app.customerWrites("1");
        app.customerWrites("2");
        app.customerWrites("3");
        await().until(() -> REDIS.client().zcard("waiting") == 2);

        second.put("/config", "{\"max_customer_per_agent\": 2}");

        await().atMost(Duration.ofSeconds(2)).until(() -> qiscus.customersOf("11") == 2);
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.agentOf("3") == null);
    }

    @Test
    void aLoweredCapacityTakesNoCustomersAwayButGivesNoMore() throws Exception {
        qiscus.hasAgents("11");
        app.put("/config", "{\"max_customer_per_agent\": 3}");
        for (String room : new String[] {"1", "2", "3"}) {
            app.customerWrites(room);
        }
        await().until(() -> qiscus.customersOf("11") == 3);

        app.put("/config", "{\"max_customer_per_agent\": 2}");
        app.customerWrites("4");
        qiscus.resolves("1");
        app.post("/resolve", RunningApplication.resolve("1", 1));
        await().until(() -> REDIS.line("qiscus").contains("4"));

        await().during(Duration.ofSeconds(1)).until(() -> qiscus.agentOf("4") == null);
        assertThat(qiscus.customersOf("11")).isEqualTo(2);
    }

    @Test
    void anInvalidCapacityIsRefusedInOneSentenceAndChangesNothing() {
        assertThat(List.of(
                        "{\"max_customer_per_agent\": 0}",
                        "{\"max_customer_per_agent\": -1}",
                        "{\"max_customer_per_agent\": 1001}",
                        "{\"max_customer_per_agent\": 2.5}",
                        "{\"max_customer_per_agent\": \"2\"}",
                        "{\"max_customer_per_agent\": null}",
                        "{\"max_customer_per_agent\": true}",
                        "{\"max_customer_per_agent\": 99999999999999999999}",
                        "{}",
                        "[]",
                        "2",
                        "no",
                        ""))
                .allSatisfy(this::isRefused);
    }

    private void isRefused(String body) throws Exception {
        HttpResponse<String> answer = app.put("/config", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"success\":false,\"message\":\"")
                .endsWith(".\"}");
        assertThat(app.get("/config").body()).contains("\"maxCustomerPerAgent\":1}");
        assertThat(REDIS.client().exists("config")).isFalse();
    }

    @Test
    void anotherMethodIsNotServed() throws Exception {
        assertThat(app.post("/config", "{\"max_customer_per_agent\": 2}").statusCode())
                .isEqualTo(405);
    }
}
