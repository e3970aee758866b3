package bench;

import static java.util.stream.IntStream.range;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Pipeline;
import support.FakeQiscus.Assigned;

/** All slots are full and a line waits: each resolve frees a slot for the next session. */
class FullHouse {
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int SLOTS_OF_AN_AGENT = 2;

    private final Side side;
    private final Queue<String> assigned = new ArrayDeque<>();
    private int calls;

    /** @param waiting how many stay in line */
    FullHouse(Side side, int agents, int waiting) {
        this.side = side;
        queue(SLOTS_OF_AN_AGENT * agents + waiting);
        await().atMost(Duration.ofMinutes(2)).until(() -> side.redis().client().llen("new_session_queue") == 0);
        range(0, SLOTS_OF_AN_AGENT * agents).forEach(n -> next());
        side.awaitConfirmed();
    }

    /** Written as the webhook stores them, because sending them one by one would take too long. */
    private void queue(int sessions) {
        long now = System.currentTimeMillis() - 1000;
        for (int from = 0; from < sessions; from += 1000) {
            try (Pipeline pipeline = side.redis().client().pipelined()) {
                range(from, Math.min(sessions, from + 1000))
                        .forEach(n -> pipeline.lpush(
                                "new_session_queue", """
                        {"room_id":"%d","channel":"qiscus","source":"qiscus","name":"Customer %d","received_at":%d.%03d}""".formatted(1_000_000 + n, n, now + n / 1000, n % 1000)));
            }
        }
    }

    private Assigned next() {
        side.awaitAssigned(++calls);
        Assigned call = side.qiscus().assignments().get(calls - 1);
        assigned.add(call.roomId());
        return call;
    }

    /** As fast as they are assigned. @return CPU per assignment in milliseconds: of the program, of Redis */
    double[] cpu(int many) {
        Side.Cpu before = side.cpu();
        range(0, many).forEach(n -> {
            side.resolve(assigned.remove());
            next();
        });
        return side.cpu().sinceFor(before, many);
    }

    /**
     * @return milliseconds from a resolve to the next assign call, without the time of the list in between: p50 and p99
     */
    double[] refills(int many) {
        side.answersAfter(LATENCY);
        Samples refills = new Samples();
        for (int n = 0; n < many; n++) {
            long begin = System.nanoTime();
            side.resolve(assigned.remove());
            refills.add(next().at() - begin - LATENCY.toNanos());
            // Until the assign call is answered too, and the answer is stored.
            LockSupport.parkNanos(3 * LATENCY.toNanos());
        }
        return refills.millis(50, 99);
    }

    /**
     * Kills the decider while it decides about a few free slots. It is the process that started first, in the version
     * that has a decider.
     *
     * @return seconds until another process has filled all of them
     */
    double[] secondsAfterKill() {
        side.answersAfter(Duration.ofMillis(50));
        ServerProcess first = side.startAnother();
        int slots = 4;
        range(0, slots).forEach(n -> side.resolve(assigned.remove()));
        first.kill();
        long killed = System.nanoTime();
        range(0, slots).forEach(n -> next());
        return new double[] {(System.nanoTime() - killed) / 1e9};
    }
}
