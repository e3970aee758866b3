package assignment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Redis says at the start of a round, read in one step.
 *
 * @param isFirst this instance did not decide before: what it remembers is too old
 * @param now epoch milliseconds, by the clock of Redis
 * @param heads the first sessions of each line that may be tried, the oldest of all first
 * @param isCut whether some line may have further ones
 * @param cameTo the channels to which sessions came since the last snapshot
 * @param counts agent id to our count
 * @param unconfirmed agent id to how many of those wait for the answer to their assign call
 * @param changes of the counts since the last snapshot; the first one has those that Qiscus may still not show
 * @param lastAssigned of each agent that was ever seen the id, to when they last got a customer, 0 if never; in the first
 *     snapshot only, else empty
 * @param capacities of agents who have one of their own
 * @param capacity of all others
 * @param pausedAgents ids of the agents who get no new chats
 * @param pausedUntil nobody is tried before: Qiscus answers no one at present
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
