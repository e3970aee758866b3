package wallboard;

import assignment.English;
import assignment.Match;
import java.util.Map;

/**
 * Why a customer has no agent yet: the cause that holds up the line, not what the program does at this instant.
 *
 * @param kind for a symbol, a colour, a filter
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

    static final Why NEXT = new Why(Kind.NEXT, English.say("why.next"));

    private static final Why EVERYBODY_FULL = new Why(Kind.EVERYBODY_FULL, English.say("why.everybody_full"));

    /** By the reason of the decision. */
    private static final Map<String, Why> OF_A_DECISION = Map.of(
            Match.Why.NO_AGENT_ONLINE.toString(), new Why(Kind.NOBODY_ONLINE, English.say("why.nobody_online")),
            Match.Why.ALL_FULL.toString(), EVERYBODY_FULL,
            Match.Why.ALL_FULL_OR_PAUSED.toString(),
                    new Why(Kind.EVERYBODY_FULL, English.say("why.everybody_full_or_paused")),
            Match.Why.ALL_PAUSED.toString(), new Why(Kind.EVERYBODY_PAUSED, English.say("why.everybody_paused")),
            Match.Why.ALL_HAD_IT.toString(), new Why(Kind.EVERYBODY_TRIED, English.say("why.everybody_tried")),
            // The free slots went to older sessions.
            Match.Why.OLDER_FIRST.toString(), EVERYBODY_FULL);

    /** @param ofTheLine what holds up the channel in which they wait */
    static Why of(BoardSnapshot.Waiting waiting, Why ofTheLine) {
        return switch (waiting.state()) {
            case "chosen" -> NEXT;
            case "doubted" ->
                new Why(Kind.QISCUS_FAILS, English.say("why.unclear", "agent", name(waiting.agentName())));
            default ->
                waiting.hasOwnReason()
                        ? of(waiting.reason())
                        : ofTheLine.equals(NEXT) && !waiting.first()
                                ? new Why(Kind.OLDER_FIRST, English.say("why.older_first"))
                                : ofTheLine;
        };
    }

    /** @param reason from the session: why no agent was reserved, or how Qiscus failed */
    static Why of(String reason) {
        return OF_A_DECISION.getOrDefault(
                reason, new Why(Kind.QISCUS_FAILS, reason.substring(0, 1).toUpperCase() + reason.substring(1)));
    }

    private static String name(String agent) {
        return agent == null ? English.say("name.an_agent") : agent;
    }
}
