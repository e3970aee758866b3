package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of Qiscus's mark-as-resolved webhook. We use {@code service.room_id} and {@code service.id} only: {@code
 * resolved_by} is the person who clicked, often an admin and not the agent.
 *
 * @param appCode since 2025: of the app that the webhook is about
 */
public record ResolveCall(JsonNode appId, JsonNode appCode, JsonNode service) implements OwnApp.Call {}
