package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.FakeQiscus;
import support.QiscusServer.Fault;
import support.RunningApplication;

/** Rooms for which Qiscus lists no agents are asked about less and less often. */
class ClosedChannelTest {
    private static final String LISTS = "available_agents";

    @RegisterExtension
    final RunningApplication app =
            new RunningApplication().with("DISPATCH_PERIOD", "100ms").with("RECONCILE_PERIOD", "10m");

    private final FakeQiscus qiscus = app.qiscus();

    @Test
    void anAgentWhoComesOnlineLaterGetsTheOldestSessionAtOnce() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        app.customerWrites("1");
        isAskedAboutLessAndLessOften();
        // Right after a call the pause is longest: more than the four seconds above by now.
        int before = qiscus.calls(LISTS).size();
        await().until(() -> qiscus.calls(LISTS).size() > before);

        qiscus.setAvailable("11", true);

        await().atMost(Duration.ofSeconds(2)).until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void aForbiddenListOfAllAgentsIsRequestedOnceAndThePauseGrows() throws Exception {
        qiscus.hasAgents("11");
        qiscus.setAvailable("11", false);
        for (int i = 0; i < 100; i++) {
            qiscus.nextTo("/v2/admin/agents", Fault.answering(403, "{\"errors\":\"Forbidden\"}"));
        }
        app.customerWrites("1");

        isAskedAboutLessAndLessOften();

        assertThat(qiscus.calls("/v2/admin/agents")).hasSizeBetween(1, 2);
        qiscus.setAvailable("11", true);
        await().until(() -> qiscus.agentOf("1") != null);
    }

    @Test
    void anAgentListedForAnotherRoomOpensTheChannel() throws Exception {
        qiscus.hasAgents("11", "12");
        qiscus.setAvailable("12", false);
        qiscus.listsForRoom("1", "12");
        app.customerWrites("1");
        isAskedAboutLessAndLessOften();

        qiscus.setAvailable("12", true);
        app.customerWrites("2", "telegram");

        await().until(() -> "12".equals(qiscus.agentOf("1")));
    }

    private void isAskedAboutLessAndLessOften() {
        await().until(() -> qiscus.calls(LISTS).size() >= 3);
        int before = qiscus.calls(LISTS).size();
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        assertThat(qiscus.calls(LISTS).size() - before).isLessThan(20);
    }
}
