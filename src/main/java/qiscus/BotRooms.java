package qiscus;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether to leave rooms that the bot handles to the bot until a webhook comes. We do so if BOT_ROOMS is {@code wait}
 * and the app's bot is on: while it is off, the mark of a single room means nothing. While we do not know whether the
 * bot is on, we serve every room.
 */
public class BotRooms {
    private static final Duration LOGIN_EVERY = Duration.ofHours(1);

    private final boolean wait;
    private final boolean hasLogin;
    private final Clock steady;
    private Boolean enabled;
    private Instant loggedInAt = Instant.MIN;
    private String said;

    /**
     * @param wait whether BOT_ROOMS says so
     * @param hasLogin an admin's login is set
     */
    public BotRooms(boolean wait, boolean hasLogin, Clock steady) {
        this.wait = wait;
        this.hasLogin = hasLogin;
        this.steady = steady;
    }

    /** Whether to ask Qiscus about the bot. */
    public boolean isOfInterest() {
        return wait;
    }

    public boolean isLeftAlone() {
        return wait && Boolean.TRUE.equals(enabled);
    }

    /** @return true if this answer does not say whether the bot is on, and it is time for a login, whose answer does */
    public boolean needsLogin(JsonNode profile) {
        boolean due = !learn(profile) && hasLogin && !steady.instant().isBefore(loggedInAt.plus(LOGIN_EVERY));
        loggedInAt = due ? steady.instant() : loggedInAt;
        return due;
    }

    /** @return whether the answer, of a login or of the profile, says whether the bot is on */
    public boolean learn(JsonNode answer) {
        Boolean told = answer == null
                ? null
                : Stream.of("/data/user/app", "/data/app", "/data/details/app", "/data/user", "/data")
                        .map(place -> flag(answer.at(place).path("is_bot_enabled")))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        enabled = told == null ? enabled : told;
        return told != null;
    }

    private static Boolean flag(JsonNode node) {
        return switch (node.asText("")) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** The new state in words if it changed, else null. */
    public String ifChanged() {
        String now = enabled == null
                ? "BOT_ROOMS=wait has no effect yet: Qiscus does not tell whether the app's bot is on"
                        + (hasLogin ? "" : ", QISCUS_EMAIL and QISCUS_PASSWORD may help")
                : enabled
                        ? "The app's bot is on: rooms that it handles are taken from webhooks only"
                        : "The app's bot is off: rooms that it handles are served as all others";
        boolean changed = !now.equals(said);
        said = now;
        return changed ? now : null;
    }
}
