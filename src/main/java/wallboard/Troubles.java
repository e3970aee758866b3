package wallboard;

import assignment.English;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wallboard.Trouble.Severity;

/** Finds what is wrong, and remembers since when. Not thread-safe. */
public class Troubles {
    /** An older failure without a new one tells nothing about the present. */
    private static final Duration LATELY = Duration.ofSeconds(60);

    private static final Duration SLOW = Duration.ofMillis(250);
    private static final int MOST_REFUSED = 1000;
    private static final int SLOW_IN_A_ROW = 3;
    private static final Duration NOT_TAKEN = Duration.ofSeconds(10);

    private Long qiscusFailsSince;
    private long qiscusFailedLast;
    private String qiscusFailure;
    private Long credentialsRefusedSince;
    /** Room to its last refusal; Qiscus serves others meanwhile. */
    private final Map<String, Event> refused = new LinkedHashMap<>();

    private Long redisAwaySince;
    private int slowInARow;
    private Long slowSince;

    /** Learns from the history whether Qiscus serves us. */
    public void heard(Event event) {
        String name = String.valueOf(event.event());
        if (event.room() != null) {
            refused.remove(event.room());
        }
        if (name.equals("assigned")) {
            qiscusFailsSince = null;
        } else if (event.data().path("refused").asBoolean()) {
            if (event.room() != null && refused.size() < MOST_REFUSED) {
                refused.put(event.room(), event);
            }
        } else if (name.equals("set_back") || name.equals("doubted")) {
            String reason = event.data().path("reason").asText("");
            if (Why.of(reason.isEmpty() ? null : reason).kind() == Why.Kind.QISCUS_FAILS) {
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

    /** @param standing as Redis answered last; null if it never did */
    public List<Trouble> at(Standing standing, LastHour.Figures hour) {
        List<Trouble> troubles = new ArrayList<>();
        if (redisAwaySince != null) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.redis_away"), redisAwaySince));
        }
        if (slowInARow >= SLOW_IN_A_ROW) {
            troubles.add(new Trouble(Severity.WARNING, English.say("trouble.redis_slow"), slowSince));
        }
        if (standing != null) {
            ofQiscus(troubles, standing);
            ofTheLine(troubles, standing);
        }
        ofTheHour(troubles, hour);
        return troubles;
    }

    private void ofQiscus(List<Trouble> troubles, Standing standing) {
        if (credentialsRefusedSince != null) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.credentials"), credentialsRefusedSince));
        }
        List<Event> lately = refused.values().stream()
                .filter(event -> standing.now() - event.at() < LATELY.toMillis())
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
        boolean paused = standing.pausedUntil() != null;
        boolean fails = qiscusFailsSince != null && standing.now() - qiscusFailedLast < LATELY.toMillis();
        if (paused || fails) {
            String failure = qiscusFailsSince == null ? English.say("trouble.qiscus_fails") : sentence(qiscusFailure);
            troubles.add(new Trouble(
                    Severity.BAD,
                    paused ? English.say("trouble.nobody_assigned", "failure", failure) : failure + ".",
                    qiscusFailsSince));
        }
    }

    private static void ofTheLine(List<Trouble> troubles, Standing standing) {
        if (standing.queuedSince() != null && standing.now() - standing.queuedSince() > NOT_TAKEN.toMillis()) {
            troubles.add(new Trouble(Severity.BAD, English.say("trouble.not_taken"), standing.queuedSince()));
        }
        int closed = standing.channels().stream()
                .filter(line -> Why.of(line.reason()).kind() == Why.Kind.NOBODY_ONLINE)
                .mapToInt(Standing.Line::waiting)
                .sum();
        if (closed > 0) {
            troubles.add(
                    new Trouble(Severity.WARNING, English.say("trouble.nobody_online", "customers", closed), null));
        }
        int parked = standing.parkedRooms();
        if (parked > 0) {
            troubles.add(new Trouble(Severity.WARNING, English.say("trouble.parked", "customers", parked), null));
        }
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
