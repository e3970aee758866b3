package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of Qiscus's mark-as-resolved webhook, of which only {@code service.room_id} and {@code service.id} count:
 * {@code resolved_by} is who clicked, often an admin, not who served.
 */
public record ResolveCall(JsonNode service) {}
