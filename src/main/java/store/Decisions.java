package store;

import assignment.Contender;
import assignment.Match;
import assignment.Matching;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A decision in the form of the history. */
final class Decisions {
    /** The history names this many agents at most. */
    private static final int MOST_TOLD = 20;

    private Decisions() {}

    static Map<String, Object> chosen(Match match) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("agent_id", match.agent().id());
        told.put("agent_name", match.agent().name());
        told.put("load", match.agent().customers());
        told.put("certain", match.agent().certain());
        told.put("capacity", match.agent().capacity());
        told.put("why", match.why().toString());
        told.putAll(considered(match));
        return told;
    }

    static Map<String, Object> waits(Match match) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("room_id", match.candidate().session().roomId());
        told.put("reason", match.why().toString());
        told.putAll(considered(match));
        return told;
    }

    /**
     * Each agent as id, name, customers counted with, capacity, how many of those customers are certain, and whether
     * they are paused. Of too many agents, those with the smallest share of their capacity in use are named.
     */
    private static Map<String, Object> considered(Match match) {
        List<Contender> all = match.considered();
        Stream<Contender> some =
                all.size() > MOST_TOLD ? all.stream().sorted(Matching.CHOICE).limit(MOST_TOLD) : all.stream();
        List<List<Object>> agents = some.map(Decisions::described).toList();
        return agents.isEmpty() ? Map.of("online", 0) : Map.of("online", all.size(), "agents", agents);
    }

    private static List<Object> described(Contender agent) {
        return agent.isPaused()
                ? List.of(agent.id(), agent.name(), agent.customers(), agent.capacity(), agent.certain(), "paused")
                : List.of(agent.id(), agent.name(), agent.customers(), agent.capacity(), agent.certain());
    }
}
