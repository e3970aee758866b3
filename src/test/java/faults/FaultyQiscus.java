package faults;

import static support.QiscusServer.Fault.answering;
import static support.QiscusServer.Fault.none;
import static support.QiscusServer.Fault.refusing;
import static support.QiscusServer.Fault.silent;

import faults.Ledger.Episode;
import faults.Ledger.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import support.FakeAccount;
import support.FakeQiscus;
import support.QiscusServer;
import support.QiscusServer.Agent;
import support.QiscusServer.Call;
import support.QiscusServer.Message;
import support.QiscusServer.Room;

/**
 * Qiscus over HTTP, on a bad day. It acts upon the {@link Ledger}, shows an older state of it, and fails as it is told.
 * The path of a call begins with the name of the instance that calls.
 */
class FaultyQiscus implements QiscusServer.Truth, QiscusServer.Faults, AutoCloseable {
    static final String SECRET = FakeQiscus.SECRET;
    private static final int ROOMS_PER_PAGE = 50;

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
        /** Answered right, but just before the caller gives up. */
        SLOW
    }

    enum Endpoint {
        LIST,
        ASSIGN,
        REMOVE,
        ROOM,
        SWEEP
    }

    /** @param endpoint null: all of them */
    record Mood(Fault fault, Endpoint endpoint, double probability) {}

    /** Something to do at one certain call: returns false if the call shall never be answered. */
    interface Trap {
        boolean springs(Endpoint endpoint, String instance, boolean done);
    }

    private final Ledger ledger;
    private final Map<String, Set<String>> agentsOfChannel;
    private final Duration timeout;
    private final Random random;
    private final FakeAccount account = new FakeAccount();
    private final QiscusServer server = new QiscusServer(this, this);
    private volatile Mood mood;
    private volatile Duration lag = Duration.ZERO;
    private volatile Trap trap;

    /** @param timeout after which callers give up */
    FaultyQiscus(Ledger ledger, Map<String, Set<String>> agentsOfChannel, Duration timeout, Random random) {
        this.ledger = ledger;
        this.agentsOfChannel = agentsOfChannel;
        this.timeout = timeout;
        this.random = random;
        server.start(0);
    }

    @Override
    public void close() {
        server.close();
    }

    String url() {
        return server.url();
    }

    /** @param mood null: well */
    void isIn(Mood mood) {
        this.mood = mood;
        ledger.note("Qiscus: " + (mood == null ? "well" : mood));
    }

    void showsAfter(Duration lag) {
        this.lag = lag;
    }

    /** Until it is replaced, asked at each call before it is acted upon, and again before it is answered. */
    void sets(Trap trap) {
        this.trap = trap;
    }

    // ---- what goes wrong

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
        QiscusServer.Fault badGateway = answering(502, "<html><h1>502 Bad Gateway</h1></html>")
                .with("Content-Type", "text/html");
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

    // ---- what it knows and does

    @Override
    public FakeAccount account() {
        return account;
    }

    @Override
    public List<Agent> agents() {
        return ledger.agents().stream().map(this::agent).toList();
    }

    @Override
    public List<Agent> availableFor(String roomId) {
        Episode episode = ledger.present(roomId);
        Set<String> visible = episode == null ? Set.of() : agentsOfChannel.get(episode.channel);
        List<Agent> listed = visible.stream().sorted().map(this::agent).toList();
        ledger.lists(
                roomId, listed.stream().filter(Agent::available).map(Agent::id).collect(Collectors.toSet()));
        return listed;
    }

    @Override
    public List<Agent> inRoom(String roomId) {
        String agent = ledger.agentIn(roomId, lag);
        return agent == null ? List.of() : List.of(agent(agent));
    }

    private Agent agent(String id) {
        return new Agent(id, "agent", ledger.isOnline(id), false, ledger.shownCustomersOf(id, lag));
    }

    @Override
    public QiscusServer.Fault assign(Call call) {
        boolean inPlace = call.isTrue("replace_latest_agent");
        boolean onlyAgent = "1".equals(call.parameters().get("max_agent"));
        return refusal(
                inPlace && isFixed(call)
                        ? "Agent cannot be replaced"
                        : ledger.assigns(
                                call.room(), call.agent(), onlyAgent, inPlace, call.caller(), call.at()));
    }

    @Override
    public QiscusServer.Fault remove(Call call) {
        // Some are only replaced, some stay where they are.
        return refusal(
                isFixed(call) || call.room().hashCode() % 10 == 1
                        ? "Agent cannot be removed"
                        : ledger.removes(call.room(), call.agent(), call.caller()));
    }

    /** Of some rooms the agent can be neither removed nor replaced. */
    private static boolean isFixed(Call call) {
        return call.room().hashCode() % 10 == 0;
    }

    private static QiscusServer.Fault refusal(String why) {
        return why == null ? null : refusing(400, why);
    }

    @Override
    public Room room(String id) {
        State state = ledger.shown(id, lag);
        return state == null ? null : room(ledger.present(id), state);
    }

    @Override
    public List<Room> waiting() {
        return ledger.shownWaiting(lag).stream()
                .sorted((one, other) -> Long.compare(other.arrivedAt, one.arrivedAt))
                .map(episode -> room(episode, State.WAITING))
                .toList();
    }

    /** Their customers have had no answer, unless they are resolved. */
    @Override
    public List<Room> latest() {
        return ledger.latest(ROOMS_PER_PAGE).stream()
                .map(episode -> room(episode, ledger.shown(episode.roomId, lag)))
                .toList();
    }

    @Override
    public List<Message> messages(String roomId) {
        return null;
    }

    private static Room room(Episode episode, State state) {
        return new Room(
                episode.roomId,
                episode.channel,
                state == State.RESOLVED,
                state == State.WAITING,
                false,
                state == State.RESOLVED ? "\"system\"" : "\"customer\"",
                "\"" + episode.wroteAt + "\"");
    }
}
