package assignment;

/**
 * The queue in numbers, as it is logged from time to time.
 *
 * @param waiting sessions that have no agent yet, including calls that are not admitted yet
 * @param parked sessions that a human must decide about
 * @param assigned rooms that our agents hold
 * @param oldestWaits milliseconds; null if no session waits
 */
public record QueueSummary(int waiting, int parked, int assigned, Long oldestWaits) {

    public static QueueSummary of(QueueStats now) {
        int inLine =
                now.channels().values().stream().mapToInt(Integer::intValue).sum();
        return new QueueSummary(
                now.queued() + inLine, now.parked(), now.assigned(), inLine == 0 ? null : now.oldestWaits());
    }

    @Override
    public String toString() {
        return (waiting == 1 ? "1 customer waits" : waiting + " customers wait")
                + (oldestWaits == null ? "" : ", the oldest for " + oldestWaits / 1000 + " s")
                + "; " + assigned + (assigned == 1 ? " is" : " are") + " with an agent"
                + (parked == 0 ? "" : "; " + parked + " parked for a human");
    }

    boolean sameNumbersAs(QueueSummary other) {
        return other != null && waiting == other.waiting && parked == other.parked && assigned == other.assigned;
    }
}
