package simulator;

import org.HdrHistogram.Histogram;

/** Counts what happened to the simulated customers, as Qiscus itself knows it. All methods are thread-safe. */
public class Tally {
    /** Milliseconds, to three digits, in constant memory. */
    private final Histogram waits = new Histogram(3);

    private int came;
    private int resolved;
    private int most;
    private long accepted;
    private long refused;

    /**
     * The present numbers.
     *
     * @param came customers; each is counted again when they return
     * @param assigned customers who got an agent
     * @param most customers that one agent had at the same time
     * @param accepted webhooks that were answered with a success; refused: with anything else, or not at all
     * @param median milliseconds from the first message to the agent; ninetyFifth, longest: the same
     */
    public record Figures(
            int came,
            long assigned,
            int resolved,
            int most,
            long accepted,
            long refused,
            long median,
            long ninetyFifth,
            long longest) {}

    public synchronized void accepted() {
        accepted++;
    }

    public synchronized void refused() {
        refused++;
    }

    synchronized void came() {
        came++;
    }

    /** @param customers that this agent has now */
    synchronized void assigned(long waited, int customers) {
        waits.recordValue(Math.max(0, waited));
        most = Math.max(most, customers);
    }

    synchronized void resolved() {
        resolved++;
    }

    public synchronized Figures figures() {
        return new Figures(
                came,
                waits.getTotalCount(),
                resolved,
                most,
                accepted,
                refused,
                waits.getValueAtPercentile(50),
                waits.getValueAtPercentile(95),
                waits.getMaxValue());
    }
}
