package faults;

import static support.QiscusServer.Fault.answering;
import static support.QiscusServer.Fault.none;
import static support.QiscusServer.Fault.silent;

import java.time.Duration;
import java.util.Random;
import support.QiscusServer;
import support.QiscusServer.Call;

/**
 * A Qiscus with faults: it is in the state of the {@link Ledger}, and fails as requested. The path of a call begins
 * with the name of the calling instance.
 */
class FaultyQiscus implements QiscusServer.Faults, AutoCloseable {
    enum Fault {
        SERVER_ERROR,
        BAD_GATEWAY,
        TOO_MANY_REQUESTS,
        HANG,
        RESET,
        /** Done, but the answer comes after the caller has given up. */
        DONE_BUT_LATE,
        /** Done, and then the connection breaks. */
        DONE_BUT_RESET,
        DONE_BUT_BAD_GATEWAY,
        /** Answered correctly, but just before the caller gives up. */
        SLOW
    }

    enum Endpoint {
        LIST,
        ASSIGN,
        REMOVE,
        ROOM,
        SWEEP
    }

    /** @param endpoint null: all endpoints */
    record Mood(Fault fault, Endpoint endpoint, double probability) {}

    /** An action at one particular call. It returns false if the call must never be answered. */
    interface Trap {
        boolean springs(Endpoint endpoint, String instance, boolean done);
    }

    private final Ledger ledger;
    private final Duration timeout;
    private final Random random;
    private final QiscusServer server;
    private volatile Mood mood;
    private volatile Trap trap;

    /** @param timeout after which callers give up */
    FaultyQiscus(Ledger ledger, Duration timeout, Random random) {
        this.ledger = ledger;
        this.timeout = timeout;
        this.random = random;
        server = new QiscusServer(ledger, this);
        server.start(0);
    }

    @Override
    public void close() {
        server.close();
    }

    String url() {
        return server.url();
    }

    /** @param mood null: no faults */
    void isIn(Mood mood) {
        this.mood = mood;
        ledger.note("Qiscus: " + (mood == null ? "well" : mood));
    }

    /** Until it is replaced, it is called before each call is processed, and again before it is answered. */
    void sets(Trap trap) {
        this.trap = trap;
    }

    // ---- faults

    @Override
    public QiscusServer.Fault of(Call call) {
        Mood present = mood;
        Endpoint endpoint = endpoint(call);
        if (present == null
                || endpoint == null
                || present.endpoint() != null && present.endpoint() != endpoint
                || random.nextDouble() >= present.probability()) {
            return null;
        }
        ledger.count("Qiscus " + present.fault());
        QiscusServer.Fault badGateway =
                answering(502, "<html><h1>502 Bad Gateway</h1></html>").with("Content-Type", "text/html");
        return switch (present.fault()) {
            case SERVER_ERROR -> answering(500, "{\"errors\":\"Internal error\"}");
            case BAD_GATEWAY -> badGateway;
            case TOO_MANY_REQUESTS ->
                answering(429, "{\"errors\":\"Too many requests\"}").with("Retry-After", "1");
            case HANG -> silent().after(timeout.multipliedBy(3).dividedBy(2));
            case RESET -> silent();
            case DONE_BUT_LATE -> none().after(timeout.multipliedBy(5).dividedBy(4));
            case DONE_BUT_RESET -> silent().afterTakingEffect();
            case DONE_BUT_BAD_GATEWAY -> badGateway.afterTakingEffect();
            case SLOW -> none().after(timeout.multipliedBy(3).dividedBy(4));
        };
    }

    @Override
    public Duration latency() {
        return Duration.ofMillis(1 + random.nextInt(8));
    }

    @Override
    public boolean arrives(Call call) {
        return passes(call, false);
    }

    @Override
    public boolean isAnswered(Call call, boolean tookEffect) {
        return !tookEffect || passes(call, true);
    }

    private boolean passes(Call call, boolean done) {
        Trap set = trap;
        return set == null || set.springs(endpoint(call), call.caller(), done);
    }

    private static Endpoint endpoint(Call call) {
        return switch (call.path()) {
            case "/api/v2/admin/service/available_agents" -> Endpoint.LIST;
            case "/api/v1/admin/service/assign_agent" -> Endpoint.ASSIGN;
            case "/api/v1/admin/service/remove_agent" -> Endpoint.REMOVE;
            case "/api/v2/customer_rooms" -> Endpoint.SWEEP;
            default -> call.path().startsWith("/api/v2/customer_rooms/") ? Endpoint.ROOM : null;
        };
    }
}
