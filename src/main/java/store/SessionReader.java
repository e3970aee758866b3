package store;

import assignment.English;
import assignment.NotKnown;
import assignment.SessionPage;
import assignment.SessionState;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Reads the state of sessions. It changes nothing. */
public class SessionReader {
    private static final int NEWEST_CALLS = 200;

    private final StringRedisTemplate redis;
    private final ObjectMapper json;
    private final Keys keys;
    private final Lines lines;

    public SessionReader(StringRedisTemplate redis, ObjectMapper json, Keys keys) {
        this.redis = redis;
        this.json = json;
        this.keys = keys;
        this.lines = new Lines(redis, keys);
    }

    /** @throws NotKnown if no session of the room waits, has an agent or is parked */
    public SessionState find(String roomId) {
        SessionState session = states(List.of(roomId)).get(0);
        if (session.state() == null) {
            throw new NotKnown(English.say("refusal.no_session"));
        }
        return session;
    }

    /**
     * The waiting sessions, line by line and in order; or those that have an agent or are parked, the longest first.
     */
    public SessionPage page(SessionPage.Query query) {
        if (query.state().equals("waiting")) {
            Reads reads = new Reads(redis);
            Supplier<Long> total = reads.zcard(keys.waiting());
            Supplier<List<String>> places =
                    reads.zrange(keys.waiting(), query.from(), query.from() + query.limit() - 1L);
            reads.send();
            List<String> rooms = places.get().stream()
                    .map(Place::read)
                    .filter(Objects::nonNull)
                    .map(Place::roomId)
                    .toList();
            return page(query, rooms, total.get().intValue());
        }
        boolean isParked = query.state().equals("parked");
        Map<String, String> all =
                redis.<String, String>opsForHash().entries(isParked ? keys.parked() : keys.assigned());
        List<String> rooms = all.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, String> room) ->
                                Stored.read(json, room.getValue()).whole(isParked ? "at" : "since", 0))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .skip(query.from())
                .limit(query.limit())
                .toList();
        return page(query, rooms, all.size());
    }

    /** Sessions that left this state meanwhile are left out. */
    private SessionPage page(SessionPage.Query query, List<String> rooms, int total) {
        return query.of(
                states(rooms).stream()
                        .filter(session -> session.state() != null)
                        .toList(),
                total);
    }

    /**
     * What Redis has about a room; each part may be absent.
     *
     * @param isParked there is a parked entry, readable or not
     */
    private record Kept(Stored session, Stored assignment, Stored parked, boolean isParked) {

        /** The session that is in line, claimed or parked. */
        Stored told() {
            return session.isAbsent() ? parked.object("session") : session;
        }
    }

    /** One per room, in the same order; an unknown room has no state. */
    List<SessionState> states(List<String> rooms) {
        Reads reads = new Reads(redis);
        Supplier<List<String>> sessions = reads.hmget(keys.session(), rooms);
        Supplier<List<String>> assignments = reads.hmget(keys.assigned(), rooms);
        Supplier<List<String>> parked = reads.hmget(keys.parked(), rooms);
        Supplier<List<String>> newestCalls = reads.lrange(keys.queue(), 0, NEWEST_CALLS - 1);
        reads.send();
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            Stored session = Stored.read(json, sessions.get().get(i));
            Stored assignment = Stored.read(json, assignments.get().get(i));
            kept.add(new Kept(
                    session.isSessionOf(rooms.get(i)) ? session : Stored.NOTHING,
                    assignment.text("agent_id") == null ? Stored.NOTHING : assignment,
                    Stored.read(json, parked.get().get(i)),
                    parked.get().get(i) != null));
        }
        List<Supplier<Integer>> positions = positions(rooms, kept);
        List<SessionState> states = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            states.add(state(rooms.get(i), kept.get(i), positions.get(i).get(), newestCalls.get()));
        }
        return states;
    }

    /** 1 for the first of its line; null if it is not in line. */
    private List<Supplier<Integer>> positions(List<String> rooms, List<Kept> kept) {
        Reads reads = new Reads(redis);
        List<Supplier<Integer>> positions = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            Stored session = kept.get(i).session();
            if (session.isAbsent()) {
                positions.add(() -> null);
                continue;
            }
            Place place = Place.of(session.text("channel"), session.number("first_asked"), rooms.get(i));
            Supplier<Boolean> stands = lines.has(reads, place);
            Supplier<Long> before = lines.before(reads, place);
            positions.add(() -> stands.get() ? before.get().intValue() + 1 : null);
        }
        reads.send();
        return positions;
    }

    private SessionState state(String room, Kept kept, Integer position, List<String> newestCalls) {
        Stored session = kept.session();
        Stored assignment = kept.assignment();
        if (!session.isAbsent()) {
            // A session that is to be moved is in line too, but its agent has it.
            String state = position == null ? "claimed" : assignment.isAbsent() ? "waiting" : "assigned";
            return state(
                    room, state, kept, position, session.text("reason"), asked(session, session.whole("first_asked")));
        }
        if (!assignment.isAbsent()) {
            return state(room, "assigned", kept, null, kept.parked().text("reason"), null);
        }
        if (kept.isParked()) {
            return state(
                    room,
                    "parked",
                    kept,
                    null,
                    kept.parked().text("reason"),
                    kept.parked().whole("at"));
        }
        // It may have come just now.
        return newestCalls.stream()
                .map(call -> Stored.read(json, call))
                .filter(call -> room.equals(call.text("room_id")))
                .findFirst()
                .map(call -> new Kept(call, Stored.NOTHING, Stored.NOTHING, false))
                .map(call -> state(room, "waiting", call, null, null, null))
                .orElseGet(() -> state(room, null, kept, null, null, null));
    }

    /** When a session asked. One that was put first has an earlier place. */
    static long asked(Stored session, long place) {
        return session.whole("asked", place);
    }

    private static SessionState state(
            String room, String state, Kept kept, Integer position, String reason, Long since) {
        return new SessionState(
                room,
                state,
                first(kept, "name"),
                first(kept, "channel"),
                position,
                reason,
                since,
                since == null ? null : time(since),
                holder(kept.assignment()));
    }

    private static String first(Kept kept, String field) {
        return Stream.of(kept.told(), kept.assignment())
                .map(place -> place.text(field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The agent who has the room; in a move, the previous agent. */
    private static SessionState.Holder holder(Stored assignment) {
        if (assignment.isAbsent()) {
            return null;
        }
        long since = assignment.whole("since", 0);
        return new SessionState.Holder(assignment.text("agent_id"), assignment.text("agent_name"), since, time(since));
    }

    static String time(long milliseconds) {
        return Instant.ofEpochMilli(milliseconds).toString();
    }
}
