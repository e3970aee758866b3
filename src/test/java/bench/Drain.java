package bench;

import static java.util.stream.IntStream.range;

import java.time.Duration;
import java.util.List;
import support.FakeQiscus;

/** 500 sessions wait, and 300 agents come online: the time until all are assigned. */
class Drain {
    static final int AGENTS = 300;

    private static final int SESSIONS = 500;
    /** A page of a list has 100 agents. */
    private static final int PAGES = 3;

    private final Duration latency;

    Drain(Duration latency) {
        this.latency = latency;
    }

    /** The shortest possible time of the calls in seconds, if this many are always under way. */
    double floor(int workers) {
        return SESSIONS * (PAGES + 1.0) / workers * latency.toNanos() / 1e9;
    }

    /**
     * @return seconds from the first list with the agents to the last answer; CPU per session in milliseconds: of the
     *     program, of Redis
     */
    double[] measure(Side side) {
        FakeQiscus qiscus = side.qiscus();
        int before = qiscus.assignments().size();
        side.answersAfter(latency);
        range(0, AGENTS).forEach(n -> qiscus.setAvailable(Benchmarks.agent(n), false));
        List<String> rooms =
                range(0, SESSIONS).mapToObj(n -> side.comes("qiscus")).toList();
        Side.Cpu cpu = side.cpu();
        long online = System.nanoTime();
        range(0, AGENTS).forEach(n -> qiscus.setAvailable(Benchmarks.agent(n), true));
        side.awaitAssigned(before + SESSIONS);
        long first =
                side.listCalls().stream().filter(at -> at > online).findFirst().orElseThrow();
        long last = qiscus.assignments().get(before + SESSIONS - 1).at() + latency.toNanos();
        side.answersAfter(Duration.ZERO);
        side.awaitConfirmed();
        double[] each = side.cpu().sinceFor(cpu, SESSIONS);
        rooms.forEach(side::resolve);
        return new double[] {(last - first) / 1e9, each[0], each[1]};
    }
}
