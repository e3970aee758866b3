package assignment;

/**
 * What became of a claimed session in one step.
 *
 * @param outcome {@code reserved}, {@code behind_older}, {@code waiting}, {@code confirmed}, {@code parked},
 *     {@code dropped}, {@code doubted}; or {@code lost}: it was resolved, or another worker has it, meanwhile
 * @param agentId who was chosen, with his name
 * @param count his customers, this one included: all of them if it is reserved, those from us if it is confirmed
 * @param reason why the session waits, if it does
 * @param news the reason is another than the last time
 * @param freeFor milliseconds that the slot was free while this session waited for one; null if that was not so
 * @param again though it waits, somebody may be placed at once: an older session for which it gave way, or it itself
 */
public record Placement(
        String outcome,
        String agentId,
        String agentName,
        int count,
        int capacity,
        String reason,
        boolean news,
        Long freeFor,
        boolean again) {

    public Placement(
            String outcome, String agentId, String agentName, int count, int capacity, String reason, boolean news) {
        this(outcome, agentId, agentName, count, capacity, reason, news, null, false);
    }

    public boolean isReserved() {
        return "reserved".equals(outcome);
    }

    /** Slots are free, but they are owed to older sessions that other workers are deciding at this moment. */
    public boolean isBehindOlder() {
        return "behind_older".equals(outcome);
    }

    @Override
    public String toString() {
        return Words.agent(agentName, agentId);
    }
}
