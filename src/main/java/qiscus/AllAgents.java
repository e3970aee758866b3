package qiscus;

import assignment.Agent;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The agents of the app, page by page, whichever rooms they serve. Their customer counts may be missing.
 *
 * @param page the agents of the last page that was read, as far as it says whether they are online
 * @param channels agent id to the ids of their channels, separated by blanks; agents of that page without channels are
 *     missing
 * @param known the ids on all pages so far
 * @param next the number of the next page; 0 after the last
 */
public record AllAgents(List<Agent> page, Map<String, String> channels, Set<String> known, int next) {
    private static final int AGENTS_PER_PAGE = 100;
    private static final int MOST_PAGES = 100;

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {

        public AllAgents start() {
            return new AllAgents(List.of(), Map.of(), Set.of(), 1);
        }

        /** @throws QiscusFault if this is not a list of agents */
        public AllAgents next(AllAgents before, AgentsPage answer) {
            List<JsonNode> listed = AgentsPage.listedIn(answer);
            Set<String> known = new HashSet<>(before.known());
            // A page may be smaller than requested, and Qiscus may answer a page that does not exist with another one.
            boolean hasNew = listed.stream()
                            .map(agent -> Ids.at(agent, "id"))
                            .filter(id -> id != null && known.add(id))
                            .count()
                    > 0;
            int total = answer.meta() == null
                    ? 0
                    : answer.meta().path("total_count").asInt(0);
            boolean last = !hasNew || before.next() >= MOST_PAGES || total > 0 && known.size() >= total;
            List<Agent> page = listed.stream()
                    .filter(agent -> LenientJson.flag(agent.get("is_available")) != null)
                    .map(AgentList.Reader::agent)
                    .filter(Objects::nonNull)
                    .filter(agent -> agent.type() == null || "agent".equals(agent.type()))
                    .toList();
            return new AllAgents(page, channels(listed), known, last ? 0 : before.next() + 1);
        }
    }

    private static Map<String, String> channels(List<JsonNode> listed) {
        Map<String, String> channels = new HashMap<>();
        for (JsonNode agent : listed) {
            String ids = StreamSupport.stream(agent.path("user_channels").spliterator(), false)
                    .map(channel -> Ids.at(channel, "id"))
                    .filter(Objects::nonNull)
                    .sorted()
                    .collect(Collectors.joining(" "));
            String id = Ids.at(agent, "id");
            if (id != null && !ids.isEmpty()) {
                channels.put(id, ids);
            }
        }
        return channels;
    }

    public boolean hasMore() {
        return next > 0;
    }

    public boolean isLast() {
        return !hasMore();
    }

    /** The query that asks for the next page. */
    public String query() {
        return "page=" + next + "&limit=" + AGENTS_PER_PAGE + "&user_type_scope=agent";
    }
}
