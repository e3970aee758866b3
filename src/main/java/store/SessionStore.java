package store;

import assignment.Action;
import assignment.Agent;
import assignment.AgentSeen;
import assignment.AssignAnswer;
import assignment.Capacity;
import assignment.Conflict;
import assignment.Contender;
import assignment.English;
import assignment.HeldRoom;
import assignment.InvalidRequest;
import assignment.Match;
import assignment.NewSession;
import assignment.NotKnown;
import assignment.Pause;
import assignment.Placement;
import assignment.Reservation;
import assignment.Resolve;
import assignment.Resolved;
import assignment.Retry;
import assignment.Session;
import assignment.SessionState;
import assignment.Snapshot;
import assignment.Transfer;
import assignment.Unanswered;
import assignment.UnclearAssignment;
import assignment.WatchedRoom;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The state of sessions, and all changes of it. Each change is one atomic step in Redis: it happens as a whole or not
 * at all. Every method may throw what Spring Data throws when Redis cannot be reached; the change may have happened
 * nevertheless.
 */
public class SessionStore {
    private static final int ADMIT_AT_ONCE = 200;
    private static final int CHECK_AT_ONCE = 200;
    private static final int MOST_QUEUED_READ = 10_000;
    private static final int CHANNELS_AT_ONCE = 20;
    private static final Duration REMEMBER_RESOLVES = Duration.ofDays(1);
    private static final long CLOCK_AGREES = 1000;
    /**
     * How often to read all counts and agents, which is expensive with hundreds of agents. In between, the changes
     * suffice.
     */
    private static final Duration READ_COUNTS = Duration.ofSeconds(1);

    /** The time to live of a key without an end. */
    private static final long NO_END = -1;

    private static final DateTimeFormatter TO_THE_MILLISECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final Duration DECIDER_LEASE = Duration.ofMillis(2500);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /**
     * The times and numbers that the scripts use.
     *
     * @param moves how often a session may move
     * @param silentPauseAfter how many chats in a row moved for silence pause an agent; 0: never
     */
    public record Rules(
            int capacity,
            Duration settleTime,
            Duration lease,
            Duration reconcilePeriod,
            int headsAtOnce,
            int moves,
            int silentPauseAfter) {

        /** The settle time allows for several looks. */
        Duration lookAgain() {
            return settleTime.dividedBy(5);
        }
    }

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final Rules rules;
    private final Scripts scripts;
    private final RedisTime time;
    private final SnapshotReader reader;
    private final SessionReader sessions;
    /** Names the process for people, and is unique. */
    private final String instance = ManagementFactory.getRuntimeMXBean().getName() + ":" + UUID.randomUUID();

    private final AtomicLong claims = new AtomicLong();
    private final AtomicInteger channelsLookedAt = new AtomicInteger();
    private boolean isRepaired;
    private String lastChange;
    private Snapshot last;
    /** {@link System#nanoTime} */
    private long countsRead;

    private long lastTime;
    /** When the last snapshot was requested, by {@link System#nanoTime}. */
    private long readAt = System.nanoTime();

