package faults;

import com.fasterxml.jackson.databind.JsonNode;
import faults.Ledger.Episode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what went wrong, from the ledger alone. Each list has one line per violation. */
class Checker {
    private final Ledger ledger;
    private final Map<String, Set<String>> agentsOfChannel;
    private final int capacity;

    Checker(Ledger ledger, Map<String, Set<String>> agentsOfChannel, int capacity) {
        this.ledger = ledger;
        this.agentsOfChannel = agentsOfChannel;
        this.capacity = capacity;
    }

    /** @param parked what GET /parked shows */
    Map<String, List<String>> violations(JsonNode parked) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        found.put("lost", lost(parked));
        found.put("duplicated", duplicated());
        found.put("over capacity", texts(ledger.overfull()));
        found.put("offline", ledger.offline());
        found.put("out of order", outOfOrder());
        return found;
    }

    static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    /**
     * Every session counts, even one without a webhook: it waits in Qiscus, so the sweep must find it. A session is not
     * lost if it has an agent, is resolved, or is visibly parked.
     */
    private List<String> lost(JsonNode parked) {
        return ledger.waiting().stream()
                .filter(episode -> !parked.path("data").has(episode.roomId))
                .map(episode -> (episode.acceptedAt > 0 ? "accepted: " : "never accepted: ") + episode)
                .toList();
    }

    /**
     * Qiscus refuses a second agent only because max_agent=1 asks for it; a call without it is found here. A session
     * that was taken from an agent goes to another one, and never to one who had it, unless the supervisor wanted it.
     */
    private List<String> duplicated() {
        return texts(ledger.episodes().stream()
                .filter(episode -> episode.givenTo.size() > 1 + episode.moves
                        || !ledger.wasHandled(episode.roomId)
                                && Set.copyOf(episode.givenTo).size() < episode.givenTo.size())
                .toList());
    }

    /**
     * X comes before Y if X's webhook was answered 2xx before Y's was sent: only then an order was promised. Both must
     * have come in the same calm phase (no process, Redis or Qiscus failed, no agent went offline, and each webhook was
     * delivered once). Both must have been assigned by us, and Y to an agent who serves X's channel too.
     *
     * <p>Y overtook X if Y was assigned before Qiscus was even asked for X, and all of X's agents were full at some
     * moment in between, by our own assignments in effect less the resolves that we had been sent. Then X got a slot
     * that came free only after Y had taken theirs. It does not count if Y's call merely arrived first while X had a
     * free slot all the time: then both were decided in order and travelled side by side. A slot counts from the moment
     * when Qiscus acted, a few milliseconds after it was reserved, so an overtaking within that time is not noticed.
     */
    private List<String> outOfOrder() {
        List<Episode> measured = measured();
        List<String> violations = new ArrayList<>();
        for (Episode y : measured) {
            measured.stream()
                    .filter(x -> x.calm == y.calm
                            && agentsOfChannel.get(x.channel).contains(y.agent)
                            && x.acceptedAt < y.sentAt
                            && y.assignedAt < x.assignCalledAt
                            && wereFull(agentsOfChannel.get(x.channel), y.assignedAt, x.assignCalledAt))
                    .findFirst()
                    .ifPresent(x -> violations.add(y + " overtook " + x));
        }
        return violations;
    }

    List<Episode> measured() {
        return ledger.episodes().stream()
                .filter(episode -> episode.calm > 0
                        && episode.givenByUs()
                        && episode.moves == 0
                        && episode.acceptedAt > 0
                        && episode.calls == 1)
                .sorted(Comparator.comparingLong(episode -> episode.sentAt))
                .toList();
    }

    private boolean wereFull(Set<String> agents, long from, long to) {
        List<Episode> theirs = ledger.episodes().stream()
                // A session that was taken from its agent, and resolved before it got another one, has none.
                .filter(episode -> episode.givenByUs()
                        && episode.agent != null
                        && agents.contains(episode.agent)
                        && episode.assignedAt < to
                        && isHeld(episode, from))
                .toList();
        // Slots are taken only at these moments, and at the first one.
        return theirs.stream()
                .mapToLong(episode -> Math.max(from, episode.assignedAt))
                .anyMatch(at -> theirs.stream()
                                .filter(episode -> episode.assignedAt <= at && isHeld(episode, at))
                                .count()
                        >= (long) capacity * agents.size());
    }

    /** During faults, a resolve without a webhook frees the slot when it happened; otherwise it never would. */
    private static boolean isHeld(Episode episode, long at) {
        long freed = episode.resolveSentAt != 0 ? episode.resolveSentAt : episode.resolvedAt;
        return freed == 0 || freed > at;
    }

    /** Our counts against the truth, per agent. External customers are in neither. */
    List<String> countDrift(Map<String, String> counts) {
        List<String> drift = new ArrayList<>();
        for (String agent : ledger.agents()) {
            int ours = Integer.parseInt(counts.getOrDefault(agent, "0"));
            int truth = ledger.customersByUsOf(agent);
            if (ours != truth) {
                drift.add("agent " + agent + " has " + truth + " of ours " + ledger.roomsByUsOf(agent) + ", counted "
                        + ours);
            }
        }
        return drift;
    }
}
