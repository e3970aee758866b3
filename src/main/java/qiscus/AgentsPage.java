package qiscus;

import assignment.English;
import assignment.QiscusFault;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of {@code GET /api/v2/admin/service/available_agents}, or of {@code GET /api/v2/admin/agents}.
 *
 * @param data {@code agents}, each as raw JSON, so that an odd field of one agent does not hide the others
 * @param meta of the first: {@code after} is the cursor of the next page, null on the last; of the second:
 *     {@code total_count}
 */
public record AgentsPage(
        JsonNode data, JsonNode meta, @JsonAlias("error") JsonNode errors) {

    /**
     * @param page null if Qiscus answered nothing
     * @throws QiscusFault if this is not a list of agents
     */
    static List<JsonNode> listedIn(AgentsPage page) {
        List<JsonNode> agents = page == null ? null : LenientJson.list(page.data(), "agents", page.errors());
        if (agents == null) {
            throw new QiscusFault(200, English.say("reason.no_agents"), null);
        }
        return agents;
    }
}
