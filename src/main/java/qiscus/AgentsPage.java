package qiscus;

import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/**
 * One page of {@code GET /api/v2/admin/service/available_agents}, or of {@code GET /api/v2/admin/agents}.
 *
 * @param meta of the first: {@code after} is the cursor of the next page, null on the last; of the second:
 *     {@code total_count}
 */
public record AgentsPage(Data data, JsonNode meta) {

    /** @param agents each as bare JSON, so that an odd field of one cannot hide the others */
    public record Data(List<JsonNode> agents) {}

    /**
     * @param page null if Qiscus answered nothing
     * @throws QiscusFault if this is not a list of agents
     */
    static List<JsonNode> listedIn(AgentsPage page) {
        if (page == null || page.data() == null || page.data().agents() == null) {
            throw new QiscusFault(200, "Qiscus answered without a list of agents", null);
        }
        return page.data().agents().stream().filter(Objects::nonNull).toList();
    }
}
