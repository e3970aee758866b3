package assignment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The agents of a room or of a line, as lists showed them.
 *
 * @param all ids of all agents that were listed
 * @param online ids of those who may be assigned now
 */
record Team(Set<String> all, Set<String> online) {

    static Team of(List<Agent> agents) {
        Set<String> all = new LinkedHashSet<>();
        Set<String> online = new LinkedHashSet<>();
        for (Agent agent : agents) {
            all.add(agent.id());
            if (agent.canServe()) {
                online.add(agent.id());
            }
        }
        return new Team(all, online);
    }

    /** The same agents online, among all agents of this team and the earlier one. */
    Team with(Team earlier) {
        if (earlier == null || all.containsAll(earlier.all)) {
            return this;
        }
        Set<String> both = new LinkedHashSet<>(earlier.all);
        both.addAll(all);
        return new Team(both, online);
    }
}
