package store;

import assignment.Agent;
import assignment.AssignAnswer;
import assignment.Capacity;
import assignment.Figures;
import assignment.HandedOver;
import assignment.Line;
import assignment.NewSession;
import assignment.Placement;
import assignment.RefusedCall;
import assignment.Resolve;
import assignment.Resolved;
import assignment.Session;
import assignment.Setback;
import assignment.Team;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Where sessions are and how they move: each move is one atomic step in Redis, which either happened or did not.
 * Any of them may throw what Spring Data throws when Redis cannot be reached; then it may still have happened.
 */
public class SessionStore {
    private static final String CAPACITY = "max_customer_per_agent";
    private static final String EVERYBODY = "*";
    /** As the time to live of a key. */
    private static final long NO_END = -1;

    private static final int ADMIT_AT_ONCE = 200;
    private static final int CHECK_AT_ONCE = 200;
    private static final int MOST_QUEUED_READ = 10_000;
    private static final int CHANNELS_AT_ONCE = 20;
    private static final DateTimeFormatter TO_THE_MILLISECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final Duration REMEMBER_RESOLVES = Duration.ofDays(1);
    private static final Duration AGENTS_ARE_REMEMBERED = Duration.ofDays(1);

    /** The times and numbers that the scripts go by. */
    public record Rules(
            Capacity capacity,
            Duration settleTime,
            Duration lease,
            Duration period,
            Duration reconcilePeriod,
            Duration history) {

        /** Several looks fit into the settle time. */
        Duration lookAgain() {
            return settleTime.dividedBy(5);
        }
    }

    /**
     * A claim whose lease ran out.
     *
     * @param outcome {@code returned} to its place, or {@code session}: it may have been assigned
     * @param doubtedFor milliseconds since that is unknown
     */
    public record Abandoned(String outcome, Session session, long doubtedFor) {

        public boolean isReturned() {
            return "returned".equals(outcome);
        }
    }

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final Rules rules;
    private final Scripts scripts;
    private final String instance = UUID.randomUUID().toString();
    private final AtomicLong claims = new AtomicLong();
    private final AtomicInteger channelsLookedAt = new AtomicInteger();

