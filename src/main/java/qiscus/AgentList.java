package qiscus;

import assignment.Agent;
import assignment.English;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agents of one room, page by page: either those available for it or those who are in it.
 *
 * @param isInRoom the agents who are in the room are listed
 * @param cursor of the next page: empty before the first, null after the last
 */
public record AgentList(boolean isInRoom, List<Agent> agents, String cursor, int pages) {
    private static final int AGENTS_PER_PAGE = 100;
    private static final int MOST_PAGES = 100;

    /** Camel hashes the body of each expression, and hashing all agents each time is expensive. */
    @Override
    public int hashCode() {
        return agents.size();
    }

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {

        public AgentList start() {
            return new AgentList(false, List.of(), "", 0);
        }

        public AgentList startInRoom() {
            return new AgentList(true, List.of(), "", 0);
        }

        /** @throws QiscusFault if this is not a list of agents, or a list without end */
        public AgentList add(AgentList soFar, AgentsPage page) {
            List<JsonNode> listed = AgentsPage.listedIn(page);
            // The list may change while it is read: if an agent is on two pages, the later page counts.
            Map<String, Agent> agents = new LinkedHashMap<>();
            soFar.agents().forEach(agent -> agents.put(agent.id(), agent));
            for (JsonNode shown : listed) {
                Agent agent = agent(shown);
                // Without a customer count we cannot keep to the agent's capacity, so the agent gets no customers.
                if (agent != null
                        && (soFar.isInRoom() || LenientJson.count(shown.get("current_customer_count")) != null)) {
                    agents.put(agent.id(), agent);
                }
            }
            String after = LenientJson.cursor(page.meta(), "after");
            String next = after.isEmpty() ? null : after;
            if (next != null && (next.equals(soFar.cursor()) || soFar.pages() + 1 >= MOST_PAGES)) {
                throw new QiscusFault(200, English.say("reason.endless_agents"), null);
            }
            return new AgentList(soFar.isInRoom(), List.copyOf(agents.values()), next, soFar.pages() + 1);
        }

        static Agent agent(JsonNode listed) {
            String id = Ids.at(listed, "id");
            Integer customers = LenientJson.count(listed.get("current_customer_count"));
            return id == null
                    ? null
                    : new Agent(
                            id,
                            listed.path("name").asText(null),
                            customers == null ? 0 : customers,
                            LenientJson.isTrue(listed.get("is_available")),
                            LenientJson.isTrue(listed.get("force_offline")),
                            listed.path("type_as_string").asText(null));
        }
    }

    public boolean hasMore() {
        return cursor != null;
    }

    /** The query that asks for the next page. */
    public String query(String roomId) {
        String page =
                "room_id=" + roomId + "&limit=" + AGENTS_PER_PAGE + (isInRoom ? "&is_available_in_room=true" : "");
        return cursor.isEmpty() ? page : page + "&cursor_after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
}
