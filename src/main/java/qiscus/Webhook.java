package qiscus;

/**
 * A webhook as Qiscus holds it, or as it should.
 *
 * @param kind as the path of its registration names it
 * @param url null if Qiscus has none
 */
public record Webhook(String kind, String url, boolean enabled) {
    /** For every message of a customer who has no agent. */
    public static final String ALLOCATION = "agent_allocation";
    /** When a chat is resolved. */
    public static final String RESOLVED = "mark_as_resolved";

    /** The JSON that registers it. */
    public record Registration(String webhookUrl, boolean isWebhookEnabled) {}

    public Registration registration() {
        return new Registration(url, enabled);
    }
}
