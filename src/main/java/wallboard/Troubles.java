package wallboard;

import assignment.English;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wallboard.Trouble.Severity;

/** Finds what is wrong, and remembers since when. Not thread-safe. */
public class Troubles {
    /** A failure that is older, without a new one, says nothing about the present. */
    private static final Duration LATELY = Duration.ofSeconds(60);

    private static final Duration SLOW = Duration.ofMillis(250);
    private static final int MOST_REFUSED = 1000;
    private static final int SLOW_IN_A_ROW = 3;
    private static final Duration NOT_TAKEN = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofSeconds(30);

    private Long qiscusFailsSince;
    private long qiscusFailedLast;
    private String qiscusFailure;
    private Long credentialsRefusedSince;
    /** Room to its last refusal, while Qiscus serves others. */
    private final Map<String, Event> refused = new LinkedHashMap<>();

    private Long fullSince;
    /** Agents with a free slot, and since when they have been seen with one. */
    private final Map<String, Long> freeSince = new HashMap<>();

    private Long redisAwaySince;
    private int slowInARow;
    private Long slowSince;

    /** Learns from the history whether Qiscus serves us. */
    public void add(Event event) {
        String name = String.valueOf(event.event());
        if (event.room() != null) {
            refused.remove(event.room());
        }
        if (name.equals("assigned") || name.equals("moved")) {
            qiscusFailsSince = null;
        } else if (event.data().path("refused").asBoolean()) {
            if (event.room() != null && refused.size() < MOST_REFUSED) {
                refused.put(event.room(), event);
            }
        } else if (name.equals("set_back") || name.equals("doubted")) {
            String reason = event.data().path("reason").asText("");
            if (!reason.isEmpty() && Why.of(reason).kind() == Why.Kind.QISCUS_FAILS) {
                boolean first = qiscusFailsSince == null || event.at() - qiscusFailedLast > LATELY.toMillis();
                qiscusFailsSince = first ? Long.valueOf(event.at()) : qiscusFailsSince;
                qiscusFailedLast = event.at();
                qiscusFailure = reason;
            }
        }
    }

    /** @param since null if Qiscus does not refuse them */
    public void credentialsRefused(Long since) {
        credentialsRefusedSince = since;
    }

    public void redisAnswered(long now, Duration after) {
        redisAwaySince = null;
        slowInARow = after.compareTo(SLOW) > 0 ? slowInARow + 1 : 0;
        slowSince = slowInARow == 0 ? null : slowSince == null ? Long.valueOf(now) : slowSince;
    }

    public void redisFailed(long now) {
        redisAwaySince = redisAwaySince == null ? Long.valueOf(now) : redisAwaySince;
    }

