package qiscus;

/**
 * A webhook as Qiscus has it, or as it should be.
 *
 * @param kind as the path of its registration names it
 * @param url null if Qiscus has none
 */
public record Webhook(String kind, String url, boolean enabled) {
    /** Called for every message of a customer who has no agent. */
    public static final String ALLOCATION = "agent_allocation";
    /** Called when a chat is resolved. */
    public static final String RESOLVED = "mark_as_resolved";

    /** The JSON to register it. */
    public record Registration(String webhookUrl, boolean isWebhookEnabled) {}

    public Registration registration() {
        return new Registration(url, enabled);
    }
}
