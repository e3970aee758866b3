package bench;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import support.FakeQiscus;
import support.FakeQiscus.Assigned;
import support.QiscusServer.Call;
import support.QiscusServer.Fault;
import support.RealRedis;

/** One version of the program under measurement, with its own Redis and Qiscus. */
class Side implements AutoCloseable {

    /** CPU in nanoseconds, without the compiler of the JVM, which works for minutes. */
    record Cpu(long program, long redis) {

        /** CPU used since then, in milliseconds per item: of the program, of Redis. */
        double[] sinceFor(Cpu then, int many) {
            return new double[] {(program - then.program) / 1e6 / many, (redis - then.redis) / 1e6 / many};
        }
    }

    private final Path jar;
    private final String name;
    private final Map<String, String> settings;
    private final RealRedis redis;
    private final FakeQiscus qiscus;
    private ServerProcess program;
    private int rooms;

    Side(Path jar, String name, RealRedis redis, int agents, Map<String, String> settings) {
        this.jar = jar;
        this.name = name;
        this.settings = settings;
        this.redis = redis;
        redis.client().flushAll();
        qiscus = Benchmarks.qiscus(agents);
        startAnother();
    }

    /** @return the previous process, which keeps running; the new one gets the webhooks from now on */
    ServerProcess startAnother() {
        ServerProcess soFar = program;
        program = ServerProcess.program(jar, name, redis, qiscus, settings, ServerProcess.ALL_COMPILERS_STAY);
        return soFar;
    }

    RealRedis redis() {
        return redis;
    }

    FakeQiscus qiscus() {
        return qiscus;
    }

    /** All actions take effect at once. */
    void answersAfter(Duration latency) {
        qiscus.isWell();
        qiscus.answersAll(Fault.none().after(latency));
    }

    /** When each list of agents was requested, by {@link System#nanoTime}. */
    List<Long> listCalls() {
        return qiscus.calls("available_agents").stream()
                .filter(call -> !FakeQiscus.asksWhoIsInRoom(call))
                .map(Call::at)
                .toList();
    }

    Cpu cpu() {
        return new Cpu(program.cpu().minus(program.cpuOfCompiler()).toNanos(), (long)
                (Benchmarks.redisCpuSeconds(redis) * 1e9));
    }

    /** A customer writes. @return their room */
    String comes(String channel) {
        String room = channel + "-" + rooms++;
        program.post("/webhook", Benchmarks.newSession(room, channel));
        return room;
    }

    void resolve(String room) {
        Benchmarks.resolve(program, qiscus, room);
    }

    /** @param calls the total of assign calls that Qiscus must have had by then */
    void awaitAssigned(int calls) {
        awaitAssigned(() -> qiscus.assignments().size() >= calls);
    }

    Assigned awaitAssigned(String room) {
        awaitAssigned(() -> qiscus.agentOf(room) != null);
        return qiscus.assignments().stream()
                .filter(call -> call.roomId().equals(room))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitAssigned(Callable<Boolean> isAssigned) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(3))
                .until(isAssigned);
    }

    /**
     * Waits until the answers to all assign calls are stored: a resolve right after one would find it still under way.
     */
    void awaitConfirmed() {
        await().atMost(Duration.ofMinutes(1)).until(() -> redis.client().zcard("claimed") == 0);
    }

    @Override
    public void close() {
        program.close();
        qiscus.close();
    }
}