    public SessionStore(
            StringRedisTemplate redis, ObjectMapper json, Keys keys, Rules rules, Scripts scripts, RedisTime time) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.rules = rules;
        this.scripts = scripts;
        this.time = time;
        this.reader = new SnapshotReader(json, rules.capacity());
        this.sessions = new SessionReader(redis, json, keys);
    }

    /** Takes or renews the lease of the one instance that decides. @return whether this instance has it */
    public boolean lead() {
        if (decides()) {
            redis.opsForValue().set(keys.decider(), instance, DECIDER_LEASE);
            return true;
        }
        return take(keys.decider(), DECIDER_LEASE);
    }

    /**
     * Writes our name to a key that has no instance, or that was edited by hand or written before the clock was set
     * back.
     */
    private boolean take(String key, Duration most) {
        if (Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(key, instance, most))) {
            return true;
        }
        Long left = redis.getExpire(key, TimeUnit.MILLISECONDS);
        if (left == null || left != NO_END && left <= most.toMillis()) {
            return false;
        }
        redis.opsForValue().set(key, instance, most);
        return true;
    }

    /** Lets another instance decide at once. */
    public void resign() {
        if (decides()) {
            redis.delete(keys.decider());
        }
    }

    private boolean decides() {
        return instance.equals(redis.opsForValue().get(keys.decider()));
    }

    Snapshot snapshot() {
        return snapshot(false);
    }

    /**
     * The state that the next round decides about; null if another instance decides. Before the first one Redis is
     * repaired.
     *
     * @param qiscusAnswers whether Qiscus has listed agents since the last snapshot, so that resting sessions are tried
     */
    public synchronized Snapshot snapshot(boolean qiscusAnswers) {
        if (!isRepaired) {
            repair();
            isRepaired = true;
        }
        long asked = System.nanoTime();
        if (asked - readAt > DECIDER_LEASE.toNanos()) {
            // Another instance may have decided meanwhile.
            lastChange = null;
        }
        readAt = asked;
        boolean withCounts = lastChange == null || asked - countsRead >= READ_COUNTS.toNanos();
        if (withCounts) {
            countsRead = asked;
        }
        Map<String, Object> args =
                decider(Map.of("most", rules.headsAtOnce(), "answers", qiscusAnswers, "counts", withCounts));
        if (lastChange != null) {
            args.put("last", lastChange);
        }
        JsonNode answer = admitAndRead(args);
        if (!"snapshot".equals(outcome(answer))) {
            lastChange = null;
            return null;
        }
        long now = answer.path("now").asLong();
        boolean isSetBack = now < lastTime - CLOCK_AGREES;
        lastTime = now;
        time.shows(now);
        if (isSetBack) {
            // All remembered times are wrong.
            isRepaired = false;
            lastChange = null;
            return snapshot(qiscusAnswers);
        }
        last = reader.read(answer, lastChange == null ? null : last);
        lastChange = SnapshotReader.lastChange(answer, lastChange == null ? "0" : lastChange);
        return last;
    }

    /** The state that an operator's choice is based on, on any instance. Only the session of this room is in it. */
    public Snapshot snapshotOf(String roomId) {
        Map<String, Object> room = Map.of("room", roomId, "most", 1, "answers", false, "counts", true);
        return reader.read(admitAndRead(new HashMap<>(room)), null);
    }

    /** Repeats until all queued webhook calls are admitted. */
    private JsonNode admitAndRead(Map<String, Object> args) {
        args.put("batch", ADMIT_AT_ONCE);
        args.put("settle", rules.settleTime().toMillis());
        args.put("window", rules.settleTime().plus(LONGEST_CALL).toMillis());
        JsonNode answer = scripts.run("snapshot", args);
        while (answer.path("more").asBoolean()) {
            answer = scripts.run("snapshot", args);
        }
        return answer;
    }

    /**
     * Counts the customer for the agent that an operator chose.
     *
     * @param found the session's state when the operator chose
     * @throws Conflict if it changed meanwhile
     */
    public Reservation reserveByHand(Placement placement, SessionState found, String by) {
        Map<String, Object> args = new HashMap<>();
        args.put("by", by);
        String from = found.agent() == null ? null : found.agent().id();
        Map<String, Object> chosen = Decisions.chosen(placement.match());
        chosen.put("by", by);
        chosen.put(
                "before",
                from == null ? Map.of("state", found.state()) : Map.of("state", found.state(), "agent_id", from));
        chosen.put(
                "after",
                Map.of("state", "assigned", "agent_id", placement.agent().id()));
        if (from != null) {
            args.put("from", from);
        }
        if (placement.agent().isFull()) {
            chosen.put("beyond_capacity", true);
        }
        Reservation reservation = reserve(placement, args, chosen);
        if (!reservation.isReserved()) {
            SessionState now = sessions.find(found.roomId());
            boolean isAsFound = now.state().equals(found.state()) && Objects.equals(now.agent(), found.agent());
            throw new Conflict(
                    isAsFound
                            ? English.say(
                                    "refusal.agent_changed",
                                    "agent",
                                    placement.agent().name())
                            : now + ".");
        }
        return reservation;
    }

    /** Counts the customer for the agent, if nothing changed since the snapshot. */
    public Reservation reserve(Placement placement) {
        long asked = System.nanoTime();
        if (asked - readAt > DECIDER_LEASE.toNanos()) {
            // This process was held up during the round, so its lists are old.
            return new Reservation(Reservation.Outcome.CHANGED, null, null, null, asked);
        }
        Reservation reservation = reserve(
                placement, decider(Map.of("place", placement.session().place())), Decisions.chosen(placement.match()));
        if (reservation.outcome() == Reservation.Outcome.CHANGED) {
            // The agent may have been paused since, which only a full read shows.
            countsRead = asked - READ_COUNTS.toNanos();
        }
        return reservation;
    }

    private Reservation reserve(Placement placement, Map<String, Object> args, Map<String, Object> chosen) {
        long asked = System.nanoTime();
        Contender agent = placement.agent();
        args.putAll(Map.of(
                "room_id", placement.session().roomId(),
                "agent_id", agent.id(),
                "agent_name", agent.name(),
                "expected", placement.expected(),
                "customers", agent.customers() + 1,
                "certain", agent.certain() + 1,
                "capacity", agent.capacity(),
                "claim", newClaim(),
                "lease", rules.lease().toMillis(),
                "chosen", chosen));
        JsonNode answer = scripts.run("reserve", args);
        Reservation.Outcome outcome =
                Reservation.Outcome.valueOf(outcome(answer).toUpperCase(Locale.ROOT));
        return new Reservation(
                outcome,
                reader.session(answer.get("session")),
                outcome == Reservation.Outcome.RESERVED ? agent : null,
                answer.path("from_id").asText(null),
                asked);
    }

    /**
     * Whether an assign call that begins now ends within the lease of the claim, which is at least three time-outs
     * long. After the lease another agent may get the room.
     */
    public boolean isInTime(Reservation reservation) {
        return isInTime(reservation.asked());
    }

    private boolean isInTime(long asked) {
        return System.nanoTime() - asked < rules.lease().toNanos() * 2 / 3;
    }

    /** Stores why sessions keep waiting, where the reason changed. */
    public void note(List<Match> waiting) {
        List<Map<String, Object>> news = waiting.stream()
                .filter(match -> !match.why()
                        .toString()
                        .equals(match.candidate().session().reason()))
                .map(Decisions::waits)
                .toList();
        if (!news.isEmpty()) {
            scripts.run("waits", Map.of("sessions", news));
        }
    }

    /** Stores what the lists showed about agents, for the wallboard. */
    public void show(List<AgentSeen> seen) {
        if (!seen.isEmpty()) {
            scripts.run("presence", Map.of("agents", seen));
        }
    }

    /** The reservation becomes an assignment. @return false if we lost the claim */
    public boolean confirm(Session session) {
        return confirm(session, null);
    }

    /** @param reason why the agent keeps the room, if an operator wanted it back; else null */
    public boolean confirm(Session session, String reason) {
        Map<String, Object> args = leaving(session);
        if (reason != null) {
            args.put("reason", reason);
        }
        return "confirmed".equals(outcome(scripts.run("confirm", args)));
    }

    /** The room of a move is empty: the previous agent gets a slot back, and the reservation is like any other. */
    public boolean vacated(Session session) {
        return "vacated".equals(outcome(scripts.run("vacated", leaving(session))));
    }

    private Map<String, Object> leaving(Session session) {
        Map<String, Object> args = claimOf(session);
        args.put("pause_after", rules.silentPauseAfter());
        return args;
    }

    /** Puts a session that has an agent back at its first place in line. @return whether it was not in line before */
    public boolean move(Unanswered unanswered) {
        return "waiting"
                .equals(outcome(scripts.run(
                        "move",
                        Map.of(
                                "room_id", unanswered.roomId(),
                                "agent_id", unanswered.agentId(),
                                "reason", unanswered.reason().id(),
                                "since", unanswered.since(),
                                "moves", rules.moves()))));
    }

    /**
     * An agent answered in a room that we hold: its session does not move, and the agent no longer counts as silent.
     */
    public void answered(String roomId, String agentId) {
        Reads reads = new Reads(redis);
        Supplier<String> session = reads.hget(keys.session(), roomId);
        Supplier<String> agent = reads.hget(keys.agent(), agentId);
        reads.send();
        Stored known = Stored.read(json, agent.get());
        if (session.get() != null
                || known.whole("silent") != null
                || !known.object("paused").isAbsent()) {
            scripts.run("resume", Map.of("room_id", roomId, "agent_id", agentId));
        }
    }

    /** An operator moves a session to the next agent in turn. @throws Conflict if its agent no longer has it */
    public Action sendOn(SessionState session, String by) {
        Map<String, Object> args = new HashMap<>(Map.of(
                "room_id", session.roomId(),
                "agent_id", session.agent().id(),
                "reason", Unanswered.Reason.OPERATOR.id(),
                "since", now(),
                "by", by));
        return act("move", args);
    }

    /**
     * An operator takes a session back from its agent. It is claimed and counts for the agent until the agent has left
     * the room.
     *
     * @return the claimed session
     * @throws Conflict if that agent no longer has it
     */
    public Session takeBack(SessionState session, String by) {
        Map<String, Object> args = Map.of(
                "room_id", session.roomId(),
                "agent_id", session.agent().id(),
                "by", by,
                "claim", newClaim(),
                "lease", rules.lease().toMillis());
        return reader.session(done("take_back", args).get("session"));
    }

    /** An operator puts a session first. @throws Conflict if it is not in line */
    public Action prioritize(SessionState session, String by) {
        return act("prioritize", new HashMap<>(Map.of("room_id", session.roomId(), "by", by)));
    }

    /** Whether the agent was ever seen. */
    public boolean knows(String agentId) {
        return redis.opsForHash().hasKey(keys.agent(), agentId);
    }

    /** An operator resumes an agent. @throws NotKnown if the agent was never seen */
    public Action resume(String agentId, String by) {
        return act("resume", new HashMap<>(Map.of("agent_id", agentId, "by", by)));
    }

    /** An operator pauses an agent. @throws InvalidRequest if the end of the pause has passed */
    public Action pause(String agentId, Pause pause, String by) {
        Map<String, Object> args = new HashMap<>(Map.of("agent_id", agentId, "by", by));
        args.put("until", pause.until());
        args.put("reason", pause.reason());
        return act("pause", args);
    }

    /** An operator sets the capacity of agents without their own. It applies to the next decision of every instance. */
    public Action setCapacity(Capacity capacity, String by) {
        return act(
                "capacity",
                new HashMap<>(
                        Map.of("by", by, "capacity", capacity.maxCustomerPerAgent(), "otherwise", rules.capacity())));
    }

    /** An operator gives an agent their own capacity. @param capacity null: the capacity of all agents */
    public Action giveCapacity(String agentId, Integer capacity, String by) {
        Map<String, Object> args = new HashMap<>(Map.of("agent_id", agentId, "by", by));
        args.put("capacity", capacity);
        return act("capacity", args);
    }

    private Action act(String script, Map<String, Object> args) {
        args.values().removeIf(Objects::isNull);
        JsonNode answer = done(script, args);
        JsonNode event = answer.path("events").path(0);
        return new Action(answer.path("at").asLong(), event.isMissingNode() ? null : scripts.event(event));
    }

    /** @throws InvalidRequest if it could not be done */
    private JsonNode done(String script, Map<String, Object> args) {
        JsonNode answer = scripts.run(script, args);
        switch (outcome(answer)) {
            case "unknown" -> throw new NotKnown(English.say("refusal.agent_unknown"));
            case "past" -> throw new InvalidRequest(English.say("refusal.past"));
            case "kept", "gone" -> throw new Conflict(sessions.find((String) args.get("room_id")) + ".");
            default -> {}
        }
        return answer;
    }

    /**
     * Extends the claim by another lease.
     *
     * @return whether a call to Qiscus that begins now ends within it; otherwise Recovery takes over
     */
    public boolean renew(Session session) {
        long asked = System.nanoTime();
        Map<String, Object> args = claimOf(session);
        args.put("lease", rules.lease().toMillis());
        return "renewed".equals(outcome(scripts.run("renew", args))) && isInTime(asked);
    }

    /** Returns the session to its place and frees its slot. */
    public void returnToLine(Session session, Retry retry) {
        Map<String, Object> args = claimOf(session);
        args.put("to", "line");
        args.put("reason", retry.reason());
        args.put("refused", retry.isRefused());
        args.put("own", retry.isItsOwn());
        args.put("rest", retry.rest().toMillis());
        args.put("pause", retry.pause().toMillis());
        args.put("overtaken", retry.isOvertaken());
        scripts.run("release", args);
    }

    /** Parks the session for a human and frees its slot. */
    public void park(Session session, String reason) {
        end(session, "parked", reason);
    }

    /** Ends the session and frees its slot. */
    public void drop(Session session, String reason) {
        end(session, "dropped", reason);
    }

    /** Ends the move: the agent keeps the room. */
    public void stay(Session session, String reason) {
        end(session, "kept", reason);
    }

    private void end(Session session, String to, String reason) {
        Map<String, Object> args = claimOf(session);
        args.put("to", to);
        args.put("reason", reason);
        scripts.run("release", args);
    }

    /** Keeps the slot, and lets Recovery take over the claim after a while. */
    public void unclear(Session session, AssignAnswer answer) {
        unclear(session, answer, false);
    }

    /** @param replaced the call was to replace the agent who has the room */
    public void unclear(Session session, AssignAnswer answer, boolean replaced) {
        Map<String, Object> args = claimOf(session);
        args.put("reason", answer.reason());
        args.put("replaced", replaced);
        args.put("look_again", rules.lookAgain().toMillis());
        scripts.run("unclear", args);
    }

    /** Takes over the next claim whose lease ran out; null if there is none. */
    public UnclearAssignment expired() {
        while (true) {
            JsonNode answer = scripts.run(
                    "expired",
                    Map.of(
                            "lease", rules.lease().toMillis(),
                            "look_again", rules.lookAgain().toMillis(),
                            "claim", newClaim()));
            switch (outcome(answer)) {
                case "session" -> {
                    return new UnclearAssignment(
                            reader.session(answer.get("session")),
                            answer.path("agent_id").asText(),
                            answer.path("from_id").asText(null),
                            answer.path("unknown_for").asLong());
                }
                case "nothing" -> {
                    return null;
                }
                default -> {}
            }
        }
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
        JsonNode answer = scripts.run("resolve", args);
        while ("more".equals(outcome(answer))) {
            answer = scripts.run("resolve", args);
        }
        return changed(answer, resolve.roomId());
    }

    /** The last event says what changed. */
    private Resolved changed(JsonNode answer, String roomId) {
        Resolved.Outcome outcome = Resolved.Outcome.valueOf(outcome(answer).toUpperCase(Locale.ROOT));
        JsonNode events = answer.path("events");
        boolean changed =
                switch (outcome) {
                    case UNKNOWN, REPEATED, EARLIER -> false;
                    default -> !events.isEmpty();
                };
        return changed
                ? new Resolved(
                        outcome,
                        scripts.event(events.get(events.size() - 1)).toString(),
                        answer.path("wanted").asBoolean())
                : Resolved.nothingChanged(outcome, roomId);
    }

    /** Whether it is time to reconcile with Qiscus: once a period, on the instance that decides. */
    public boolean mayReconcile() {
        if (!decides()) {
            return false;
        }
        Double pausedUntil = redis.opsForZSet().score(keys.resting(), Keys.EVERYBODY);
        if (pausedUntil != null && pausedUntil > now()) {
            return false;
        }
        // A little less than the period, because the next timer would otherwise find the mark of the last one.
        return take(keys.reconciled(), rules.reconcilePeriod().multipliedBy(9).dividedBy(10));
    }

    /** Sets each agent's count to the number of their rooms. */
    public void recount() {
        scripts.run("recount", Map.of());
    }

    /** Repairs what was damaged by hand, and converts the state of earlier versions. */
    public void repair() {
        String suffix = ".replaced-" + LocalDateTime.now(ZoneOffset.UTC).format(TO_THE_MILLISECOND);
        List<String> aside = keys.forScript().stream().map(key -> key + suffix).toList();
        String cursor = "0";
        do {
            cursor = scripts.run("repair", Map.of("cursor", cursor, "types", Keys.TYPES), aside)
                    .path("cursor")
                    .asText("0");
        } while (!"0".equals(cursor));
        forgetEarlierLines();
    }

    /** Removes the lines of versions before 2, whose sessions are in the new line now. */
    private void forgetEarlierLines() {
        if (redis.type(keys.earlierChannels()) == DataType.SET) {
            redis.opsForSet().members(keys.earlierChannels()).stream()
                    .map(keys::earlierLine)
                    .filter(line -> redis.type(line) == DataType.ZSET)
                    .forEach(redis::delete);
            redis.delete(keys.earlierChannels());
        }
        if (redis.type(keys.earlierHeld()) == DataType.HASH) {
            redis.delete(keys.earlierHeld());
        }
    }

    /**
     * One of our rooms per channel, to ask for the agents of that channel; of many channels the next ones. The order is
     * random, so that a room at which Qiscus fails does not always block the same others.
     */
    public List<Session> roomOfEachChannel() {
        List<Map.Entry<String, String>> held = new ArrayList<>(
                redis.<String, String>opsForHash().entries(keys.assigned()).entrySet());
        Collections.shuffle(held);
        Map<String, Session> rooms = new TreeMap<>();
        held.forEach(room -> rooms.putIfAbsent(
                Stored.tree(json, room.getValue()).path("channel").asText(""), Session.ofRoom(room.getKey())));
        List<Session> channels = new ArrayList<>(rooms.values());
        Collections.rotate(channels, -channelsLookedAt.getAndAdd(CHANNELS_AT_ONCE));
        List<Session> next = new ArrayList<>(channels.subList(0, Math.min(CHANNELS_AT_ONCE, channels.size())));
        Collections.shuffle(next);
        return next;
    }

    /** The oldest room of an agent counts for another agent now. We do not know which room it really was. */
    public void transfer(Transfer transfer) {
        long settled = now() - rules.settleTime().toMillis();
        Map<String, JsonNode> held = new HashMap<>();
        redis.<String, String>opsForHash()
                .entries(keys.assigned())
                .forEach((room, text) -> held.put(room, Stored.tree(json, text)));
        held.entrySet().stream()
                .filter(room -> transfer.fromId()
                                .equals(room.getValue().path("agent_id").asText())
                        && room.getValue().path("since").asLong() <= settled)
                .min(Comparator.comparingLong(
                        room -> room.getValue().path("since").asLong()))
                .ifPresent(room -> transfer(room.getKey(), transfer.fromId(), transfer.to()));
    }

    /** The room counts for the agent who is in it. */
    public void handOver(HeldRoom room, Agent to) {
        transfer(room.session().roomId(), room.agentId(), to);
    }

    void transfer(String roomId, String fromId, Agent to) {
        scripts.run(
                "transfer",
                Map.of(
                        "room_id", roomId,
                        "from", fromId,
                        "agent_id", to.id(),
                        "agent_name", to.shownName(),
                        "settle", rules.settleTime().toMillis()));
    }

    /** The confirmed rooms that were not checked for longest, as many as may be checked at a time. */
    public List<HeldRoom> roomsToCheck() {
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
        // A future time was written before the clock was set back.
        checked.values().removeIf(at -> at > now);
        return held(
                held.stream()
                        .filter(room -> checked.getOrDefault(room, 0.0) >= 0)
                        .sorted(Comparator.comparing(room -> checked.getOrDefault(room, 0.0)))
                        .limit(CHECK_AT_ONCE)
                        .toList(),
                Map.of());
    }

    /**
     * The confirmed rooms for which Qiscus sent another webhook; none unless this instance decides. The order is
     * random, so that a room at which Qiscus fails does not always block the same others.
     */
    public List<HeldRoom> roomsCalledAbout() {
        Map<String, Double> called = new HashMap<>();
        redis.opsForZSet()
                .rangeByScoreWithScores(keys.checked(), Double.NEGATIVE_INFINITY, -1, 0, CHECK_AT_ONCE)
                .forEach(room -> called.put(room.getValue(), -room.getScore()));
        if (called.isEmpty() || !decides()) {
            return List.of();
        }
        List<String> rooms = new ArrayList<>(called.keySet());
        Collections.shuffle(rooms);
        return held(rooms, called);
    }

    /** @param called when the webhooks came */
    private List<HeldRoom> held(List<String> rooms, Map<String, Double> called) {
        Set<String> claimed = redis.opsForZSet().range(keys.claimed(), 0, -1);
        List<String> confirmed =
                rooms.stream().filter(room -> !claimed.contains(room)).toList();
        if (confirmed.isEmpty()) {
            return List.of();
        }
        long now = now();
        List<String> assignments = redis.<String, String>opsForHash().multiGet(keys.assigned(), confirmed);
        return IntStream.range(0, confirmed.size())
                .filter(i -> assignments.get(i) != null)
                .mapToObj(i -> new HeldRoom(
                        Session.ofRoom(confirmed.get(i)),
                        Stored.tree(json, assignments.get(i)).path("agent_id").asText(),
                        called.containsKey(confirmed.get(i))
                                ? Math.max(0, now - called.get(confirmed.get(i)).longValue())
                                : null))
                .toList();
    }

    /** The rooms that our agents have or are about to get; none unless this instance decides. */
    public List<WatchedRoom> watchedRooms() {
        if (!decides()) {
            return List.of();
        }
        Set<String> inFlight = redis.opsForZSet().range(keys.claimed(), 0, -1);
        return redis.<String, String>opsForHash().entries(keys.assigned()).entrySet().stream()
                .map(held -> watched(held.getKey(), held.getValue(), inFlight.contains(held.getKey())))
                .toList();
    }

    private WatchedRoom watched(String roomId, String assignment, boolean isInFlight) {
        JsonNode told = Stored.tree(json, assignment);
        long since = told.path("since").asLong();
        return new WatchedRoom(
                roomId, told.path("agent_id").asText(), told.path("reserved").asLong(since), since, isInFlight);
    }

    /** Whether the room is unchanged, and this instance decides about it. */
    public boolean isWatched(WatchedRoom room) {
        String assignment = redis.<String, String>opsForHash().get(keys.assigned(), room.roomId());
        return decides()
                && assignment != null
                && redis.opsForZSet().score(keys.claimed(), room.roomId()) == null
                && watched(room.roomId(), assignment, false).equals(room);
    }

    /** A room that we hold, to be checked now; null if we do not hold it, or if it is being checked anyway. */
    public HeldRoom toLookInto(WatchedRoom room) {
        Double checked = redis.opsForZSet().score(keys.checked(), room.roomId());
        if (checked != null && checked < 0 || !isWatched(room)) {
            return null;
        }
        List<HeldRoom> held = held(List.of(room.roomId()), Map.of());
        held.forEach(found -> markChecked(found.session()));
        return held.isEmpty() ? null : held.get(0);
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

    /** Other rooms are checked first the next time. */
    public void markChecked(Session room) {
        redis.opsForZSet().add(keys.checked(), room.roomId(), now());
    }

    /**
     * Frees the slot of a room that our agent no longer serves, unless it changed just now. The customer waits again if
     * Qiscus has sent a webhook for them since.
     */
    public void freeStale(Session room) {
        scripts.run(
                "transfer",
                Map.of("room_id", room.roomId(), "settle", rules.settleTime().toMillis()));
    }

    /** Sessions that are not known here: neither queued, waiting, claimed, assigned nor parked. */
    public List<NewSession> unknownOf(List<NewSession> waiting) {
        return waiting.isEmpty() ? List.of() : unknown(waiting);
    }

    /** How many of these are neither waiting, claimed, assigned nor parked here. */
    public int countUnknown(List<NewSession> waiting) {
        return unknownOf(waiting).size();
    }

    private List<NewSession> unknown(List<NewSession> waiting) {
        // The queue comes first, because a session that leaves it meanwhile is found in the next place.
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
                .map(call -> Stored.tree(json, call).path("room_id").asText())
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

    /** Tries a parked session again at its place, or drops it. @throws NotKnown if no session of the room is parked */
    public Resolved unpark(String roomId, boolean retry, String by) {
        JsonNode answer = scripts.run("unpark", Map.of("room_id", roomId, "retry", retry, "by", by));
        if ("unknown".equals(outcome(answer))) {
            throw new NotKnown(English.say("refusal.not_parked"));
        }
        return changed(answer, roomId);
    }

    /** Stores which agents are online, for the wallboard. */
    public void see(List<Agent> agents) {
        if (!agents.isEmpty()) {
            scripts.run(
                    "presence",
                    Map.of(
                            "agents",
                            agents.stream()
                                    .map(agent -> Map.of(
                                            "id", agent.id(), "name", agent.shownName(), "online", agent.isOnline()))
                                    .toList()));
        }
    }

    private static String outcome(JsonNode answer) {
        return answer.path("outcome").asText();
    }

    private Map<String, Object> decider(Map<String, Object> args) {
        Map<String, Object> all = new HashMap<>(args);
        all.put("decider", instance);
        return all;
    }

    /** A session without a claim waits in its line. */
    private Map<String, Object> claimOf(Session session) {
        Map<String, Object> args = new HashMap<>();
        args.put("room_id", session.roomId());
        if (session.claim() == null) {
            args.put("place", session.place());
        } else {
            args.put("claim", session.claim());
        }
        return args;
    }

    private String newClaim() {
        return instance + ":" + claims.incrementAndGet();
    }
}
