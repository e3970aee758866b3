package wallboard;

import assignment.AgentState;
import java.util.List;

/**
 * The wallboard's data from Redis. Times are epoch milliseconds of Redis's clock.
 *
 * @param waiting customers in line, including those queued just now
 * @param deciding customers whose assign call is in flight
 * @param late how many in line have waited longer than the goal
 * @param queuedSince of the oldest webhook call that is not yet in line; null if there is none
 * @param assigned sessions with an agent
 * @param pausedUntil no session is tried before this time, because Qiscus fails; null otherwise
 * @param capacity of agents without a capacity of their own
 * @param channels the channels in which customers wait, oldest first, at most 100
 * @param sessions the customers without an agent who have waited longest, oldest first
 */
public record BoardSnapshot(
        long now,
        int waiting,
        int deciding,
        int late,
        int queued,
        Long queuedSince,
        int assigned,
        int parkedRooms,
        Long pausedUntil,
        int capacity,
        List<Line> channels,
        List<Waiting> sessions,
        List<Seen> agents,
        List<Parked> parked) {

    public BoardSnapshot {
        channels = channels == null ? List.of() : channels;
        sessions = sessions == null ? List.of() : sessions;
        agents = agents == null ? List.of() : agents;
        parked = parked == null ? List.of() : parked;
    }

    /**
     * A channel in which customers wait.
     *
     * @param reason why its first customer waits; null before the first try
     * @param late how many have waited longer than the goal
     */
    public record Line(String channel, String source, String reason, int waiting, int late, long firstAsked) {}

    /**
     * A customer who has no agent yet.
     *
     * @param state {@code waiting}; {@code queued} until their call is in line; {@code chosen} while the call that
     *     assigns {@code agentName} is in flight; {@code doubted} if Qiscus did not answer it
     * @param first whether they are the first of their channel
     * @param restsUntil they are not tried again before this time, after a failure; null otherwise
     * @param move null unless they have an agent who does not answer
     */
    public record Waiting(
            String roomId,
            String channel,
            String source,
            String name,
            String state,
            String reason,
            String agentName,
            boolean first,
            Long restsUntil,
            long firstAsked,
            Move move) {

        /** Qiscus failed for this session, or it cannot go to agents that other sessions may get. */
        boolean hasOwnReason() {
            return reason != null && (restsUntil != null || move != null);
        }
    }

    /** @param agentId of the agent that a session leaves @param since since when the customer has had no answer */
    public record Move(String agentId, String agentName, Long since) {}

    /**
     * An agent as last seen.
     *
     * @param online null if unknown
     * @param seen when; null if never
     * @param ours customers that we assigned
     * @param foreign customers that others assigned
     * @param paused null if the agent gets new chats
     */
    public record Seen(
            String id,
            String name,
            Boolean online,
            Long seen,
            int ours,
            int foreign,
            int capacity,
            Long lastAssigned,
            AgentState.Paused paused) {

        boolean isAvailable() {
            return Boolean.TRUE.equals(online) && paused == null;
        }

        int freeSlots() {
            return isAvailable() ? Math.max(0, capacity - ours - foreign) : 0;
        }
    }

    /** A parked session. One that cannot be retried is an unreadable entry of the queue. */
    public record Parked(
            String roomId, String name, String channel, String source, String reason, Long at, boolean canRetry) {}
}
