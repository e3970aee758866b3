package assignment;

import java.util.Set;

/**
 * What the last list of a line said. It predicts who can get an agent, and never decides.
 *
 * @param team all agents that lists of this line ever named; online are those that the last list showed online
 * @param at when that list came
 * @param emptySince since when no agent of the line has been online; 0: some are online
 */
record Roster(Team team, long at, long emptySince) {
    private static final long NEVER = Long.MIN_VALUE / 2;

    /**
     * The longest pause of a line without agents while the list of all agents is read, which shows agents who come
     * online.
     */
    private static final long LONGEST_PAUSE = 300_000;

    /** The longest pause of such a line while that list cannot be read. */
    private static final long LONGEST_BLIND_PAUSE = 60_000;

    static Roster of(Team team, long at, Roster before) {
        long emptySince =
                !team.online().isEmpty() ? 0 : before != null && before.emptySince > 0 ? before.emptySince : at;
        return new Roster(team.with(before == null ? null : before.team), at, emptySince);
    }

    /**
     * How long to wait before the next list of a line that gets no agent: one period, and more the longer no agent is
     * online.
     *
     * @param seesEverybody whether the list of all agents is read
     */
    long pause(long period, boolean seesEverybody) {
        if (emptySince == 0) {
            return period;
        }
        long empty = Math.abs(at - emptySince);
        long pause = seesEverybody ? Math.min(empty, LONGEST_PAUSE) : Math.min(empty / 4, LONGEST_BLIND_PAUSE);
        return Math.max(period, pause);
    }

    /**
     * An agent came online who may serve this line: its list is due.
     *
     * @param channelsOfAgent ids separated by blanks, or null
     */
    Roster whenAgentCame(String channel, String channelsOfAgent, long now) {
        if (emptySince == 0) {
            return this;
        }
        boolean mayServe = channelsOfAgent == null
                || !channel.matches("\\d+")
                || Set.of(channelsOfAgent.split(" ")).contains(channel);
        return new Roster(team, NEVER, mayServe ? now : emptySince);
    }

    /** A new session may have other agents than the sessions before it. */
    Roster whenSessionCame(long now) {
        return emptySince == 0 ? this : new Roster(team, at, now);
    }
}
