package assignment;

import java.math.BigDecimal;

/**
 * What the webhook stores for an accepted call, as JSON in the Redis list {@code new_session_queue}. It has few fields,
 * because the body that Qiscus sends contains agent tokens and personal data.
 *
 * @param receivedAt epoch milliseconds with three decimals
 * @param previousService id of the room's previous service; null if it has none, and {@link #UNKNOWN_SERVICE} if Qiscus does
 *     not say
 */
public record NewSession(
        String roomId,
        String channel,
        String source,
        String name,
        Boolean isNewSession,
        String previousService,
        BigDecimal receivedAt) {
    /** The room list names no service. */
    public static final String UNKNOWN_SERVICE = "unknown";

    @Override
    public String toString() {
        return DisplayNames.customer(name, roomId);
    }
}
