package assignment;

import java.util.List;
import java.util.Set;

/**
 * An operator chooses the agent instead of {@link Matching}. The choice follows the same rules: one agent per room, and
 * that agent serves the room, is online, is not paused and is below capacity. An operator may ask to exceed the
 * capacity, but nothing else.
 */
public class ByHand {
    private final Decider decider;

    /** @param decider its knowledge of the agents is best on the instance that decides */
    public ByHand(Decider decider) {
        this.decider = decider;
    }

    /** @throws Conflict unless the session has no agent yet */
    public void demandUnassigned(SessionState session) {
        if (!session.state().equals("waiting") && !session.state().equals("parked")) {
            throw new Conflict(session + ".");
        }
    }

    /** @throws Conflict unless an agent has it, it is not being assigned, and the wanted agent is another one */
    public void demandAssigned(SessionState session, Wish wish) {
        boolean isMoving = session.position() != null && wish != null && wish.agentId() == null;
        if (!session.state().equals("assigned")
                || isMoving
                || wish != null && session.agent().id().equals(wish.agentId())) {
            throw new Conflict(session + ".");
        }
    }

    /** The session as needed for calls to Qiscus about its room. */
    public Session session(SessionState session) {
        return Session.ofRoom(session.roomId());
    }

    /** @throws Conflict always @param words why Qiscus did not list the agents */
    public void notListed(String words) {
        throw new Conflict(English.say("refusal.agents_not_listed", "reason", words));
    }

    /**
     * @param listed the agents of the session's room
     * @param before the snapshot from before the agents were asked for
     * @param now the snapshot from after the answer
     * @throws Conflict if that agent cannot get the session
     * @throws NotKnown if we never saw that agent
     */
    public Placement place(SessionState session, Wish wish, List<Agent> listed, Snapshot before, Snapshot now) {
        String id = wish.agentId();
        Agent agent = listed.stream()
                .filter(each -> each.id().equals(id) && each.isAgent())
                .findFirst()
                .orElse(null);
        if (agent == null && !now.lastAssigned().containsKey(id)) {
            throw new NotKnown(English.say("refusal.no_such_agent", "id", id));
        }
        if (agent == null) {
            throw new Conflict(English.say("refusal.agent_not_listed", "id", id));
        }
        if (!agent.isOnline()) {
            throw new Conflict(English.say("refusal.offline", "agent", agent.shownName()));
        }
        if (now.pausedAgents().contains(id)) {
            throw new Conflict(English.say("refusal.paused", "agent", agent.shownName()));
        }
        Contender contender = decider.contender(agent, before, now);
        if (contender.isFull() && !wish.beyondCapacity()) {
            boolean isUnclear = contender.mayBeBelowCapacity();
            throw new Conflict(English.say(
                    isUnclear ? "refusal.may_be_full" : "refusal.full",
                    "agent",
                    agent.shownName(),
                    "certain",
                    contender.certain(),
                    "customers",
                    isUnclear ? contender.customers() : contender.certain(),
                    "capacity",
                    contender.capacity()));
        }
        Session waiting = now.heads().isEmpty()
                ? Session.ofRoom(session.roomId())
                : now.heads().get(0);
        Match match = new Match(
                new Candidate(waiting, Set.of(id), true, Set.of()), contender, Match.Why.BY_HAND, List.of(contender));
        return new Placement(match, now.counts().getOrDefault(id, 0), null);
    }

    /** The session after the assign call. @throws Conflict if another agent, or none, has it now */
    public SessionState demandWith(SessionState session, String agentId) {
        boolean isUnclear = session.state().equals("claimed");
        if (!session.isWith(agentId) && !isUnclear) {
            throw new Conflict(
                    session.reason() == null
                            ? session + "."
                            : English.say("refusal.because", "session", session, "reason", session.reason()));
        }
        return session;
    }

    /** @throws Conflict if the agent is still in the room */
    public void demandRemoved(SessionState session, AssignAnswer removal) {
        if (!removal.isAccepted() && !removal.isUnknown()) {
            throw new Conflict(English.say("refusal.because", "session", session, "reason", removal.reason()));
        }
    }
}
