package wallboard;

/**
 * Why a customer has no agent yet: what holds the line, not what the program does at this instant.
 *
 * @param kind for a sign, a colour, a filter
 * @param words for people
 */
public record Why(Kind kind, String words) {

    public enum Kind {
        NOBODY_ONLINE,
        EVERYBODY_PAUSED,
        EVERYBODY_FULL,
        EVERYBODY_TRIED,
        OLDER_FIRST,
        QISCUS_FAILS,
        /** Nothing holds this customer. */
        NEXT
    }

    static final Why NEXT = new Why(Kind.NEXT, "Next in line");

    /** @param holds what holds the channel in which they wait */
    static Why of(Standing.Waiting waiting, Why holds) {
        return switch (waiting.state()) {
            case "chosen" -> NEXT;
            case "doubted" ->
                new Why(Kind.QISCUS_FAILS, "Qiscus did not say whether " + name(waiting.agentName()) + " has them");
            default ->
                waiting.hasOwnReason()
                        ? of(waiting.reason())
                        : holds.equals(NEXT) && !waiting.first()
                                ? new Why(Kind.OLDER_FIRST, "Older customers come first")
                                : holds;
        };
    }

    /** @param reason from the session: why no agent was reserved, or how Qiscus failed */
    static Why of(String reason) {
        return switch (reason) {
            case "no agent is online" -> new Why(Kind.NOBODY_ONLINE, "Nobody is online");
            // What was free went to older sessions.
            case "every agent is full", "older sessions come first" ->
                new Why(Kind.EVERYBODY_FULL, "Everybody is full");
            case "every agent is full or paused" -> new Why(Kind.EVERYBODY_FULL, "Everybody is full or paused");
            case "every agent is paused" -> new Why(Kind.EVERYBODY_PAUSED, "Everybody is paused");
            case "nobody is online who did not have it before" ->
                new Why(Kind.EVERYBODY_TRIED, "Everybody online had this chat before");
            default -> new Why(Kind.QISCUS_FAILS, reason.substring(0, 1).toUpperCase() + reason.substring(1));
        };
    }

    private static String name(String agent) {
        return agent == null ? "an agent" : agent;
    }
}
