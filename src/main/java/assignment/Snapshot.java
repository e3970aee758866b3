package assignment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state in Redis at the start of a round, read in one step.
 *
 * @param isFirst this instance did not decide before, so what it remembers is too old
 * @param now epoch milliseconds, by the clock of Redis
 * @param heads the first sessions of each line that may be tried, the oldest of all first
 * @param isCut whether some line may have more sessions
 * @param cameTo the channels that got new sessions since the last snapshot
 * @param counts agent id to our count
 * @param unconfirmed agent id to how many of our count wait for the answer to their assign call
 * @param changes of the counts since the last snapshot; in the first snapshot, those that Qiscus may not show yet
 * @param lastAssigned id of each agent that was ever seen, to when they last got a customer, 0 if never; empty except
 *     in the first snapshot
 * @param capacities agent id to their own capacity, if they have one
 * @param capacity of all other agents
 * @param pausedAgents ids of the agents who get no new chats
 * @param pausedUntil no session is tried before that: Qiscus serves none at present
 */
public record Snapshot(
        boolean isFirst,
        long now,
        List<Session> heads,
        boolean isCut,
        Set<String> cameTo,
        Map<String, Integer> counts,
        Map<String, Integer> unconfirmed,
        List<CountChange> changes,
        Map<String, Long> lastAssigned,
        Map<String, Integer> capacities,
        int capacity,
        Set<String> pausedAgents,
        long pausedUntil) {}
