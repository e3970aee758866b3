package assignment;

import java.util.List;
import java.util.Set;

/**
 * A waiting session in a decision.
 *
 * @param online ids of the agents who may serve this room, as far as we know
 * @param isListed whether Qiscus listed them for this room just now; if not, they are only a prediction from earlier
 *     lists
 * @param avoided ids of the agents that Qiscus recently refused for this room; they are chosen only if there are no
 *     others
 */
public record Candidate(Session session, Set<String> online, boolean isListed, Set<String> avoided) {

    /** Ids of the agents who had the session before. They never get it again. */
    List<String> had() {
        return session.had();
    }

    boolean isForAnyAgent() {
        return avoided.isEmpty() && had().isEmpty();
    }
}
