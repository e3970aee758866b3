package assignment;

/**
 * An agent for a session whose list has just come. Nothing is committed yet.
 *
 * @param expected our count of the agent when they were chosen; if it is higher by now, the choice is void
 * @param freeFor milliseconds that the slot was free while this session waited; null if the session came later
 */
public record Placement(Match match, int expected, Long freeFor) {

    public Session session() {
        return match.candidate().session();
    }

    public Contender agent() {
        return match.agent();
    }
}
