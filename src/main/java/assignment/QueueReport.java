package assignment;

/** Remembers the last report, so that an unchanged queue is not reported again. */
public class QueueReport {
    private QueueSummary last = new QueueSummary(0, 0, 0, null);

    /** @return the line if its numbers changed, else null */
    public QueueSummary ifChanged(QueueSummary line) {
        boolean changed = !line.sameNumbersAs(last);
        last = line;
        return changed ? line : null;
    }
}
