package assignment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** What the decider remembers of an agent. All times are epoch milliseconds. */
class KnownAgent {
    /** How often to tell the wallboard the same again, which otherwise takes the agent for gone. */
    private static final long TELL_PERIOD = 10_000;

    /** No call to Qiscus takes longer. */
    static final long LONGEST_CALL = 60_000;

    private final String id;
    private final Deque<CountChange> changes = new ArrayDeque<>();
    private String name;
    private AgentLoad load = AgentLoad.UNKNOWN;
    private boolean isOnline;
    private long isOnlineSince;
    /** Whether the last list that named the agent showed them online as an agent, not as a supervisor. */
    private boolean seenOnline;

    private long seenAt = Long.MIN_VALUE;
    private long lastAssigned;
    private long freedAt;
    /** When a list last showed the agent, or was last requested because their customers are uncertain. */
    private long lookedAt;

    private AgentSeen toldAs;
    private long toldAt;

    /** By the list of all agents, which may name other channels than the rooms do. */
    private boolean isPresent;

    private String channels;

    /** By the lists that are read to find transfers. */
    private int listedCount = -1;

    private long listedSince;

    KnownAgent(String id) {
        this.id = id;
    }

    /** A copy. */
    KnownAgent(KnownAgent other) {
        id = other.id;
        changes.addAll(other.changes);
        load = other.load;
        lastAssigned = other.lastAssigned;
    }

    boolean knows(CountChange change) {
        return changes.contains(change);
    }

    /** Our count of the agent changed. */
    void changed(CountChange change, long now, long settle) {
        changes.addLast(change);
        forgetBefore(now - settle - LONGEST_CALL);
        if (change.by() < 0) {
            freedAt = Math.max(freedAt, change.at());
        }
        switch (change.kind()) {
            case RESOLVED -> load = load.afterResolve(change.at(), settle);
            case STALE -> load = load.afterStale();
            case TRANSFERRED_IN -> load = load.withoutOne();
            default -> {}
        }
    }

    /**
     * A list showed the agent.
     *
     * @param asked when that call began
     * @param answered when it ended
     * @param count our count
     * @param unconfirmed how many of our count wait for the answer to their assign call
     * @return whether the agent came online or went offline
     */
    boolean listed(Agent shown, long asked, long answered, int count, int unconfirmed, long now, long settle) {
        name = shown.shownName();
        seen(shown.isOnline(), answered);
        looked(answered);
        forgetBefore(asked - settle);
        load = load.seen(shown.customerCount(), OurCount.of(count, List.copyOf(changes), unconfirmed), now, settle);
        boolean cameOrWent = shown.canServe() != isOnline;
        if (cameOrWent) {
            isOnline = shown.canServe();
            isOnlineSince = answered;
        }
        return cameOrWent;
    }

    /** A list shows the agent, or will soon. */
    void looked(long at) {
        lookedAt = Math.max(lookedAt, at);
    }

    /**
     * Whether to look at an agent again whose customers are uncertain: at once after one of ours left, else after a
     * while.
     */
    boolean isLookDue(long now, long pause) {
        return freedAt > lookedAt || Math.abs(now - lookedAt) >= pause;
    }

    private void forgetBefore(long time) {
        changes.removeIf(change -> change.at() < time);
    }

    /** What the wallboard does not know yet of an agent that was just listed; null if it knows all. */
    AgentSeen newlySeen(Agent shown, long now) {
        AgentSeen seen = new AgentSeen(id, name, shown.isOnline(), load.external());
        if (seen.equals(toldAs) && now - toldAt < TELL_PERIOD) {
            return null;
        }
        toldAs = seen;
        toldAt = now;
        return seen;
    }

    /** The list of all agents showed the agent. @return whether the agent came online, or got other channels */
    boolean present(boolean online, String inChannels, long now) {
        seen(online, now);
        boolean came = online && (!isPresent || !Objects.equals(inChannels, channels));
        isPresent = online;
        channels = inChannels;
        return came;
    }

    private void seen(boolean online, long at) {
        if (at >= seenAt) {
            seenOnline = online;
            seenAt = at;
        }
    }

    /** Null if no list has named the agent after that time. */
    Boolean seenOnline(long after) {
        return seenAt > after ? seenOnline : null;
    }

    /** Whether Qiscus's count and ours have both been the same for a settle time. */
    boolean isSteady(int shownCount, long now, long settle) {
        if (listedCount != shownCount) {
            listedCount = shownCount;
            listedSince = now;
        }
        return now - listedSince >= settle
                && changes.stream().noneMatch(change -> Math.abs(now - change.at()) < settle);
    }

    void assigned(long at) {
        lastAssigned = at;
        freedAt = 0;
    }

    void wasAssigned(long at) {
        lastAssigned = at;
    }

    /** When a slot came free that no session has got since; 0: unknown. */
    long freedAt() {
        return freedAt;
    }

    boolean isOnline() {
        return isOnline;
    }

    /** Whether the agent is online, if a list after that time showed a change; else what was known at that time. */
    boolean isOnline(long since, boolean wasOnline) {
        return isOnlineSince > since ? isOnline : wasOnline;
    }

    Contender contender(int count, int capacity, boolean isPaused, long now, long settle) {
        return new Contender(
                id, name, capacity, count + load.counted(now, settle), count + load.external(), isPaused, lastAssigned);
    }
}
