package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Agent;
import assignment.Resolve;
import assignment.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.JedisPooled;
import support.RealRedis;

/** Whatever happens, in whatever order: no room is lost or in two places, and the counts are true. */
@Timeout(120)
class InvariantsTest {
    private static final int STEPS = 2500;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final List<SessionStore> stores = List.of(
            given.store(),
            given.settled(),
            given.store(Duration.ofMillis(3), Duration.ofMillis(3), Duration.ofMillis(1)),
            given.store(LONG, Duration.ZERO));
    /** Rooms whose customers have asked and were neither resolved nor dropped since. */
    private final Set<String> open = new TreeSet<>();
    /** Every claim that ever was: most are lost by now, and must not do harm. */
    private final List<Session> claims = new ArrayList<>();

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
            String what = act(stores.get(random.nextInt(stores.size())));
            done.merge(what.substring(0, what.indexOf(':')), 1, Integer::sum);
            check("seed " + seed + ", step " + step + ", " + what);
        }

        assertThat(done)
                .as("seed " + seed)
                .containsKeys(
                        "ask",
                        "take",
                        "reserved",
                        "behind_older",
                        "waiting",
                        "lost",
                        "confirmed",
                        "parked",
                        "dropped",
                        "doubted",
                        "abandoned",
                        "freed",
                        "left_line",
                        "unparked",
                        "repeated");
    }

    private String act(SessionStore store) {
        switch (random.nextInt(14)) {
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
            case 2, 3 -> {
                Session taken = store.take();
                if (taken != null) {
                    claims.add(taken);
                }
                return "take: " + taken;
            }
            case 4, 5, 11, 12 -> {
                List<Agent> online = IntStream.range(0, 4)
                        .filter(i -> random.nextBoolean())
                        .mapToObj(i -> agent("a" + i, random.nextInt(6) == 0 ? random.nextInt(3) : 0))
                        .toList();
                Session session = claim();
                return session == null
                        ? "none:"
                        : store.reserve(session, online, random.nextBoolean()).outcome() + ": " + session;
            }
            case 6 -> {
                Session session = claim();
                return session == null ? "none:" : store.confirm(session).outcome() + ": " + session;
            }
            case 7 -> {
                Session session = claim();
                return session == null
                        ? "none:"
                        : store.returnToLine(
                                                session,
                                                setback(
                                                        "it fails",
                                                        Duration.ofMillis(random.nextInt(3)),
                                                        Duration.ofMillis(random.nextInt(2))))
                                        .outcome()
                                + ": " + session;
            }
            case 8 -> {
                Session session = claim();
                return session == null
                        ? "none:"
                        : store.doubt(session, UNANSWERED).outcome() + ": " + session;
            }
            case 9 -> {
                Session session = claim();
                if (session == null) {
                    return "none:";
                }
                String outcome = random.nextBoolean()
                        ? store.park(session, "it fails").outcome()
                        : store.drop(session, "resolved in Qiscus").outcome();
                if ("dropped".equals(outcome)) {
                    open.remove(session.roomId());
                }
                return outcome + ": " + session;
            }
            case 10 -> {
                SessionStore.Abandoned abandoned = store.takeAbandoned();
                if (abandoned != null) {
                    claims.add(abandoned.session());
                }
                return abandoned == null ? "none:" : "abandoned: " + abandoned;
            }
            default -> {
                String room = room();
                String outcome = store.resolve(new Resolve(room, random.nextBoolean() ? service() : null))
                        .outcome();
                if (Set.of("freed", "left_line", "unparked").contains(outcome)) {
                    open.remove(room);
                }
                return outcome + ": " + room;
            }
        }
    }

    private String room() {
        return "room" + random.nextInt(15);
    }

    private String service() {
        return Integer.toString(random.nextInt(12));
    }

    /** Mostly one of the last. */
    private Session claim() {
        if (claims.isEmpty()) {
            return null;
        }
        int back = random.nextInt(4) == 0 ? random.nextInt(claims.size()) : random.nextInt(Math.min(2, claims.size()));
        return claims.get(claims.size() - 1 - back);
    }

    private void check(String when) {
        JedisPooled redis = given.redis();
        List<String> waiting = new ArrayList<>();
        Set<String> channels = new HashSet<>();
        for (String line : redis.keys("waiting:*")) {
            waiting.addAll(redis.zrange(line, 0, -1));
            channels.add(line.substring("waiting:".length()));
        }
        Set<String> claimed = new HashSet<>(redis.zrange("claimed", 0, -1));
        Set<String> assigned = redis.hkeys("assigned");
        Set<String> parked = redis.hkeys("parked");

        List<String> everywhere = new ArrayList<>(waiting);
        everywhere.addAll(claimed);
        assigned.stream().filter(room -> !claimed.contains(room)).forEach(everywhere::add);
        everywhere.addAll(parked);
        assertThat(everywhere).as("in one place, %s", when).doesNotHaveDuplicates();

        Set<String> undecided = new HashSet<>(waiting);
        undecided.addAll(claimed);
        assertThat(redis.hkeys("session")).as("sessions, %s", when).isEqualTo(undecided);
        assertThat(redis.smembers("channels")).as("channels, %s", when).isEqualTo(channels);

        Set<String> known = new HashSet<>(everywhere);
        redis.lrange("new_session_queue", 0, -1)
                .forEach(call -> known.add(call.replaceAll(".*\"room_id\":\"(\\w+)\".*", "$1")));
        assertThat(known).as("nobody is lost, %s", when).containsAll(open);

        Map<String, Integer> rooms = new HashMap<>();
        assigned.forEach(room ->
                rooms.merge(given.stored("assigned", room).path("agent_id").asText(), 1, Integer::sum));
        redis.hgetAll("agent_customer_count").forEach((agent, count) -> assertThat(Integer.parseInt(count))
                .as("count of %s, %s", agent, when)
                .isEqualTo(rooms.getOrDefault(agent, 0))
                .isBetween(0, 2));
        assertThat(redis.hkeys("agent_customer_count")).as("agents, %s", when).containsAll(rooms.keySet());
    }
}
