package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.Agent;
import assignment.QiscusFault;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AllAgentsTest {
    private final AllAgents.Reader reader = new AllAgents.Reader();

    private static AgentsPage answer(String agents, String meta) throws IOException {
        return Json.mapper()
                .readValue("{\"data\":{\"agents\":[" + agents + "]},\"meta\":" + meta + "}", AgentsPage.class);
    }

    private static String agent(int id) {
        return "{\"id\":" + id + ",\"name\":\"Agent " + id + "\",\"is_available\":true,\"force_offline\":false,"
                + "\"type_as_string\":\"agent\"}";
    }

    @Test
    void theCustomerCountMayBeMissing() throws IOException {
        AllAgents list = reader.next(reader.start(), answer(agent(7), "{\"total_count\":1}"));

        assertThat(list.page()).containsExactly(new Agent("7", "Agent 7", 0, true, false, "agent"));
        assertThat(list.hasMore()).isFalse();
    }

    @Test
    void theOnlineFlagMayBeANumberOrAText() throws IOException {
        AllAgents list = reader.next(
                reader.start(),
                answer(
                        "{\"id\":1,\"is_available\":1},{\"id\":2,\"is_available\":\"true\"},{\"id\":3,\"is_available\":0},"
                                + "{\"id\":4,\"is_available\":\"\"},{\"id\":5,\"is_available\":{}}",
                        "{}"));

        assertThat(list.page()).extracting(Agent::id).containsExactly("1", "2", "3");
        assertThat(list.page()).extracting(Agent::isOnline).containsExactly(true, true, false);
    }

    @Test
    void pagesAreFollowedUntilAllAreKnown() throws IOException {
        AllAgents first = reader.next(reader.start(), answer(agent(1) + "," + agent(2), "{\"total_count\":3}"));
        AllAgents second = reader.next(first, answer(agent(3), "{\"total_count\":3}"));

        assertThat(reader.start().query()).isEqualTo("page=1&limit=100&user_type_scope=agent");
        assertThat(first.query()).startsWith("page=2&");
        assertThat(second.page()).extracting(Agent::id).containsExactly("3");
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    void withoutATotalTheListEndsWithThePageThatShowsNothingNew() throws IOException {
        AllAgents first = reader.next(reader.start(), answer(agent(1), "null"));
        AllAgents again = reader.next(first, answer(agent(1), "null"));

        assertThat(first.hasMore()).isTrue();
        assertThat(again.hasMore()).isFalse();
        assertThat(reader.next(first, answer("", "{}")).hasMore()).isFalse();
    }

    @Test
    void anAgentWithoutAStateAndAnyoneElseIsLeftOut() throws IOException {
        AllAgents list = reader.next(
                reader.start(),
                answer(
                        "null,{\"id\":1,\"type_as_string\":\"agent\"},{\"id\":2,\"is_available\":true,"
                                + "\"type_as_string\":\"admin\"},{\"id\":3,\"is_available\":false}",
                        "{}"));

        assertThat(list.page()).extracting(Agent::id).containsExactly("3");
    }

    @Test
    void anAnswerThatIsNotAListIsAFault() {
        assertThatThrownBy(() -> reader.next(reader.start(), new AgentsPage(null, null, null)))
                .isInstanceOf(QiscusFault.class);
    }
}
