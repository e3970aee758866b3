package assignment;

/**
 * How it stands.
 *
 * @param waiting sessions that wait or are being decided
 * @param parked sessions that a human must look at
 * @param assigned rooms that our agents hold
 * @param oldestWaits milliseconds; null if nobody is in line
 */
public record Line(int waiting, int parked, int assigned, Long oldestWaits) {

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