    public SessionStore(StringRedisTemplate redis, ObjectMapper json, Keys keys, Rules rules) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.rules = rules;
        this.scripts = new Scripts(redis, json, keys);
    }

    /** Claims the oldest session that may be tried; null if there is none. */
    public Session take() {
        JsonNode answer = untilDone(
                "take",
                Map.of(
                        "batch", ADMIT_AT_ONCE,
                        "settle", rules.settleTime().toMillis(),
                        "lease", rules.lease().toMillis(),
                        "period", rules.period().toMillis(),
                        "claim", newClaim()));
        return scripts.as(answer.get("session"), Session.class);
    }

    /**
     * Chooses and counts in one step.
     *
     * @param patient if what is free is owed to older sessions: true to keep the claim, false to go back in line
     */
    public Placement reserve(Session session, Team team, boolean patient) {
        Map<String, Object> args = claimOf(session);
        args.put("lease", rules.lease().toMillis());
        args.put("capacity", rules.capacity().maxCustomerPerAgent());
        args.put("period", rules.period().toMillis());
        args.put("patient", patient);
        args.put("agents", shown(team.online()));
        args.put("offline", shown(team.offline()));
        return scripts.as(run("reserve", args), Placement.class);
    }

    /** Of a team of which nobody is offline. */
    Placement reserve(Session session, List<Agent> online, boolean patient) {
        return reserve(session, new Team(online, List.of()), patient);
    }

    private static List<List<Object>> shown(List<Agent> agents) {
        return agents.stream()
                .map(agent -> List.<Object>of(agent.id(), agent.shownName(), agent.customerCount()))
                .toList();
    }

    /** The reservation becomes an assignment: {@code confirmed}. */
    public Placement confirm(Session session) {
        return scripts.as(run("confirm", claimOf(session)), Placement.class);
    }

    /** Back to its place, its slot freed. */
    public Placement returnToLine(Session session, Setback setback) {
        Map<String, Object> args = claimOf(session);
        args.put("reason", setback.reason());
        args.put("refused", setback.isRefused());
        args.put("own", setback.isItsOwn());
        args.put("rest", setback.rest().toMillis());
        args.put("pause", setback.pause().toMillis());
        return scripts.as(run("return_to_line", args), Placement.class);
    }

    /** Aside for a human, its slot freed: {@code parked}. */
    public Placement park(Session session, String reason) {
        Map<String, Object> args = claimOf(session);
        args.put("reason", reason);
        return scripts.as(run("park", args), Placement.class);
    }

    /** Out of our hands, its slot freed: {@code dropped}. */
    public Placement drop(Session session, String reason) {
        Map<String, Object> args = claimOf(session);
        args.put("reason", reason);
        return scripts.as(run("drop", args), Placement.class);
    }

    /** Keeps the slot, and lets the claim be taken up again after a while: {@code doubted}. */
    public Placement doubt(Session session, AssignAnswer answer) {
        Map<String, Object> args = claimOf(session);
        args.put("reason", answer.reason());
        args.put("look_again", rules.lookAgain().toMillis());
        return scripts.as(run("doubt", args), Placement.class);
    }

    /** The next claim whose lease ran out; null if there is none. */
    public Abandoned takeAbandoned() {
        JsonNode answer = untilDone(
                "take_abandoned",
                Map.of(
                        "settle", rules.settleTime().toMillis(),
                        "lease", rules.lease().toMillis(),
                        "look_again", rules.lookAgain().toMillis(),
                        "claim", newClaim()));
        return "nothing".equals(answer.path("outcome").asText()) ? null : scripts.as(answer, Abandoned.class);
    }

    public Resolved resolve(Resolve resolve) {
        Map<String, Object> args = new HashMap<>();
        args.put("room_id", resolve.roomId());
        if (resolve.serviceId() != null) {
            args.put("service_id", resolve.serviceId());
        }
        args.put("batch", ADMIT_AT_ONCE);
        args.put("settle", rules.settleTime().toMillis());
        args.put("remember", REMEMBER_RESOLVES.toMillis());
        Resolved changed = scripts.as(untilDone("resolve", args), Resolved.class);
        return changed.of(resolve.roomId());
    }

    /** What was set while running, or else the setting. */
    public Capacity capacity() {
        Object set = redis.opsForHash().get(keys.config(), CAPACITY);
        try {
            return set == null ? rules.capacity() : new Capacity(Integer.parseInt(set.toString()));
        } catch (IllegalArgumentException | RefusedCall setByHand) {
            return rules.capacity();
        }
    }

    /** Obeyed by the next decision of every instance. */
    public Capacity setCapacity(Capacity capacity) {
        redis.opsForHash().put(keys.config(), CAPACITY, Integer.toString(capacity.maxCustomerPerAgent()));
        redis.delete(keys.held());
        return capacity;
    }

    /** How many wait, are assigned, are parked. */
    public Line line() {
        return Line.of(figures());
    }

    /** How it stands, in numbers; of agents those who were seen within a day. */
    public Figures figures() {
        return scripts.as(
                scripts.run(
                        "figures",
                        Map.of(
                                "capacity", rules.capacity().maxCustomerPerAgent(),
                                "lately", AGENTS_ARE_REMEMBERED.toMillis())),
                Figures.class);
    }

    /** Whether this instance is the one that reconciles with Qiscus in this period. */
    public boolean mayReconcile() {
        Double pausedUntil = redis.opsForZSet().score(keys.resting(), EVERYBODY);
        if (pausedUntil != null && pausedUntil > now()) {
            return false;
        }
        // A little less than the period, or the next timer could find the last one's mark.
        Duration most = rules.reconcilePeriod().multipliedBy(9).dividedBy(10);
        if (Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(keys.reconciled(), instance, most))) {
            return true;
        }
        // It may have no end, or one that is later since the clock was set back.
        Long left = redis.getExpire(keys.reconciled(), TimeUnit.MILLISECONDS);
        if (left != null && (left == NO_END || left > most.toMillis())) {
            redis.opsForValue().set(keys.reconciled(), instance, most);
            return true;
        }
        return false;
    }

    /** @return how many agents' counts were not the number of their rooms */
    public int recount() {
        return run("recount", Map.of("settle", rules.settleTime().toMillis()))
                .path("corrections")
                .asInt();
    }

    /** @return which keys held another type than theirs, as nothing of ours writes it, and what they are called now */
    public List<String> mendKeys() {
        String suffix = ".replaced-" + LocalDateTime.now(ZoneOffset.UTC).format(TO_THE_MILLISECOND);
        JsonNode aside =
                scripts.run("mend_keys", Map.of("types", Keys.TYPES), suffix).path("aside");
        return StreamSupport.stream(aside.spliterator(), false)
                .map(key -> key.get(0).asText() + " was written over in Redis: that is kept as "
                        + key.get(1).asText() + ", ours is empty now")
                .toList();
    }

    /** @return how many sessions were torn from their place by hand, and are back at it */
    public int mend() {
        int mended = 0;
        String cursor = "0";
        do {
            JsonNode answer = run("mend", Map.of("cursor", cursor));
            mended += answer.path("rooms").asInt();
            cursor = answer.path("cursor").asText("0");
        } while (!"0".equals(cursor));
        return mended;
    }

    /**
     * Any of the rooms that we hold for each channel, to ask for the agents of that channel; of many channels the next
     * ones. In any order: one at which Qiscus fails shall not be in the way of the same others each time.
     */
    public List<Session> roomOfEachChannel() {
        List<Map.Entry<String, String>> held = new ArrayList<>(
                redis.<String, String>opsForHash().entries(keys.assigned()).entrySet());
        Collections.shuffle(held);
        Map<String, Session> rooms = new TreeMap<>();
        held.forEach(room ->
                rooms.putIfAbsent(tree(room.getValue()).path("channel").asText(""), Session.ofRoom(room.getKey())));
        List<Session> channels = new ArrayList<>(rooms.values());
        Collections.rotate(channels, -channelsLookedAt.getAndAdd(CHANNELS_AT_ONCE));
        List<Session> next = new ArrayList<>(channels.subList(0, Math.min(CHANNELS_AT_ONCE, channels.size())));
        Collections.shuffle(next);
        return next;
    }

    /** Our rooms that others of these agents have now, as their counts show. */
    public List<HandedOver> handOver(List<Agent> listed) {
        see(listed.stream().filter(Agent::isAgent).toList());
        JsonNode answer = run("hand_over", Map.of("settle", rules.settleTime().toMillis(), "agents", shown(listed)));
        return StreamSupport.stream(answer.path("moved").spliterator(), false)
                .map(moved -> scripts.as(moved, HandedOver.class))
                .toList();
    }

    /** The confirmed rooms that were not looked at for longest, as many as may be asked for at a time. */
    public List<Session> roomsToCheck() {
        Set<String> held = redis.<String, String>opsForHash().keys(keys.assigned());
        Map<String, Double> checked = new HashMap<>();
        redis.opsForZSet()
                .rangeWithScores(keys.checked(), 0, -1)
                .forEach(room -> checked.put(room.getValue(), room.getScore()));
        String[] gone =
                checked.keySet().stream().filter(room -> !held.contains(room)).toArray(String[]::new);
        if (gone.length > 0) {
            redis.opsForZSet().remove(keys.checked(), (Object[]) gone);
        }
        double now = now();
        // Those of a time to come were looked at before the clock was set back.
        checked.values().removeIf(at -> at > now);
        List<String> rooms = notIn(
                keys.session(),
                held.stream()
                        .sorted(Comparator.comparing(room -> checked.getOrDefault(room, 0.0)))
                        .limit(CHECK_AT_ONCE)
                        .toList(),
                Function.identity());
        return rooms.stream().map(Session::ofRoom).toList();
    }

    /** Any other room that an agent of ours has for certain; null if there is none. */
    public Session anotherHeld(Session session) {
        List<String> held = new ArrayList<>(redis.<String, String>opsForHash().keys(keys.assigned()));
        held.remove(session.roomId());
        Collections.shuffle(held);
        return notIn(keys.session(), held.subList(0, Math.min(CHECK_AT_ONCE, held.size())), Function.identity())
                .stream()
                .findFirst()
                .map(Session::ofRoom)
                .orElse(null);
    }

    /** So that others come first the next time. */
    public void markChecked(Session room) {
        redis.opsForZSet().add(keys.checked(), room.roomId(), now());
    }

    /** Frees the slot of a room that Qiscus says nobody serves: {@code stale}, or {@code kept}. */
    public Resolved freeStale(Session room) {
        Resolved freed = scripts.as(
                run(
                        "free_stale",
                        Map.of(
                                "room_id",
                                room.roomId(),
                                "settle",
                                rules.settleTime().toMillis())),
                Resolved.class);
        return freed.of(room.roomId());
    }

    /** Those that neither wait here, the webhook's queue included, nor are being decided, assigned or parked. */
    public List<NewSession> unknownOf(List<NewSession> waiting) {
        return unknown(waiting);
    }

    /** How many of these neither wait here nor are being decided, assigned or parked. */
    public int countUnknown(List<NewSession> waiting) {
        return waiting.isEmpty() ? 0 : unknown(waiting).size();
    }

    private List<NewSession> unknown(List<NewSession> waiting) {
        // First the queue: whoever leaves it meanwhile is in the next place.
        Set<String> queued = queued();
        List<NewSession> unknown = waiting.stream()
                .filter(session -> !queued.contains(session.roomId()))
                .toList();
        unknown = notIn(keys.session(), unknown, NewSession::roomId);
        unknown = notIn(keys.assigned(), unknown, NewSession::roomId);
        return notIn(keys.parked(), unknown, NewSession::roomId);
    }

    private Set<String> queued() {
        return redis.opsForList().range(keys.queue(), 0, MOST_QUEUED_READ - 1).stream()
                .map(call -> tree(call).path("room_id").asText())
                .collect(Collectors.toSet());
    }

    /** By the clock of Redis, so that all instances agree. */
    long now() {
        return redis.execute(
                (RedisCallback<Long>) connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
    }

    private <T> List<T> notIn(String hash, List<T> things, Function<T, String> roomId) {
        if (things.isEmpty()) {
            return things;
        }
        List<String> found = redis.<String, String>opsForHash()
                .multiGet(hash, things.stream().map(roomId).toList());
        return IntStream.range(0, things.size())
                .filter(i -> found.get(i) == null)
                .mapToObj(things::get)
                .toList();
    }

    /** Room id to the session, the time in epoch milliseconds and the reason. */
    public Map<String, JsonNode> parked() {
        Map<String, JsonNode> parked = new TreeMap<>();
        redis.<String, String>opsForHash()
                .entries(keys.parked())
                .forEach((room, text) -> parked.put(room, shown(text)));
        return parked;
    }

    /** Earlier versions kept what they could not read, secrets included. */
    private JsonNode shown(String text) {
        JsonNode parked = tree(text);
        return parked instanceof ObjectNode object ? object.without("entry") : parked;
    }

    /** Tries a parked session again at its place, or forgets it: {@code waiting}, {@code dropped}, {@code unknown}. */
    public Resolved unpark(String roomId, boolean retry) {
        return scripts.as(run("unpark", Map.of("room_id", roomId, "retry", retry)), Resolved.class)
                .of(roomId);
    }

    /** Whether this instance is the one that asks now who of all agents is online, because nobody was for some channel. */
    public boolean mayLookForAgents() {
        return "look"
                .equals(run("look_for_agents", Map.of("period", rules.period().toMillis()))
                        .path("outcome")
                        .asText());
    }

    /** Of some agents, whose channels are not known. */
    public boolean see(List<Agent> agents) {
        return see(agents, Map.of(), false);
    }

    /**
     * Who is online, for people to see, and for the lines of channels of which nobody was.
     *
     * @param channels agent id to the ids of his channels, with blanks between; of some nothing is known
     * @param all with these the list of all agents ends
     * @return whether an agent is online who was not before
     */
    public boolean see(List<Agent> agents, Map<String, String> channels, boolean all) {
        Map<String, Object> args = new HashMap<>();
        args.put("settle", rules.settleTime().toMillis());
        args.put("period", rules.period().toMillis());
        args.put("all", all);
        args.put(
                "agents",
                agents.stream()
                        .map(agent -> Stream.of(
                                        agent.id(), agent.shownName(), agent.isOnline(), channels.get(agent.id()))
                                .filter(Objects::nonNull)
                                .toList())
                        .toList());
        return run("see_agents", args).path("came").asBoolean();
    }

    private JsonNode untilDone(String script, Map<String, ?> args) {
        JsonNode answer = run(script, args);
        while ("more".equals(answer.path("outcome").asText())) {
            answer = run(script, args);
        }
        return answer;
    }

    private JsonNode run(String script, Map<String, ?> args) {
        Map<String, Object> all = new HashMap<>(args);
        all.put("history", rules.history().toMillis());
        JsonNode answer = scripts.run(script, all);
        foundStale(answer.path("stale").asInt());
        return answer;
    }

    /** Qiscus had our agent in so many rooms no more: they were compared, or their customers came back. */
    protected void foundStale(int rooms) {}

    private Map<String, Object> claimOf(Session session) {
        Map<String, Object> args = new HashMap<>();
        args.put("room_id", session.roomId());
        args.put("claim", session.claim());
        args.put("settle", rules.settleTime().toMillis());
        return args;
    }

    private String newClaim() {
        return instance + ":" + claims.incrementAndGet();
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException written) {
            return json.getNodeFactory().textNode(text);
        }
    }
}
