package store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamReadOptions;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import wallboard.BoardSnapshot;
import wallboard.Event;
import wallboard.Wallboard;

/**
 * Reads the wallboard's data from Redis. It changes nothing, and its work is bounded, however many sessions wait. A
 * session that moves between two reads may be shown at the old or the new place.
 */
public class BoardReader implements Wallboard.Source {
    private static final int PAGE = 1000;
    private static final int MOST_CHANNELS = 100;
    private static final int MOST_AGENTS = 500;
    private static final int MOST_PARKED = 100;
    private static final long A_DAY = Duration.ofDays(1).toMillis();

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final int capacity;
    private final Lines lines;

    /** @param capacity of an agent, unless another was set at run time */
    public BoardReader(StringRedisTemplate redis, ObjectMapper json, Keys keys, int capacity) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.capacity = capacity;
        this.lines = new Lines(redis, keys);
    }

    @Override
    public BoardSnapshot snapshot(int most, Duration goal) {
        long now = Reads.now(redis);
        List<Place> heads = lines.heads();

        Reads reads = new Reads(redis);
        Supplier<Long> waiting = reads.zcard(keys.waiting());
        Supplier<Long> claimed = reads.zcard(keys.claimed());
        Supplier<Long> calls = reads.llen(keys.queue());
        Supplier<Long> assigned = reads.hlen(keys.assigned());
        Supplier<Long> parkedRooms = reads.hlen(keys.parked());
        Supplier<Double> paused = reads.zscore(keys.resting(), Keys.EVERYBODY);
        Supplier<Map<String, String>> config = reads.hgetall(keys.config());
        Supplier<List<String>> nextCalls = reads.lrange(keys.queue(), -most, -1);
        Supplier<List<String>> nextClaimed = reads.zrange(keys.claimed(), 0, most - 1);
        Map<String, Supplier<Long>> late = new LinkedHashMap<>();
        heads.stream()
                .filter(head -> head.askedAt() < now - goal.toMillis())
                .forEach(head ->
                        late.put(head.channel(), lines.olderThan(reads, head.channel(), now - goal.toMillis())));
        List<Place> told = heads.stream().limit(MOST_CHANNELS).toList();
        List<Supplier<Long>> lengths =
                told.stream().map(head -> lines.length(reads, head.channel())).toList();
        Supplier<List<String>> firstSessions =
                reads.hmget(keys.session(), told.stream().map(Place::roomId).toList());
        Supplier<List<Place>> oldest = oldest(reads, heads, most);
        reads.send();

        Capacities.Table capacities = Capacities.read(config.get(), capacity);
        List<BoardSnapshot.Line> channels = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            Place head = told.get(i);
            Stored first = Stored.read(json, firstSessions.get().get(i));
            channels.add(new BoardSnapshot.Line(
                    head.channel(),
                    first.text("source"),
                    first.text("reason"),
                    lengths.get(i).get().intValue(),
                    late.getOrDefault(head.channel(), () -> 0L).get().intValue(),
                    head.askedAt()));
        }
        // The newest call is at the head of the queue.
        List<Stored> queued = Stream.iterate(nextCalls.get().size() - 1, i -> i >= 0, i -> i - 1)
                .map(i -> Stored.read(json, nextCalls.get().get(i)))
                .filter(call -> call.text("room_id") != null && call.whole("received_at") != null)
                .toList();
        return new BoardSnapshot(
                now,
                waiting.get().intValue() + calls.get().intValue(),
                claimed.get().intValue(),
                late.values().stream().mapToInt(of -> of.get().intValue()).sum(),
                calls.get().intValue(),
                queued.isEmpty() ? null : queued.get(0).whole("received_at"),
                assigned.get().intValue(),
                parkedRooms.get().intValue(),
                later(paused.get(), now),
                capacities.ofAll(),
                channels,
                sessions(now, most, heads, oldest.get(), nextClaimed.get(), queued),
                agents(now, capacities),
                parked());
    }

    /**
     * The heads of the lines come oldest first: a session later than the first {@code most} heads is not among the
     * oldest.
     */
    private Supplier<List<Place>> oldest(Reads reads, List<Place> heads, int most) {
        double youngest =
                heads.size() < most ? Stored.LARGEST - 1 : heads.get(most - 1).askedAt() + 1.0;
        List<Supplier<List<Place>>> each = heads.stream()
                .limit(most)
                .map(head -> lines.firstOf(reads, head.channel(), youngest, most))
                .toList();
        return () -> each.stream()
                .flatMap(places -> places.get().stream())
                .sorted(Lines.OLDEST_FIRST)
                .limit(most)
                .toList();
    }

    private List<BoardSnapshot.Waiting> sessions(
            long now, int most, List<Place> heads, List<Place> oldest, List<String> claimed, List<Stored> calls) {
        Set<String> rooms = new LinkedHashSet<>(claimed);
        oldest.forEach(place -> rooms.add(place.roomId()));
        calls.forEach(call -> rooms.add(call.text("room_id")));
        Reads reads = new Reads(redis);
        Supplier<List<String>> sessionsRead = reads.hmget(keys.session(), rooms);
        Supplier<List<String>> assignments = reads.hmget(keys.assigned(), claimed);
        List<Supplier<Double>> rests = oldest.stream()
                .map(place -> reads.zscore(keys.resting(), place.roomId()))
                .toList();
        reads.send();
        Map<String, String> sessions = byField(rooms, sessionsRead.get());

        // A session may have moved on between two reads: it is shown once, in its latest state.
        Map<String, BoardSnapshot.Waiting> told = new LinkedHashMap<>();
        // A session that was put first has an earlier place than the time when it asked.
        Map<String, Long> places = new HashMap<>();
        oldest.forEach(place -> places.put(place.roomId(), place.askedAt()));
        for (int i = 0; i < claimed.size(); i++) {
            String room = claimed.get(i);
            Stored session = Stored.read(json, sessions.get(room));
            Stored assignment = Stored.read(json, assignments.get().get(i));
            Stored next = assignment.object("to");
            told.put(
                    room,
                    new BoardSnapshot.Waiting(
                            room,
                            session.text("channel"),
                            session.text("source"),
                            session.text("name"),
                            session.whole("doubt_since") == null ? "chosen" : "doubted",
                            session.text("reason"),
                            (next.isAbsent() ? assignment : next).text("agent_name"),
                            false,
                            null,
                            SessionReader.asked(session, session.whole("first_asked", now)),
                            move(session)));
        }
        for (int i = 0; i < oldest.size(); i++) {
            Place place = oldest.get(i);
            Stored session = Stored.read(json, sessions.get(place.roomId()));
            told.putIfAbsent(
                    place.roomId(),
                    new BoardSnapshot.Waiting(
                            place.roomId(),
                            place.channel(),
                            session.text("source"),
                            session.text("name"),
                            "waiting",
                            session.text("reason"),
                            null,
                            heads.contains(place),
                            later(rests.get(i).get(), now),
                            SessionReader.asked(session, place.askedAt()),
                            move(session)));
        }
        for (Stored call : calls) {
            String room = call.text("room_id");
            if (sessions.get(room) == null) {
                told.putIfAbsent(
                        room,
                        new BoardSnapshot.Waiting(
                                room,
                                call.text("channel"),
                                call.text("source"),
                                call.text("name"),
                                "queued",
                                null,
                                null,
                                false,
                                null,
                                call.whole("received_at"),
                                null));
            }
        }
        return told.values().stream()
                .sorted(Comparator.comparing(waiting -> places.getOrDefault(waiting.roomId(), waiting.firstAsked())))
                .limit(most)
                .toList();
    }

    private static BoardSnapshot.Move move(Stored session) {
        Stored move = session.object("move");
        return move.text("from") == null
                ? null
                : new BoardSnapshot.Move(move.text("from"), move.text("from_name"), move.whole("since"));
    }

    /** Agents who were last seen long ago are left out. */
    private List<BoardSnapshot.Seen> agents(long now, Capacities.Table capacities) {
        Map<String, String> records = someOf(keys.agent(), MOST_AGENTS);
        Reads reads = new Reads(redis);
        Supplier<List<String>> countsRead = reads.hmget(keys.count(), records.keySet());
        reads.send();
        Map<String, String> counts = byField(records.keySet(), countsRead.get());
        List<BoardSnapshot.Seen> agents = new ArrayList<>();
        records.forEach((id, text) -> {
            SeenAgent agent = SeenAgent.read(json, text, counts.get(id), now);
            if (agent.ours() > 0 || agent.lastHeardOf() > now - A_DAY) {
                agents.add(new BoardSnapshot.Seen(
                        id,
                        agent.name(),
                        agent.online(),
                        agent.seen(),
                        agent.ours(),
                        agent.external(),
                        capacities.of(id),
                        agent.lastAssigned() > 0 ? agent.lastAssigned() : null,
                        agent.isPaused() ? AgentReader.paused(Stored.read(json, text)) : null));
            }
        });
        return agents;
    }

    private List<BoardSnapshot.Parked> parked() {
        List<BoardSnapshot.Parked> parked = new ArrayList<>();
        someOf(keys.parked(), MOST_PARKED).forEach((room, text) -> {
            Stored aside = Stored.read(json, text);
            Stored session = aside.object("session");
            parked.add(new BoardSnapshot.Parked(
                    room,
                    session.text("name"),
                    session.text("channel"),
                    session.text("source"),
                    aside.text("reason"),
                    aside.whole("at"),
                    session.isSessionOf(room)));
        });
        return parked;
    }

    /** Only a part of a large hash. */
    private Map<String, String> someOf(String hash, int most) {
        Map<String, String> some = new LinkedHashMap<>();
        try (Cursor<Map.Entry<String, String>> scan = redis.<String, String>opsForHash()
                .scan(hash, ScanOptions.scanOptions().count(most).build())) {
            while (some.size() < most && scan.hasNext()) {
                Map.Entry<String, String> field = scan.next();
                some.put(field.getKey(), field.getValue());
            }
        }
        return some;
    }

    private static Map<String, String> byField(Collection<String> fields, List<String> values) {
        Map<String, String> found = new HashMap<>();
        Iterator<String> value = values.iterator();
        fields.forEach(field -> found.put(field, value.next()));
        return found;
    }

    private static Long later(Double time, long now) {
        return time != null && time > now ? (Long) time.longValue() : null;
    }

    @Override
    public List<Event> historyAfter(String id) {
        List<MapRecord<String, String, String>> entries = redis.<String, String>opsForStream()
                .read(StreamReadOptions.empty().count(PAGE), StreamOffset.create(keys.history(), ReadOffset.from(id)));
        return entries == null
                ? List.of()
                : entries.stream()
                        .map(entry -> new Event(
                                entry.getId().getValue(),
                                entry.getValue().get("event"),
                                entry.getValue().get("room"),
                                Stored.tree(json, entry.getValue().get("data"))))
                        .toList();
    }
}
