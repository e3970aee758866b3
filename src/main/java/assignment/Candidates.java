package assignment;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The first half of the choice: who may serve at all. Qiscus checks nothing of it when it assigns. The second half,
 * who has a customer less than his capacity and the fewest of all, is one step with counting him, so that no two
 * workers choose the same slot: {@code resources/redis/reserve.lua}.
 */
public class Candidates {

    public Team team(List<Agent> listed) {
        Map<Boolean, List<Agent>> byOnline =
                listed.stream().filter(Agent::isAgent).collect(Collectors.partitioningBy(Agent::canServe));
        return new Team(byOnline.get(true), byOnline.get(false));
    }
}
