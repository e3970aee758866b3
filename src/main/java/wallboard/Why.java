package wallboard;

import assignment.English;
import assignment.Match;
import java.util.Map;

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

    private static final Why OLDER_FIRST = new Why(Kind.OLDER_FIRST, English.say("why.older_first"));

    /** By the reason that the decision gave. */
    private static final Map<String, Why> OF_A_DECISION = Map.of(
            Match.Why.NO_AGENT_ONLINE.toString(), new Why(Kind.NOBODY_ONLINE, English.say("why.nobody_online")),
            Match.Why.ALL_FULL.toString(), new Why(Kind.EVERYBODY_FULL, English.say("why.everybody_full")),
            Match.Why.ALL_FULL_OR_PAUSED.toString(),
                    new Why(Kind.EVERYBODY_FULL, English.say("why.everybody_full_or_paused")),
            Match.Why.ALL_PAUSED.toString(), new Why(Kind.EVERYBODY_FULL, English.say("why.everybody_paused")),
            Match.Why.OLDER_FIRST.toString(), OLDER_FIRST);

    /** @param line the channel in which they wait; null if nobody else waits there */
    static Why of(Standing.Waiting waiting, Standing.Line line) {
        return switch (waiting.state()) {
            case "queued" -> new Why(Kind.JUST_CAME, English.say("why.wrote_just_now"));
            case "chosen" ->
                new Why(Kind.BEING_PLACED, English.say("why.being_given", "agent", name(waiting.agentName())));
            case "doubted" ->
                new Why(Kind.QISCUS_FAILS, English.say("why.unclear", "agent", name(waiting.agentName())));
            default -> inLine(waiting, line);
        };
    }

    /** Only the first of a channel is tried. The others wait for the same reason, unless they have their own. */
    private static Why inLine(Standing.Waiting waiting, Standing.Line line) {
        if (waiting.restsUntil() != null || waiting.first() || line == null) {
            return of(waiting.reason());
        }
        Why firsts = of(line.reason());
        return firsts.kind() == Kind.JUST_CAME || firsts.kind() == Kind.OLDER_FIRST ? OLDER_FIRST : firsts;
    }

    /** @param reason from the session: why no agent was reserved, or how Qiscus failed; null before the first try */
    static Why of(String reason) {
        if (reason == null) {
            return new Why(Kind.JUST_CAME, English.say("why.not_tried"));
        }
        return OF_A_DECISION.getOrDefault(
                reason, new Why(Kind.QISCUS_FAILS, reason.substring(0, 1).toUpperCase() + reason.substring(1)));
    }

    private static String name(String agent) {
        return agent == null ? English.say("name.an_agent") : agent;
    }
}
