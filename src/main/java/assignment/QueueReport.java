package assignment;

/** Remembers what was said last, so that a quiet line is not reported again and again. */
public class QueueReport {
    private QueueSummary last = new QueueSummary(0, 0, 0, null);

    /** @return the line if its numbers changed, else null */
    public QueueSummary ifChanged(QueueSummary line) {
        boolean news = !line.sameNumbersAs(last);
        last = line;
        return news ? line : null;
    }
}
