package wallboard;

import assignment.English;
import assignment.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds what holds up each line. The first session of a line has no reason before its first try, and it changes with
 * each assignment. Then the state of the agents tells, or the last reason that the history has for the line. Not
 * thread-safe.
 */
class LineReasons {
    private static final int MOST_CHANNELS = 1000;

    /** The free slots went to older sessions: now all agents are full. */
    private static final String OLDER_FIRST = Match.Why.OLDER_FIRST.toString();

    private record Said(long at, String reason) {}

    /** Channel to the last reason of its first session. */
    private final Map<String, Said> said = new HashMap<>();

    void add(Event event) {
        String channel = event.data().path("channel").asText("");
        String reason = event.data().path("reason").asText("");
        boolean isOfTheLine = "waits".equals(event.event())
                && !reason.isEmpty()
                && !reason.equals(OLDER_FIRST)
                && Why.of(reason).kind() != Why.Kind.EVERYBODY_TRIED;
        if (isOfTheLine && (said.containsKey(channel) || said.size() < MOST_CHANNELS)) {
            said.put(channel, new Said(event.at(), reason));
        }
    }

    /** What holds up the channel; if no customer waits there, what would. */
    Why of(String channel, BoardSnapshot snapshot) {
        BoardSnapshot.Line line = snapshot.channels().stream()
                .filter(each -> each.channel().equals(channel))
                .findFirst()
                .orElse(null);
        String reason = reason(channel, line, snapshot);
        if (reason == null || reason.equals(OLDER_FIRST)) {
            String agents = agents(snapshot);
            String before = line == null ? null : saidSince(line.firstAsked(), channel);
            // The last reason of this line is more specific, unless the agents show something else by now.
            reason = Stream.of(agents == null || isAlike(agents, before) ? before : agents, agents, reason)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        Why why = reason == null ? Why.NEXT : Why.of(reason);
        boolean elsewhere = why.kind() == Why.Kind.NOBODY_ONLINE
                && snapshot.agents().stream().anyMatch(BoardSnapshot.Seen::isAvailable);
        return elsewhere ? new Why(why.kind(), English.say("why.nobody_of_channel")) : why;
    }

    private static boolean isAlike(String reason, String other) {
        return other != null && Why.of(reason).kind() == Why.of(other).kind();
    }

    /** The oldest reason that concerns more than a single session. */
    private static String reason(String channel, BoardSnapshot.Line line, BoardSnapshot snapshot) {
        List<BoardSnapshot.Waiting> inLine = snapshot.sessions().stream()
                .filter(session -> session.state().equals("waiting") && channel.equals(session.channel()))
                .toList();
        if (line != null && (inLine.isEmpty() || snapshot.pausedUntil() != null)) {
            return line.reason();
        }
        return inLine.stream()
                .filter(session -> !session.hasOwnReason() && session.move() == null)
                .map(BoardSnapshot.Waiting::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** A reason that applies to every channel. */
    private static String agents(BoardSnapshot snapshot) {
        List<BoardSnapshot.Seen> online = snapshot.agents().stream()
                .filter(agent -> Boolean.TRUE.equals(agent.online()))
                .toList();
        List<BoardSnapshot.Seen> available =
                online.stream().filter(BoardSnapshot.Seen::isAvailable).toList();
        boolean isKnown = snapshot.agents().stream().anyMatch(agent -> agent.online() != null);
        return !isKnown
                ? null
                : online.isEmpty()
                        ? Match.Why.NO_AGENT_ONLINE.toString()
                        : available.isEmpty()
                                ? Match.Why.ALL_PAUSED.toString()
                                : available.stream().anyMatch(agent -> agent.freeSlots() > 0)
                                        ? null
                                        : available.size() == online.size()
                                                ? Match.Why.ALL_FULL.toString()
                                                : Match.Why.ALL_FULL_OR_PAUSED.toString();
    }

    private String saidSince(long time, String channel) {
        Said last = said.get(channel);
        return last != null && last.at() >= time ? last.reason() : null;
    }
}
