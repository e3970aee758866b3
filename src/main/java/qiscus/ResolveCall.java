package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of Qiscus's mark-as-resolved webhook, of which {@code service.room_id} and {@code service.id} count:
 * {@code resolved_by} is who clicked, often an admin, not who served.
 *
 * @param appCode since 2025: of the app that the webhook is about
 */
public record ResolveCall(JsonNode appId, JsonNode appCode, JsonNode service) implements OwnApp.Call {}