    /** @param snapshot the last answer of Redis; null if there was none @param reasons channel to what holds it up */
    public List<Trouble> at(BoardSnapshot snapshot, Map<String, Why> reasons, LastHour.Figures hour) {
        List<Trouble> troubles = new ArrayList<>();
        if (redisAwaySince != null) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.redis_away"), redisAwaySince));
        }
        if (slowInARow >= SLOW_IN_A_ROW) {
            troubles.add(new Trouble(Severity.WARNING, English.say("trouble.redis_slow"), slowSince));
        }
        if (snapshot != null) {
            ofQiscus(troubles, snapshot);
            ofTheLine(troubles, snapshot, reasons);
        }
        ofTheHour(troubles, hour);
        return troubles;
    }

    private void ofQiscus(List<Trouble> troubles, BoardSnapshot snapshot) {
        if (credentialsRefusedSince != null) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.credentials"), credentialsRefusedSince));
        }
        List<Event> lately = refused.values().stream()
                .filter(event -> snapshot.now() - event.at() < LATELY.toMillis())
                .toList();
        if (!lately.isEmpty()) {
            troubles.add(new Trouble(
                    Severity.WARNING,
                    English.say(
                            "trouble.rooms_refused",
                            "rooms",
                            lately.size(),
                            "reason",
                            lately.get(lately.size() - 1).data().path("reason").asText("")),
                    null));
        }
        boolean paused = snapshot.pausedUntil() != null;
        boolean fails = qiscusFailsSince != null && snapshot.now() - qiscusFailedLast < LATELY.toMillis();
        if (paused || fails) {
            String failure = qiscusFailsSince == null ? English.say("trouble.qiscus_fails") : sentence(qiscusFailure);
            troubles.add(new Trouble(
                    Severity.BAD,
                    paused ? English.say("trouble.nobody_assigned", "failure", failure) : failure + ".",
                    qiscusFailsSince));
        }
    }

    private void ofTheLine(List<Trouble> troubles, BoardSnapshot snapshot, Map<String, Why> reasons) {
        if (snapshot.queuedSince() != null && snapshot.now() - snapshot.queuedSince() > NOT_TAKEN.toMillis()) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.not_taken"), snapshot.queuedSince()));
        }
        int closed = waiting(snapshot, reasons, Why.Kind.NOBODY_ONLINE);
        if (closed > 0) {
            troubles.add(
                    new Trouble(Severity.WARNING, English.say("trouble.nobody_online", "customers", closed), null));
        }
        int paused = waiting(snapshot, reasons, Why.Kind.EVERYBODY_PAUSED);
        if (paused > 0) {
            troubles.add(
                    new Trouble(Severity.WARNING, English.say("trouble.everybody_paused", "customers", paused), null));
        }
        ofTheTeam(troubles, snapshot, waiting(snapshot, reasons, Why.Kind.EVERYBODY_FULL));
        int parked = snapshot.parkedRooms();
        if (parked > 0) {
            troubles.add(new Trouble(Severity.WARNING, English.say("trouble.parked", "customers", parked), null));
        }
    }

    private static int waiting(BoardSnapshot snapshot, Map<String, Why> reasons, Why.Kind kind) {
        return snapshot.channels().stream()
                .filter(line -> reasons.getOrDefault(line.channel(), Why.NEXT).kind() == kind)
                .mapToInt(BoardSnapshot.Line::waiting)
                .sum();
    }

    /**
     * A slot that comes free is soon taken while customers wait. An agent with a slot for longer does not serve those
     * channels.
     */
    private void ofTheTeam(List<Trouble> troubles, BoardSnapshot snapshot, int waiting) {
        List<BoardSnapshot.Seen> agents = snapshot.agents().stream()
                .filter(BoardSnapshot.Seen::isAvailable)
                .toList();
        List<String> free = agents.stream()
                .filter(agent -> agent.freeSlots() > 0)
                .map(BoardSnapshot.Seen::id)
                .toList();
        freeSince.keySet().retainAll(free);
        free.forEach(agent -> freeSince.putIfAbsent(agent, snapshot.now()));
        int freeSlots = agents.stream().mapToInt(BoardSnapshot.Seen::freeSlots).sum();
        if (agents.isEmpty() || waiting == 0) {
            fullSince = null;
            return;
        }
        fullSince = fullSince == null ? Long.valueOf(snapshot.now()) : fullSince;
        boolean isEverybody = freeSlots < waiting
                && freeSince.values().stream().allMatch(since -> snapshot.now() - since < SOON.toMillis());
        troubles.add(new Trouble(
                snapshot.late() > 0 ? Severity.BAD : Severity.WARNING,
                isEverybody
                        ? everybodyFull(waiting, agents.size())
                        : English.say("trouble.line_full", "customers", waiting),
                fullSince));
    }

    private static String everybodyFull(int waiting, int agents) {
        return agents == 1
                ? English.say("trouble.one_full", "customers", waiting)
                : English.say("trouble.everybody_full", "customers", waiting, "agents", agents);
    }

    private static void ofTheHour(List<Trouble> troubles, LastHour.Figures hour) {
        if (hour.corrections() > 0) {
            troubles.add(
                    new Trouble(Severity.NOTE, English.say("trouble.corrected", "times", hour.corrections()), null));
        }
        if (hour.stale() > 0) {
            troubles.add(new Trouble(Severity.NOTE, English.say("trouble.stale", "slots", hour.stale()), null));
        }
    }

    private static String sentence(String words) {
        return words.isEmpty()
                ? English.say("trouble.qiscus_fails")
                : words.substring(0, 1).toUpperCase() + words.substring(1);
    }
}
