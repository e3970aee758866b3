package assignment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which session gets which agent. The oldest session comes first. Of the agents who are online for its room and
 * below capacity, it gets the one with the smallest share of their capacity in use; among equals, the one who has
 * waited longest for a customer; then the first by id. Each choice counts for the sessions after it. An agent who
 * already had the session never gets it again, and a paused agent gets no session.
 */
public class Matching {
    /** As fractions: {@code a.customers / a.capacity < b.customers / b.capacity}, without rounding. */
    private static final Comparator<Contender> SMALLEST_SHARE =
            (a, b) -> Long.compare((long) a.customers() * b.capacity(), (long) b.customers() * a.capacity());

    /** The agent to choose comes first. */
    public static final Comparator<Contender> CHOICE =
            SMALLEST_SHARE.thenComparingLong(Contender::lastAssigned).thenComparing(Contender::id);

    /** @return one match per candidate, in the same order; agents who are not among the contenders are ignored */
    public List<Match> fewestCustomersBelowCapacity(Choice choice) {
        Map<String, Contender> before = new HashMap<>();
        choice.contenders().forEach(agent -> before.put(agent.id(), agent));
        Map<String, Contender> now = new HashMap<>(before);
        Map<Set<String>, Match> withoutAgent = new IdentityHashMap<>();
        List<Match> matches = new ArrayList<>();
        for (Candidate candidate : choice.candidates()) {
            // Where an older session found no agent among the same agents, a younger one finds none either.
            Match older = candidate.isForAnyAgent() ? withoutAgent.get(candidate.online()) : null;
            Match match = older == null
                    ? match(candidate, before, now)
                    : new Match(candidate, null, older.why(), older.considered());
            if (match.isPlaced()) {
                now.put(match.agent().id(), match.agent().withOneMore());
            } else if (candidate.isForAnyAgent()) {
                withoutAgent.put(candidate.online(), match);
            }
            matches.add(match);
        }
        return matches;
    }

    private static Match match(Candidate candidate, Map<String, Contender> before, Map<String, Contender> now) {
        List<Contender> online = new ArrayList<>(candidate.online().size());
        for (String id : candidate.online()) {
            Contender agent = now.get(id);
            if (agent != null && !candidate.had().contains(id)) {
                online.add(agent);
            }
        }
        List<Contender> eligible = notAvoided(
                candidate, online.stream().filter(agent -> !agent.isPaused()).toList());
        // This runs for hundreds of agents per session per round: a stream would take three times as long.
        Contender chosen = null;
        int belowCapacity = 0;
        int asBusy = 0;
        for (Contender agent : eligible) {
            if (agent.isBelowCapacity()) {
                belowCapacity++;
                int share = chosen == null ? -1 : SMALLEST_SHARE.compare(agent, chosen);
                asBusy = share < 0 ? 1 : share == 0 ? asBusy + 1 : asBusy;
                chosen = share < 0 || share == 0 && CHOICE.compare(agent, chosen) < 0 ? agent : chosen;
            }
        }
        return new Match(
                candidate,
                chosen,
                chosen == null ? whyNone(candidate, online, eligible, before) : why(belowCapacity, asBusy),
                online);
    }

    private static List<Contender> notAvoided(Candidate candidate, List<Contender> online) {
        if (candidate.avoided().isEmpty()) {
            return online;
        }
        List<Contender> others = online.stream()
                .filter(agent -> !candidate.avoided().contains(agent.id()))
                .toList();
        return others.isEmpty() ? online : others;
    }

    private static Match.Why why(int belowCapacity, int asBusy) {
        return belowCapacity == 1
                ? Match.Why.ONLY_ONE_FREE
                : asBusy == 1 ? Match.Why.FEWEST_CUSTOMERS : Match.Why.WAITED_LONGEST;
    }

    private static Match.Why whyNone(
            Candidate candidate, List<Contender> online, List<Contender> eligible, Map<String, Contender> before) {
        if (eligible.isEmpty()) {
            return !online.isEmpty()
                    ? Match.Why.ALL_PAUSED
                    : candidate.had().stream().anyMatch(before::containsKey)
                            ? Match.Why.ALL_HAD_IT
                            : Match.Why.NO_AGENT_ONLINE;
        }
        if (eligible.stream().anyMatch(agent -> before.get(agent.id()).isBelowCapacity())) {
            return Match.Why.OLDER_FIRST;
        }
        return online.stream().anyMatch(Contender::isPaused) ? Match.Why.ALL_FULL_OR_PAUSED : Match.Why.ALL_FULL;
    }
}
