package qiscus;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of Qiscus's custom-agent-allocation webhook. We read a few of its thirty fields, as raw JSON, because Qiscus
 * has changed their types over the years. {@code is_resolved} is left out on purpose, because it is about the previous
 * service. Source: the payloads of 2019 to 2025 in {@code src/test/resources/webhooks}.
 *
 * @param appId of the app that the webhook is about
 * @param appCode the same, since 2025
 * @param roomId number or string
 * @param channel since 2025 {@code {"id":..,"name":..,"source":..}}
 * @param latestService the room's previous service, an object, or null
 */
public record NewSessionCall(
        JsonNode appId,
        JsonNode appCode,
        JsonNode roomId,
        JsonNode isNewSession,
        JsonNode source,
        JsonNode name,
        JsonNode channel,
        JsonNode latestService)
        implements OwnApp.Call {}
