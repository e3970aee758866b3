package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of {@code GET /api/v2/admin/service/available_agents}.
 *
 * @param meta {@code after} is the cursor of the next page, null on the last
 */
public record AvailableAgents(Data data, JsonNode meta) {

    /** @param agents each as bare JSON, so that an odd field of one cannot hide the others */
    public record Data(List<JsonNode> agents) {}
}
