package assignment;

import java.util.List;

/**
 * What a decision says of one session.
 *
 * @param agent who is chosen, as they stood before this customer; null: the session stays at its place
 * @param why why this agent, or why none
 * @param considered the agents online for this room, as they stood
 */
public record Match(Candidate candidate, Contender agent, Why why, List<Contender> considered) {

    public enum Why {
        ONLY_ONE_FREE("the only one with a free slot"),
        FEWEST_CUSTOMERS("fewest customers"),
        WAITED_LONGEST("waited longest of the least busy"),
        NO_AGENT_ONLINE("no agent is online"),
        ALL_FULL("every agent is full"),
        ALL_FULL_OR_PAUSED("every agent is full or paused"),
        ALL_PAUSED("every agent is paused"),
        ALL_HAD_IT("nobody is online who did not have it before"),
        OLDER_FIRST("older sessions come first"),
        BY_HAND("an operator chose");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public boolean isPlaced() {
        return agent != null;
    }
}
