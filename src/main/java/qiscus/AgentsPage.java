package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of {@code GET /api/v2/admin/service/available_agents}, or of {@code GET /api/v2/admin/agents}.
 *
 * @param meta of the first: {@code after} is the cursor of the next page, null on the last; of the second:
 *     {@code total_count}
 */
public record AgentsPage(Data data, JsonNode meta) {

    /** @param agents each as bare JSON, so that an odd field of one cannot hide the others */
    public record Data(List<JsonNode> agents) {}
}
