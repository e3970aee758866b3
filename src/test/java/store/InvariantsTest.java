package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.placement;

import assignment.Agent;
import assignment.FaultScope;
import assignment.InvalidRequest;
import assignment.Reservation;
import assignment.Resolve;
import assignment.Resolved.Outcome;
import assignment.Retry;
import assignment.RetryPolicy;
import assignment.Session;
import assignment.SessionState;
import assignment.SessionState.Holder;
import assignment.Snapshot;
import assignment.Unanswered;
import assignment.UnclearAssignment;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qiscus.Json;
import redis.clients.jedis.JedisPooled;
import support.RealRedis;

/**
 * After any events in any order, no room is lost or in two places, and the counts are true. Several instances decide in
 * turns, each by its last snapshot, however old that is.
 */
@Timeout(120)
class InvariantsTest {
    private static final int STEPS = 4000;
    private static final int CAPACITY = 2;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final List<SessionStore> stores = List.of(
            given.store(),
            given.settled(),
            given.store(Duration.ofMillis(3), Duration.ofMillis(3)),
            given.store(LONG, Duration.ZERO));
    /** Rooms whose customers have asked and were not resolved or dropped since. */
    private final Set<String> open = new TreeSet<>();
    /** Every session ever read in its line, and every claim: most are over by now, and must do no harm. */
    private final List<Session> read = new ArrayList<>();

    private final List<Session> claims = new ArrayList<>();
    /** The last snapshot of each store. */
    private final Map<SessionStore, Snapshot> snapshots = new HashMap<>();

    /** The store that last got the lease: it makes most decisions. */
    private SessionStore decider = stores.get(0);

    private Random random;

