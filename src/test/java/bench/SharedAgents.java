package bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import support.FakeQiscus.Assigned;

/**
 * Customers of several channels come, and stay for four seconds on average with one of twenty agents of all channels.
 */
class SharedAgents {
    static final int AGENTS = 20;
    static final Duration CALL = Duration.ofMillis(50);

    private static final int SLOTS = 2 * AGENTS;
    private static final double STAY = 4e9;
    /** A line does not count as waiting while its oldest customer is only being decided about. */
    private static final long WAITS = 4 * CALL.toNanos();

    private record Customer(String room, long at) {}

    private final Side side;
    private final int channels;
    private final Random random = new Random(7);
    private final List<Queue<Customer>> lines = new ArrayList<>();
    private final PriorityQueue<Customer> leaving = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final int assignedBefore;
    private final int listsBefore;
    private int came;
    private int assigned;
    private double lineSeconds;

    SharedAgents(Side side, int channels) {
        this.side = side;
        this.channels = channels;
        for (int channel = 0; channel < channels; channel++) {
            lines.add(new ArrayDeque<>());
        }
        assignedBefore = side.qiscus().assignments().size();
        listsBefore = side.listCalls().size();
    }

    /**
     * @param atOnce how many come at the beginning
     * @param load how many come later, as a share of the slots that come free
     * @return lists per assignment, and how many of these are one per second for each waiting line
     */
    double[] lists(int atOnce, double load, Duration time) {
        for (int i = 0; i < atOnce; i++) {
            comes(i % channels);
        }
        long begin = System.nanoTime();
        long last = begin;
        double next = load == 0 ? Double.MAX_VALUE : begin;
        while (System.nanoTime() - begin < time.toNanos() || assigned < came) {
            long now = System.nanoTime();
            while (next < Math.min(now, begin + time.toNanos())) {
                comes(random.nextInt(channels));
                next -= STAY / SLOTS / load * Math.log(1 - random.nextDouble());
            }
            lineSeconds += lines.stream()
                            .filter(line -> !line.isEmpty() && now - line.peek().at > WAITS)
                            .count()
                    * (now - last)
                    / 1e9;
            last = now;
            resolveAndAssign(now);
            LockSupport.parkNanos(2_000_000);
        }
        int lists = side.listCalls().size() - listsBefore;
        while (!leaving.isEmpty()) {
            LockSupport.parkNanos(leaving.peek().at - System.nanoTime());
            resolveAndAssign(System.nanoTime());
        }
        return new double[] {lists / (double) assigned, lineSeconds / assigned};
    }

    private void comes(int channel) {
        lines.get(channel).add(new Customer(side.comes("c" + channel), System.nanoTime()));
        came++;
    }

    private void resolveAndAssign(long now) {
        List<Assigned> calls = side.qiscus().assignments();
        for (; assignedBefore + assigned < calls.size(); assigned++) {
            String room = calls.get(assignedBefore + assigned).roomId();
            lines.forEach(line -> line.removeIf(customer -> customer.room.equals(room)));
            leaving.add(new Customer(room, now + (long) (STAY * (0.5 + random.nextDouble()))));
        }
        while (!leaving.isEmpty() && leaving.peek().at <= now) {
            side.resolve(leaving.poll().room);
        }
    }
}
