package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of {@code GET /api/v2/admin/service/available_agents}.
 *
 * @param meta {@code after} is the cursor of the next page, null on the last
 */
public record AvailableAgents(Data data, JsonNode meta) {

    public record Data(List<ListedAgent> agents) {}

    public record ListedAgent(
            JsonNode id,
            String name,
            Integer currentCustomerCount,
            Boolean isAvailable,
            Boolean forceOffline,
            String typeAsString) {}
}
