package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.Agent;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentListTest {
    private final ObjectMapper json = Json.mapper();
    private final AgentList.Reader reader = new AgentList.Reader();

    @Test
    void anAgentIsReadAsQiscusListsThem() throws IOException {
        AgentsPage page = page("""
                {"data":{"agents":[
                   {"avatar_url":null,"created_at":"2023-11-07T03:41:11Z","current_customer_count":1,
                    "email":"agent5@example.com","force_offline":false,"id":164868,"is_available":true,
                    "is_req_otp_reset":null,"last_login":"2023-11-07T07:38:12Z","name":"Agent 5",
                    "sdk_email":"x_agent5@example.com","sdk_key":"<sdk key>","type":2,"type_as_string":"agent",
                    "user_channels":[{"id":1,"name":"Live chat"}],"user_roles":[{"id":7,"name":"Default"}]}]},
                 "meta":{"after":null,"before":null,"per_page":10,"total_count":null},"status":200}
                """);

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).containsExactly(new Agent("164868", "Agent 5", 1, true, false, "agent"));
        assertThat(list.hasMore()).isFalse();
    }

    @Test
    void anEmptyListIsAListToo() throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":null}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).isEmpty();
        assertThat(list.hasMore()).isFalse();
    }

    @Test
    void anAgentWithMissingFieldsCannotServe() throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[{\"id\":\"7\",\"current_customer_count\":0}]}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).containsExactly(new Agent("7", null, 0, false, false, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"id\":null}", "{\"id\":\"../9\"}", "{\"id\":\"\"}", "{\"id\":{}}", "{\"id\":-4}"
            })
    void anAgentWithoutAUsableIdIsLeftOut(String agent) throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[" + agent + ",{\"id\":2,\"current_customer_count\":0}]}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).extracting(Agent::id).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource({"-3, 0", "0, 0", "7, 7", "'\"7\"', 7", "'\"-1\"', 0", "1.5, 2"})
    void aCustomerCountIsNeverNegative(String shown, int count) throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[{\"id\":2,\"current_customer_count\":" + shown + "}]}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).extracting(Agent::customerCount).containsExactly(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"current_customer_count\":null",
                ",\"current_customer_count\":\"\"",
                ",\"current_customer_count\":\"many\"",
                ",\"current_customer_count\":{}",
                ",\"current_customer_count\":true"
            })
    void anAgentWithoutACustomerCountIsLeftOut(String count) throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[{\"id\":1,\"is_available\":true" + count
                + "},{\"id\":2,\"current_customer_count\":0}]}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).extracting(Agent::id).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, true",
        "1, 0, true",
        "'\"true\"', '\"false\"', true",
        "'\"1\"', null, true",
        "0, 0, false",
        "'\"0\"', 0, false",
        "null, 0, false",
        "{}, 0, false",
        "1, 1, false",
        "1, '\"TRUE\"', false"
    })
    void aFlagMayBeANumberOrAText(String available, String offline, boolean online) throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[{\"id\":1,\"current_customer_count\":0,\"is_available\":"
                + available + ",\"force_offline\":" + offline + "}]}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).extracting(Agent::isOnline).containsExactly(online);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"agents\":{\"1\":AGENT 1,\"3\":AGENT 3}}}",
                "{\"data\":{\"agents\":[null,AGENT 1,[],\"x\",AGENT 3]}}",
                "{\"data\":{\"agents\":{\"current_page\":1,\"data\":[AGENT 1,AGENT 3]}}}",
                "{\"data\":[AGENT 1,AGENT 3]}",
                "{\"data\":{\"0\":AGENT 1,\"2\":AGENT 3}}",
                "{\"data\":{\"agents\":{\"1\":AGENT 1,\"2\":null,\"3\":AGENT 3}},\"errors\":null,\"error\":\"\"}"
            })
    void aListMayBeAnObjectOrTheWholeData(String body) throws IOException {
        AgentsPage page = page(body.replaceAll("AGENT (\\d)", "{\"id\":$1,\"current_customer_count\":0}"));

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.agents()).extracting(Agent::id).containsExactly("1", "3");
        assertThat(list.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":null}",
                "{\"data\":[]}",
                "{\"data\":{}}",
                "{\"data\":{\"agents\":null}}",
                "{\"data\":{\"agents\":{}}}",
                "{\"data\":{\"agents\":[null]}}",
                "{\"data\":[],\"errors\":[]}"
            })
    void anEmptyListMayHaveManyForms(String body) throws IOException {
        AgentList list = reader.add(reader.start(), page(body));

        assertThat(list.agents()).isEmpty();
        assertThat(list.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"status\":200}",
                "{\"errors\":\"x\"}",
                "{\"error\":{\"message\":\"x\"}}",
                "{\"data\":null,\"errors\":\"x\"}",
                "{\"data\":{\"agents\":[]},\"error\":\"x\"}",
                "{\"data\":{\"error\":\"x\"}}",
                "{\"data\":\"<html>\"}",
                "{\"data\":{\"agents\":\"none\"}}",
                "{\"data\":{\"agents\":7}}"
            })
    void anAnswerWithoutAListIsAFault(String body) throws IOException {
        AgentsPage page = page(body);

        assertThatThrownBy(() -> reader.add(reader.start(), page))
                .isInstanceOf(QiscusFault.class)
                .hasMessage("Qiscus answered without a list of agents");
    }

    @Test
    void theFirstPageIsRequestedWithoutACursor() {
        AgentList start = reader.start();

        String query = start.query("187250792");

        assertThat(start.hasMore()).isTrue();
        assertThat(query).isEqualTo("room_id=187250792&limit=100");
    }

    @Test
    void agentsInTheRoomAreListedEvenWithoutTheirCounts() throws IOException {
        AgentList start = reader.startInRoom();

        AgentList list = reader.add(start, page("{\"data\":{\"agents\":[{\"id\":11}]},\"meta\":{\"after\":\"x\"}}"));

        assertThat(start.query("1")).isEqualTo("room_id=1&limit=100&is_available_in_room=true");
        assertThat(list.query("1")).isEqualTo("room_id=1&limit=100&is_available_in_room=true&cursor_after=x");
        assertThat(list.agents()).extracting(Agent::id).containsExactly("11");
    }

    @Test
    void theNextPageIsRequestedWithTheCursorOfTheLastOne() throws IOException {
        AgentList list =
                reader.add(reader.start(), page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":\"a+/= &b\"}}"));

        String query = list.query("1");

        assertThat(list.hasMore()).isTrue();
        assertThat(query).isEqualTo("room_id=1&limit=100&cursor_after=a%2B%2F%3D+%26b");
    }

    @Test
    void aCursorMayBeANumber() throws IOException {
        AgentsPage page = page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":10}}");

        AgentList list = reader.add(reader.start(), page);

        assertThat(list.cursor()).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"meta\":null",
                ",\"meta\":{}",
                ",\"meta\":{\"after\":null}",
                ",\"meta\":{\"after\":\"\"}",
                ",\"meta\":{\"after\":{}}",
                ",\"meta\":{\"after\":{\"id\":3}}",
                ",\"meta\":{\"after\":[]}",
                ",\"meta\":{\"after\":[7]}",
                ",\"meta\":{\"after\":false}",
                ",\"meta\":{\"after\":\"null\"}",
                ",\"meta\":[]",
                ",\"meta\":\"x\""
            })
    void withoutACursorTheListEnds(String meta) throws IOException {
        AgentsPage only = page("{\"data\":{\"agents\":[{\"id\":1,\"current_customer_count\":0}]}" + meta + "}");
        AgentsPage first =
                page("{\"data\":{\"agents\":[{\"id\":2,\"current_customer_count\":0}]},\"meta\":{\"after\":\"x\"}}");

        AgentList list = reader.add(reader.start(), only);
        AgentList longer = reader.add(reader.add(reader.start(), first), only);

        assertThat(list.hasMore()).isFalse();
        assertThat(longer.hasMore()).isFalse();
        assertThat(longer.agents()).extracting(Agent::id).containsExactly("2", "1");
    }

    @Test
    void anAgentOnTwoPagesCountsOnceAndAsLastSeen() throws IOException {
        AgentList first = reader.add(reader.start(), page("""
                {"data":{"agents":[{"id":1,"current_customer_count":0},{"id":2,"current_customer_count":0}]},"meta":{"after":"x"}}"""));

        AgentList list = reader.add(first, page("""
                {"data":{"agents":[{"id":3,"current_customer_count":0},{"id":1,"current_customer_count":1}]},"meta":{"after":null}}"""));

        assertThat(list.agents()).extracting(Agent::id).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(list.agents())
                .filteredOn(agent -> agent.id().equals("1"))
                .extracting(Agent::customerCount)
                .containsExactly(1);
    }

    @Test
    void aCursorThatPointsToItselfIsAFault() throws IOException {
        AgentList list = reader.add(reader.start(), page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":\"x\"}}"));
        AgentsPage again = page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":\"x\"}}");

        assertThatThrownBy(() -> reader.add(list, again))
                .isInstanceOf(QiscusFault.class)
                .hasMessage("Qiscus's list of agents does not end");
    }

    @Test
    void noMoreThanAHundredPagesAreRead() throws IOException {
        AgentList list = reader.start();
        for (int i = 1; i < 100; i++) {
            list = reader.add(
                    list,
                    page("{\"data\":{\"agents\":[{\"id\":" + i + ",\"current_customer_count\":0}]},\"meta\":{\"after\":"
                            + i + "}}"));
        }
        AgentList almost = list;

        AgentList whole = reader.add(
                almost,
                page("{\"data\":{\"agents\":[{\"id\":100,\"current_customer_count\":0}]},\"meta\":{\"after\":null}}"));

        assertThat(whole.agents()).hasSize(100);
        assertThat(whole.hasMore()).isFalse();
        assertThatThrownBy(() -> reader.add(almost, page("{\"data\":{\"agents\":[]},\"meta\":{\"after\":100}}")))
                .isInstanceOf(QiscusFault.class)
                .hasMessage("Qiscus's list of agents does not end");
    }

    private AgentsPage page(String body) throws IOException {
        return json.readValue(body, AgentsPage.class);
    }
}
