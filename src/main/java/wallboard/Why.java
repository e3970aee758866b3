package wallboard;

/**
 * Why a customer has no agent yet.
 *
 * @param kind for a sign, a colour, a filter
 * @param words for people
 */
public record Why(Kind kind, String words) {

    public enum Kind {
        JUST_CAME,
        NOBODY_ONLINE,
        EVERYBODY_FULL,
        OLDER_FIRST,
        QISCUS_FAILS,
        BEING_PLACED
    }

    /** @param line the channel in which they wait; null if nobody else waits there */
    static Why of(Standing.Waiting waiting, Standing.Line line) {
        return switch (waiting.state()) {
            case "queued" -> new Why(Kind.JUST_CAME, "Wrote just now");
            case "chosen" -> new Why(Kind.BEING_PLACED, "Is being given to " + name(waiting.agentName()));
            case "doubted" ->
                new Why(Kind.QISCUS_FAILS, "Qiscus did not say whether " + name(waiting.agentName()) + " has them");
            default -> inLine(waiting, line);
        };
    }

    /** Only the first of a channel is tried. The others wait for the same reason, unless they have their own. */
    private static Why inLine(Standing.Waiting waiting, Standing.Line line) {
        if (waiting.restsUntil() != null || waiting.first() || line == null) {
            return of(waiting.reason());
        }
        Why firsts = of(line.reason());
        return firsts.kind() == Kind.JUST_CAME || firsts.kind() == Kind.OLDER_FIRST
                ? new Why(Kind.OLDER_FIRST, "Older customers come first")
                : firsts;
    }

    /** @param reason from the session: why no agent was reserved, or how Qiscus failed; null before the first try */
    static Why of(String reason) {
        if (reason == null) {
            return new Why(Kind.JUST_CAME, "Not tried yet");
        }
        return switch (reason) {
            case "no agent is online" -> new Why(Kind.NOBODY_ONLINE, "Nobody is online");
            case "every agent is full" -> new Why(Kind.EVERYBODY_FULL, "Everybody is full");
            case "every agent is full or paused" -> new Why(Kind.EVERYBODY_FULL, "Everybody is full or paused");
            case "every agent is paused" -> new Why(Kind.EVERYBODY_FULL, "Everybody is paused");
            case "older sessions come first" -> new Why(Kind.OLDER_FIRST, "Older customers come first");
            default -> new Why(Kind.QISCUS_FAILS, reason.substring(0, 1).toUpperCase() + reason.substring(1));
        };
    }

    private static String name(String agent) {
        return agent == null ? "an agent" : agent;
    }
}
