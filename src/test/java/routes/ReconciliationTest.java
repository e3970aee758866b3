package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static support.RealRedis.REDIS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.LogLines;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** Lost webhooks and damaged counts. */
class ReconciliationTest {
    @RegisterExtension
    final RunningApplication app = new RunningApplication().with("RECONCILE_PERIOD", "500ms");

    private final FakeQiscus qiscus = app.qiscus();

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    void aCustomerWithoutAWebhookIsServedOnceAtTheirTruePlace() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1");
        qiscus.missesTheWebhookOf("2", Instant.now().minusSeconds(60));
        await().until(() -> REDIS.client().zcard("waiting") == 2);

        qiscus.setAvailable("11", true);

        await().until(() -> qiscus.assignments().size() == 2);
        assertThat(qiscus.assignedRooms()).containsExactly("2", "1");
        await().during(Duration.ofSeconds(1)).until(() -> qiscus.assignments().size() == 2);
        assertThat(REDIS.client().hexists("session", "998")).isFalse();
        assertThat(REDIS.client().hexists("session", "999")).isFalse();
    }

    @Test
    void aRoomWhoseResolveWasLostFreesItsSlot() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null);

        qiscus.resolves("1");

        await().until(() -> "0".equals(REDIS.client().hget("agent_customer_count", "11")));
        assertThat(REDIS.client().exists("assigned")).isFalse();
    }

    @Test
    void anUnreadableRoomDoesNotHideOthers() throws Exception {
        qiscus.hasAgents("11", "12");
        for (String room : List.of("1", "2", "3")) {
            app.customerWrites(room);
        }
        await().until(() -> qiscus.assignments().size() == 3 && REDIS.client().zcard("claimed") == 0);
        for (int i = 0; i < 100; i++) {
            qiscus.nextTo("customer_rooms/1", Fault.answering(410, "{}"));
            qiscus.nextTo("customer_rooms/2", Fault.answering(502, "{}"));
        }

        await().until(() -> !qiscus.calls("customer_rooms/2").isEmpty());

        qiscus.resolves("3");
        qiscus.missesTheWebhookOf("4", Instant.now().minusSeconds(60));

        await().until(() -> !REDIS.client().hexists("assigned", "3"));
        await().until(() -> qiscus.agentOf("4") != null);
        assertThat(REDIS.client().hkeys("assigned")).contains("1", "2");
    }

    @Test
    void damagedCountsAreRepaired() throws Exception {
        qiscus.hasAgents("11", "12");
        app.customerWrites("1");
        app.customerWrites("2");
        await().until(() -> qiscus.assignments().size() == 2 && REDIS.client().zcard("claimed") == 0);

        REDIS.client().hset("agent_customer_count", "11", "7");
        REDIS.client().hset("agent_customer_count", "12", "-3");
        REDIS.client().hset("agent_customer_count", "13", "many");
        REDIS.client().hset("assigned", "77", """
                {"agent_id":"11","since":1763880000123}""");
        qiscus.nextTo("customer_rooms/77", Fault.answering(404, "{\"errors\":\"Not found\"}"));

        await().until(() -> "1".equals(REDIS.client().hget("agent_customer_count", "11"))
                && "1".equals(REDIS.client().hget("agent_customer_count", "12"))
                && "0".equals(REDIS.client().hget("agent_customer_count", "13")));
        assertThat(REDIS.client().hkeys("assigned")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void overwrittenRoomsAndCountsAreRepaired() throws Exception {
        qiscus.hasAgents("11", "12");
        for (String room : List.of("1", "2", "3")) {
            app.customerWrites(room);
        }
        await().until(() -> qiscus.assignments().size() == 3 && REDIS.client().zcard("claimed") == 0);
        String full = qiscus.customersOf("11") == 2 ? "11" : "12";
        String halfFull = full.equals("11") ? "12" : "11";
        List<String> rooms = List.copyOf(REDIS.client().hkeys("assigned"));

        REDIS.client().hset("agent_customer_count", full, "many");
        REDIS.client().hdel("agent_customer_count", halfFull);
        REDIS.client().hset("assigned", rooms.get(0), "{");
        REDIS.client().hset("assigned", rooms.get(1), "7");
        REDIS.client().hdel("assigned", rooms.get(2));
        REDIS.client().hset("agent", full, "[1");
        REDIS.client().hset("session", "44", "not JSON");

        // Within the settle time, Qiscus may show a state of the agent from before the loss.
        await().pollDelay(Duration.ofMillis(1500))
                .until(() -> REDIS.client().hlen("assigned") == 0
                        && !REDIS.client().hgetAll("agent_customer_count").containsValue("many")
                        && !REDIS.client().hexists("session", "44"));
        // An unknown room counts as an external customer, so one slot is left.
        app.customerWrites("4");
        app.customerWrites("5");
        await().until(() -> halfFull.equals(qiscus.agentOf("4")));
        await().during(Duration.ofSeconds(2)).until(() -> qiscus.agentOf("5") == null);
        assertThat(REDIS.client().hget("agent_customer_count", halfFull)).isEqualTo("1");
    }

    @Test
    void keysOverwrittenWithAnyTypeAreRepaired() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null && REDIS.client().zcard("claimed") == 0);

        for (String key : List.of(
                "agent_customer_count",
                "assigned",
                "config",
                "parked",
                "claimed",
                "session",
                "agent",
                "waiting",
                "new_session_queue")) {
            REDIS.client().del(key);
            REDIS.client().set(key, "garbage");
        }

        await().pollDelay(Duration.ofMillis(1500))
                .ignoreExceptions()
                .until(() -> app.customerWrites("2").statusCode() == 200);
        await().until(() -> "11".equals(qiscus.agentOf("2")));
        assertThat(log.all())
                .anyMatch(line -> line.matches("WARN assigned was overwritten in Redis: the other value is kept as"
                        + " assigned\\.replaced-\\d+, and our key is empty now"));
    }

    @Test
    void aRoomOverwrittenWithAnotherAgentReturnsToTheAgentWhoServesIt() throws Exception {
        qiscus.hasAgents("11", "12");
        app.customerWrites("1");
        app.customerWrites("2");
        await().until(() -> qiscus.assignments().size() == 2 && REDIS.client().zcard("claimed") == 0);

        REDIS.client().hset("assigned", "1", """
                {"agent_id":"%s","since":1763880000123}""".formatted(qiscus.agentOf("2")));

        await().until(() -> "1".equals(REDIS.client().hget("agent_customer_count", "11"))
                && "1".equals(REDIS.client().hget("agent_customer_count", "12"))
                && "[11, 12]".equals(agentsOf("1", "2").toString()));
    }

    @Test
    void aSessionRemovedFromTheLineIsServedNevertheless() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1");
        await().until(() -> REDIS.client().zcard("waiting") == 1);

        REDIS.client().del("waiting");
        qiscus.setAvailable("11", true);

        await().until(() -> "11".equals(qiscus.agentOf("1")));
    }

    @Test
    void aRoomThatCannotBeReadIsKept() throws Exception {
        qiscus.hasAgents("11");
        app.customerWrites("1");
        await().until(() -> qiscus.agentOf("1") != null);
        for (int i = 0; i < 8; i++) {
            qiscus.nextTo("customer_rooms/1", Fault.answering(i % 2 == 0 ? 500 : 200, "<html>"));
        }

        await().until(() -> qiscus.calls("customer_rooms/1").size() > 8);

        assertThat(REDIS.client().hget("agent_customer_count", "11")).isEqualTo("1");
    }

    private static TreeSet<String> agentsOf(String... rooms) {
        return Stream.of(rooms)
                .map(room -> REDIS.client().hget("assigned", room))
                .map(json -> json.replaceAll(".*\"agent_id\":\"(\\d+)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
