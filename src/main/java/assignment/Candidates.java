package assignment;

import java.util.List;

/**
 * The first half of the choice: who may serve at all. Qiscus checks nothing of it when it assigns. The second half,
 * who has a customer less than his capacity and the fewest of all, is one step with counting him, so that no two
 * workers choose the same slot: {@code resources/redis/reserve.lua}.
 */
public class Candidates {

    public List<Agent> online(List<Agent> listed) {
        return listed.stream().filter(Agent::canServe).toList();
    }
}
