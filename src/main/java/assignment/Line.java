package assignment;

/**
 * How it stands, in a line of the log.
 *
 * @param waiting sessions for which no agent is chosen yet, calls that no worker has looked at included
 * @param parked sessions that a human must look at
 * @param assigned rooms that our agents hold
 * @param oldestWaits milliseconds; null if nobody is in line
 */
public record Line(int waiting, int parked, int assigned, Long oldestWaits) {

    public static Line of(Figures now) {
        int inLine =
                now.channels().values().stream().mapToInt(Integer::intValue).sum();
        return new Line(
                now.queued() + inLine + now.deciding() - now.chosen(),
                now.parked(),
                now.assigned(),
                inLine == 0 ? null : now.oldestWaits());
    }

    @Override
    public String toString() {
        return (waiting == 1 ? "1 customer waits" : waiting + " customers wait")
                + (oldestWaits == null ? "" : ", the oldest for " + oldestWaits / 1000 + " s")
                + "; " + assigned + (assigned == 1 ? " is" : " are") + " with an agent"
                + (parked == 0 ? "" : "; " + parked + " parked for a human");
    }

    boolean sameNumbersAs(Line other) {
        return other != null && waiting == other.waiting && parked == other.parked && assigned == other.assigned;
    }
}