    static long[] seeds() {
        return new Random().longs(3).toArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRoomIsInOnePlaceAndTheCountsAreTrueAfterEveryStep(long seed) {
        System.out.println("InvariantsTest with seed " + seed);
        random = new Random(seed);
        Map<String, Integer> done = new HashMap<>();

        for (int step = 0; step < STEPS; step++) {
            String what = act("seed " + seed + ", step " + step);
            done.merge(what.substring(0, what.indexOf(':')), 1, Integer::sum);
            check("seed " + seed + ", step " + step + ", " + what);
        }

        assertThat(done)
                .as("seed " + seed)
                .containsKeys(
                        "ask",
                        "decides",
                        "follows",
                        "snapshot",
                        "not_decider",
                        "reserved",
                        "gone",
                        "changed",
                        "set_back",
                        "lost",
                        "confirmed",
                        "parked",
                        "dropped",
                        "doubted",
                        "expired",
                        "freed",
                        "left_line",
                        "unparked",
                        "repeated",
                        "earlier",
                        "unpark_waiting",
                        "unpark_dropped",
                        "stale",
                        "handed_over",
                        "kept",
                        "moves",
                        "stays",
                        "vacated",
                        "moved",
                        "nothing_answered",
                        "nothing_repaired",
                        "sent_on",
                        "taken_back",
                        "released",
                        "prioritized",
                        "given_by_hand",
                        "moves_by_hand",
                        "not_known",
                        "conflict");
    }

    private String act(String when) {
        SessionStore store = stores.get(random.nextInt(stores.size()));
        switch (random.nextInt(30)) {
            case 0, 1 -> {
                String room = room();
                given.asks(
                        room,
                        "c" + random.nextInt(3),
                        Long.toString(System.currentTimeMillis() - random.nextInt(5)),
                        random.nextInt(3) == 0 ? service() : null);
                open.add(room);
                return "ask: " + room;
            }
            case 2 -> {
                // Now and then the lease of another instance ran out.
                if (random.nextInt(3) == 0) {
                    given.redis().del("decider");
                }
                if (store.lead()) {
                    decider = store;
                    return "decides: ";
                }
                return "follows: ";
            }
            case 3, 4, 5 -> {
                SessionStore deciding = random.nextInt(4) == 0 ? store : decider;
                Snapshot snapshot = deciding.snapshot();
                if (snapshot == null) {
                    return "not_decider: ";
                }
                snapshots.put(deciding, snapshot);
                read.addAll(snapshot.heads());
                return "snapshot: " + snapshot;
            }
            case 6, 7, 8, 9 -> {
                return reserve(random.nextInt(4) == 0 ? store : decider);
            }
            case 10, 11 -> {
                Session session = session();
                if (session == null || !store.confirm(session)) {
                    return session == null ? "none:" : "lost: " + session;
                }
                return (session.move() == null ? "confirmed: " : "moved: ") + session;
            }
            case 12 -> {
                Retry retry = new Retry(
                        "it fails",
                        Duration.ofMillis(random.nextInt(3)),
                        Duration.ofMillis(random.nextInt(2)),
                        random.nextBoolean() ? FaultScope.THIS_ROOM : FaultScope.ALL_ROOMS,
                        random.nextBoolean(),
                        false);
                return end(session -> store.returnToLine(session, retry));
            }
            case 13 -> {
                return end(session -> store.unclear(session, UNANSWERED));
            }
            case 14 -> {
                return random.nextInt(3) > 0
                        ? end(session -> store.park(session, "it fails"))
                        : end(session -> store.drop(session, "resolved in Qiscus"));
            }
            case 15 -> {
                UnclearAssignment expired = store.expired();
                if (expired != null) {
                    claims.add(expired.session());
                }
                return expired == null ? "none:" : "expired: " + expired;
            }
            case 16 -> {
                String room = room("parked");
                boolean retry = random.nextBoolean();
                return tried(() -> {
                            Outcome outcome = store.unpark(room, retry, "dewi").outcome();
                            if (outcome == Outcome.DROPPED) {
                                open.remove(room);
                            }
                            return "unpark_" + outcome.name().toLowerCase(Locale.ROOT);
                        })
                        + ": " + room;
            }
            case 17, 18 -> {
                SessionStore looking = random.nextBoolean() ? store : given.settled();
                if (random.nextInt(3) > 0) {
                    return heard(() -> transfer(looking), "kept");
                }
                String room = room("assigned");
                String what = heard(() -> looking.freeStale(Session.ofRoom(room)), "kept");
                if (what.startsWith("stale") && given.happened().size() == 1) {
                    // Qiscus says that the customer no longer waits, unless it has called since.
                    open.remove(room);
                }
                return what + room;
            }
            case 19 -> {
                given.happened().clear();
                store.repair();
                store.recount();
                assertThat(given.happened())
                        .as("nothing to repair or to correct, %s", when)
                        .isEmpty();
                return "nothing_repaired: ";
            }
            case 20, 21 -> {
                String room = room("assigned");
                return store.move(new Unanswered(
                                room,
                                given.isAssigned(room)
                                        ? given.stored("assigned", room)
                                                .path("agent_id")
                                                .asText()
                                        : "a0",
                                random.nextBoolean() ? Unanswered.Reason.AWAY : Unanswered.Reason.SILENT,
                                System.currentTimeMillis()))
                        ? "moves: " + room
                        : "stays: " + room;
            }
            case 22, 24 -> {
                if (random.nextInt(4) == 0) {
                    return end(session -> store.stay(session, "it was answered"));
                }
                Session session = lately(claims.stream()
                        .filter(claim -> claim.move() != null && given.isClaimed(claim.roomId()))
                        .toList());
                return session == null ? "none:" : (store.vacated(session) ? "vacated: " : "lost: ") + session;
            }
            case 23 -> {
                String agent = "a" + random.nextInt(4);
                if (random.nextInt(3) == 0) {
                    return tried(() -> store.resume(agent, "dewi").event() == null ? "not_paused" : "resumed") + ": "
                            + agent;
                }
                String room = room("assigned");
                return heard(() -> store.answered(room, agent), "nothing_answered") + room + " by " + agent;
            }
            case 25, 26, 27 -> {
                return tried(() -> byHand(store)) + ": ";
            }
            default -> {
                String room = room(List.of("session", "assigned", "parked").get(random.nextInt(3)));
                Outcome outcome =
                        store.resolve(new Resolve(room, service(room))).outcome();
                if (Set.of(Outcome.FREED, Outcome.LEFT_LINE, Outcome.UNPARKED).contains(outcome)) {
                    open.remove(room);
                }
                return outcome.name().toLowerCase(Locale.ROOT) + ": " + room;
            }
        }
    }

    /** An operator's action on a session, by a state that was true a moment ago or never. */
    private String byHand(SessionStore store) {
        String room = room(List.of("session", "assigned", "parked").get(random.nextInt(3)));
        SessionState session =
                new SessionReader(StoreInTest.template(REDIS.port()), Json.mapper(), new Keys("")).find(room);
        String agent = "a" + random.nextInt(4);
        SessionState found = random.nextInt(6) > 0
                ? session
                : held(new SessionState(room, "assigned", null, null, null, null, null, null, null), agent);
        switch (random.nextInt(6)) {
            case 0 -> {
                return store.sendOn(held(found, agent), "dewi").event().event().id();
            }
            case 1, 5 -> {
                given.happened().clear();
                Session taken = store.takeBack(held(found, agent), "dewi");
                claims.add(taken);
                if (random.nextBoolean()) {
                    store.returnToLine(taken, new RetryPolicy(null, null).takenBack());
                    return given.happened()
                            .get(given.happened().size() - 1)
                            .event()
                            .id();
                }
                return "taken_back";
            }
            case 2 -> {
                return store.prioritize(session, "dewi").event() == null ? "was_first" : "prioritized";
            }
            default -> {
                Snapshot now = store.snapshotOf(room);
                int expected = now.counts().getOrDefault(agent, 0);
                Session waiting = now.heads().isEmpty()
                        ? Session.ofRoom(room)
                        : now.heads().get(0);
                if (expected >= CAPACITY) {
                    return "none";
                }
                Reservation reservation = store.reserveByHand(placement(waiting, agent, expected), found, "dewi");
                claims.add(reservation.session());
                return found.agent() == null ? "given_by_hand" : "moves_by_hand";
            }
        }
    }

    private static SessionState held(SessionState session, String otherwise) {
        return session.agent() != null
                ? session
                : new SessionState(
                        session.roomId(),
                        "assigned",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new Holder(otherwise, null, 0, null));
    }

    private static String tried(Supplier<String> act) {
        try {
            return act.get();
        } catch (InvalidRequest refusal) {
            return refusal.status() == 404 ? "not_known" : "conflict";
        }
    }

    /** By a possibly old snapshot of this store, of a session that was once read. */
    private String reserve(SessionStore store) {
        Snapshot snapshot = snapshots.get(store);
        Session session = lately(read);
        if (snapshot == null || session == null) {
            return "none:";
        }
        if (!snapshot.heads().isEmpty() && random.nextBoolean()) {
            session = snapshot.heads().stream()
                    .filter(head -> head.move() != null && random.nextBoolean())
                    .findAny()
                    .orElse(snapshot.heads().get(random.nextInt(snapshot.heads().size())));
        }
        String agent = "a" + random.nextInt(4);
        int expected = snapshot.counts().getOrDefault(agent, 0);
        if (expected >= CAPACITY) {
            return "none:";
        }
        Reservation reservation = store.reserve(placement(session, agent, expected));
        if (reservation.isReserved()) {
            claims.add(reservation.session());
        }
        return reservation.outcome().name().toLowerCase(Locale.ROOT) + ": " + session + " by " + agent;
    }

    /** To an agent with a free slot: we are not responsible if a human exceeds the capacity. */
    private void transfer(SessionStore store) {
        String room = room("assigned");
        String to = "a" + random.nextInt(4);
        String count = given.customersOf(to);
        if (count == null || Integer.parseInt(count) < CAPACITY) {
            String from = given.isAssigned(room) && random.nextInt(4) > 0
                    ? given.stored("assigned", room).path("agent_id").asText()
                    : "a" + random.nextInt(4);
            store.transfer(room, from, new Agent(to, to, 0, true, false, "agent"));
        }
    }

    private String end(Consumer<Session> move) {
        Session session = session();
        if (session == null) {
            return "none:";
        }
        String what = heard(() -> move.accept(session), "lost");
        if (what.startsWith("dropped")) {
            open.remove(session.roomId());
        }
        return what + session;
    }

    private String heard(Runnable move, String otherwise) {
        given.happened().clear();
        move.run();
        return given.happened().isEmpty()
                ? otherwise + ": "
                : given.happened().get(0).event().id() + ": ";
    }

    private String room() {
        return "room" + random.nextInt(15);
    }

    /** Usually one in this hash. */
    private String room(String hash) {
        List<String> rooms = new ArrayList<>(new TreeSet<>(given.redis().hkeys(hash)));
        return rooms.isEmpty() || random.nextInt(3) == 0 ? room() : rooms.get(random.nextInt(rooms.size()));
    }

    private String service() {
        return Integer.toString(random.nextInt(12));
    }

    /** Of the previous session, of any other, or none. */
    private String service(String room) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> service();
            default ->
                Stream.of("session", "assigned")
                        .filter(hash -> given.redis().hexists(hash, room))
                        .map(hash -> given.stored(hash, room)
                                .path("previous_service")
                                .asText(null))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        };
    }

    /** Usually a claim. */
    private Session session() {
        return lately(random.nextInt(5) == 0 ? read : claims);
    }

    /** Usually a recent one. */
    private Session lately(List<Session> sessions) {
        if (sessions.isEmpty()) {
            return null;
        }
        int most = random.nextInt(4) == 0 ? sessions.size() : Math.min(2, sessions.size());
        return sessions.get(sessions.size() - 1 - random.nextInt(most));
    }

    private void check(String when) {
        JedisPooled redis = given.redis();
        List<String> waiting = given.line().stream()
                .map(place -> place.substring(place.lastIndexOf(':') + 1))
                .toList();
        Set<String> claimed = new HashSet<>(redis.zrange("claimed", 0, -1));
        Set<String> assigned = redis.hkeys("assigned");
        Set<String> parked = redis.hkeys("parked");

        List<String> everywhere = new ArrayList<>(waiting);
        everywhere.addAll(claimed);
        Set<String> moving = new HashSet<>();
        waiting.stream()
                .filter(room -> given.stored("session", room).has("move") && assigned.contains(room))
                .forEach(moving::add);
        assigned.stream()
                .filter(room -> !claimed.contains(room) && !moving.contains(room))
                .forEach(everywhere::add);
        parked.stream()
                .filter(room -> !assigned.contains(room)
                        || !given.stored("assigned", room).path("stays").asBoolean())
                .forEach(everywhere::add);
        assertThat(everywhere).as("in one place, %s", when).doesNotHaveDuplicates();
        assertThat(assigned).as("each claim has an agent, %s", when).containsAll(claimed);

        Set<String> undecided = new HashSet<>(waiting);
        undecided.addAll(claimed);
        assertThat(redis.hkeys("session")).as("sessions, %s", when).isEqualTo(undecided);
        Set<String> places = new HashSet<>();
        waiting.forEach(room -> {
            JsonNode session = given.stored("session", room);
            assertThat(session.has("claim"))
                    .as("no claim of %s, %s", room, when)
                    .isFalse();
            places.add(session.path("channel").asText() + ":"
                    + session.path("first_asked").asText() + ":" + room);
        });
        assertThat(new HashSet<>(given.line())).as("places, %s", when).isEqualTo(places);

        Set<String> known = new HashSet<>(everywhere);
        redis.lrange("new_session_queue", 0, -1)
                .forEach(call -> known.add(call.replaceAll(".*\"room_id\":\"(\\w+)\".*", "$1")));
        assertThat(known).as("no room is lost, %s", when).containsAll(open);

        Map<String, Integer> rooms = new HashMap<>();
        assigned.forEach(room -> {
            JsonNode assignment = given.stored("assigned", room);
            rooms.merge(assignment.path("agent_id").asText(), 1, Integer::sum);
            if (assignment.has("to")) {
                assertThat(claimed).as("a move under way, %s", when).contains(room);
                rooms.merge(assignment.path("to").path("agent_id").asText(), 1, Integer::sum);
            }
        });
        redis.hgetAll("agent_customer_count").forEach((agent, count) -> assertThat(Integer.parseInt(count))
                .as("count of %s, %s", agent, when)
                .isEqualTo(rooms.getOrDefault(agent, 0))
                .isBetween(0, CAPACITY));
        assertThat(redis.hkeys("agent_customer_count")).as("agents, %s", when).containsAll(rooms.keySet());
        redis.xrevrange("count_changes", "+", "-", 1)
                .forEach(last -> assertThat(last.getFields().get("count"))
                        .as("the last change of a count, %s", when)
                        .isEqualTo(given.customersOf(last.getFields().get("agent"))));
    }
}
