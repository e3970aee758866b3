package wallboard;

import java.util.List;

/**
 * How it stands in Redis. Times are epoch milliseconds of Redis's clock.
 *
 * @param waiting customers in line, those included who were queued just now
 * @param deciding customers for whom an agent is chosen, whose assign call is in flight
 * @param late how many in line wait longer than the goal
 * @param queuedSince of the oldest webhook call that is not admitted yet; null if there is none
 * @param assigned rooms that our agents hold
 * @param pausedUntil Qiscus answers nobody, so that nobody is tried before; null otherwise
 * @param capacity of agents who have none of their own
 * @param channels the lines in which somebody waits, the oldest first, not more than a hundred
 * @param sessions the oldest who wait or are being decided, the oldest first
 */
public record Standing(
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
        List<Aside> parked) {

    public Standing {
        channels = channels == null ? List.of() : channels;
        sessions = sessions == null ? List.of() : sessions;
        agents = agents == null ? List.of() : agents;
        parked = parked == null ? List.of() : parked;
    }

    /**
     * A channel in which somebody waits.
     *
     * @param reason why its first waits; null if he was not tried yet
     * @param late how many wait longer than the goal
     */
    public record Line(String channel, String source, String reason, int waiting, int late, long firstAsked) {}

    /**
     * A customer who has no agent yet.
     *
     * @param state {@code waiting}, {@code queued} until their call is admitted, {@code chosen} while Qiscus is being asked
     *     to put {@code agentName} into the room, {@code doubted} if it did not say
     * @param first he is the first of his channel
     * @param restsUntil he is not tried again before, after a failure; null otherwise
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
            long firstAsked) {}

    /**
     * An agent as he was seen last.
     *
     * @param online null if nobody looked yet
     * @param seen when; null if nobody looked yet
     * @param ours customers whom we gave him
     * @param foreign customers whom he has from elsewhere
     */
    public record Seen(
            String id,
            String name,
            Boolean online,
            Long seen,
            int ours,
            int foreign,
            int capacity,
            Long lastAssigned) {}

    /** A session that a human must look at. One that cannot be retried is an unreadable entry of the queue. */
    public record Aside(
            String roomId, String name, String channel, String source, String reason, Long at, boolean canRetry) {}
}
