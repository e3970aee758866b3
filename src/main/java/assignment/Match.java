package assignment;

import java.util.List;
import java.util.Locale;

/**
 * The decision about one session.
 *
 * @param agent who is chosen, as they were before they got this customer; null: the session keeps its place
 * @param why why this agent, or why none
 * @param considered the agents online for this room, as they were then
 */
public record Match(Candidate candidate, Contender agent, Why why, List<Contender> considered) {

    public enum Why {
        ONLY_ONE_FREE,
        FEWEST_CUSTOMERS,
        WAITED_LONGEST,
        NO_AGENT_ONLINE,
        ALL_FULL,
        ALL_FULL_OR_PAUSED,
        ALL_PAUSED,
        ALL_HAD_IT,
        OLDER_FIRST,
        BY_HAND;

        @Override
        public String toString() {
            return English.say("reason." + name().toLowerCase(Locale.ROOT));
        }
    }

    public boolean isPlaced() {
        return agent != null;
    }
}
