package assignment;

import java.util.List;

/**
 * Who is in a room: the agent that we hold it for, or another one.
 *
 * @param listed the agents that Qiscus named
 */
public record InRoom(Who who, List<Agent> listed) {
    /** Qiscus could not be asked this time. */
    public static final InRoom LATER = new InRoom(Who.LATER, List.of());
    /** Qiscus does not answer this question, or its answer does not help. */
    public static final InRoom NOT_ANSWERED = new InRoom(Who.NOT_ANSWERED, List.of());

    public enum Who {
        OURS,
        OTHER,
        NOBODY,
        LATER,
        NOT_ANSWERED
    }

    /** @param ours ids of the agents that we hold the room for: one, or two during a move */
    public static InRoom of(List<Agent> listed, List<String> ours) {
        Who who = listed.stream().anyMatch(agent -> ours.contains(agent.id()))
                ? Who.OURS
                : listed.isEmpty() ? Who.NOBODY : Who.OTHER;
        return new InRoom(who, listed);
    }

    /** Qiscus may have listed the available agents instead of those in the room. */
    public boolean needsProof() {
        return who == Who.OTHER || listed.size() > 1;
    }

    /**
     * @param available the agents that Qiscus lists for the room: if all of them are in it, the answer proves nothing
     */
    public InRoom comparedWith(List<Agent> available) {
        List<String> inRoom = listed.stream().map(Agent::id).toList();
        boolean isTheSame = !available.isEmpty() && available.stream().allMatch(agent -> inRoom.contains(agent.id()));
        return isTheSame ? new InRoom(Who.NOT_ANSWERED, listed) : this;
    }

    public boolean has(String agentId) {
        return who != Who.NOT_ANSWERED
                && listed.stream().anyMatch(agent -> agent.id().equals(agentId));
    }

    /** The agent who has the room instead of ours. */
    public Agent other() {
        return listed.get(0);
    }

    public boolean isNotAnswered() {
        return who == Who.NOT_ANSWERED;
    }
}
