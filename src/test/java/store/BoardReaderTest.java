package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import app.Wiring;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import support.RealRedis;
import wallboard.Event;
import wallboard.Standing;

@Timeout(30)
class BoardReaderTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Duration GOAL = Duration.ofMinutes(5);

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();
    private final BoardReader board =
            new BoardReader(StoreInTest.template(REDIS.port()), Wiring.json(), new Keys(""), 2);

    private Standing standing() {
        return board.standing(50, GOAL);
    }

    @Test
    void inAnEmptyRedisThereIsNothingToShow() {
        Standing standing = standing();

        assertThat(standing.now()).isPositive();
        assertThat(standing.waiting()).isZero();
        assertThat(standing.capacity()).isEqualTo(2);
        assertThat(standing.channels()).isEmpty();
        assertThat(standing.sessions()).isEmpty();
        assertThat(standing.agents()).isEmpty();
        assertThat(standing.parked()).isEmpty();
        assertThat(board.historyAfter("0-0")).isEmpty();
    }

    @Test
    void allWithoutAnAgentAreShownTheOldestFirstWhereverTheyAre() {
        long now = System.currentTimeMillis();
        Session chosen = given.reserve("chosen", "a1");
        given.asks("old", "c1", Long.toString(now - 500_000));
        given.asks("young", "c1", Long.toString(now - 200_000));
        store.returnToLine(store.take(), setback("every agent is full", Duration.ZERO, Duration.ZERO));
        given.asks("queued", "c2", Long.toString(now - 100_000));

        Standing standing = standing();

        assertThat(standing.sessions())
                .extracting(Standing.Waiting::roomId)
                .containsExactly("chosen", "old", "young", "queued");
        assertThat(standing.sessions())
                .extracting(Standing.Waiting::state)
                .containsExactly("chosen", "waiting", "waiting", "queued");
        assertThat(standing.sessions().get(0).agentName()).isEqualTo("Agent a1");
        assertThat(standing.sessions().get(1).reason()).isEqualTo("every agent is full");
        assertThat(standing.sessions().get(1).first()).isTrue();
        assertThat(standing.sessions().get(1).name()).isEqualTo("Customer old");
        assertThat(standing.sessions().get(2).first()).isFalse();
        assertThat(standing.waiting()).isEqualTo(3);
        assertThat(standing.deciding()).isEqualTo(1);
        assertThat(standing.queued()).isEqualTo(1);
        assertThat(standing.queuedSince()).isEqualTo(now - 100_000);
        assertThat(standing.channels()).singleElement().satisfies(line -> {
            assertThat(line.channel()).isEqualTo("c1");
            assertThat(line.source()).isEqualTo("wa");
            assertThat(line.waiting()).isEqualTo(2);
            assertThat(line.late()).isEqualTo(1);
            assertThat(line.firstAsked()).isEqualTo(now - 500_000);
        });
        store.drop(chosen, "resolved in Qiscus");
    }

    @Test
    void onlySoManyAreNamedHoweverManyWait() {
        long now = System.currentTimeMillis();
        for (int channel = 0; channel < 8; channel++) {
            for (int i = 0; i < 10; i++) {
                given.asks("r" + channel + "-" + i, "c" + channel, Long.toString(now - 100_000 + i * 100 + channel));
            }
        }
        store.take();

        Standing standing = board.standing(5, GOAL);

        assertThat(standing.waiting() + standing.deciding()).isEqualTo(80);
        assertThat(standing.channels()).hasSize(8);
        assertThat(standing.sessions())
                .extracting(Standing.Waiting::roomId)
                .containsExactly("r0-0", "r1-0", "r2-0", "r3-0", "r4-0");
    }

    @Test
    void whoMayHaveNobodyIsFullForPeopleAndForMetrics() {
        REDIS.client().hset("config", "max_customer_per_agent:a1", "0");
        store.see(List.of(agent("a1", 0), agent("a2", 0)));

        assertThat(standing().agents())
                .filteredOn(agent -> agent.id().equals("a1"))
                .singleElement()
                .extracting(Standing.Seen::capacity)
                .isEqualTo(0);
        assertThat(store.figures().full()).isEqualTo(1);
        assertThat(store.figures().free()).isEqualTo(1);
        assertThat(store.figures().capacity()).isEqualTo(2);
    }

    @Test
    void anAgentIsShownWithHisCustomersAndHisOwnCapacity() {
        given.assign("ayu", "a1");
        REDIS.client().hset("config", "max_customer_per_agent:a1", "5");
        store.see(List.of(agent("a1", 0), agent("a2", 0)));
        given.change("agent", "a2", record -> record.put("foreign", 1));

        List<Standing.Seen> agents = standing().agents();

        assertThat(agents).extracting(Standing.Seen::id).containsExactlyInAnyOrder("a1", "a2");
        Standing.Seen a1 =
                agents.stream().filter(a -> a.id().equals("a1")).findFirst().orElseThrow();
        assertThat(a1.name()).isEqualTo("Agent a1");
        assertThat(a1.online()).isTrue();
        assertThat(a1.seen()).isPositive();
        assertThat(a1.ours()).isEqualTo(1);
        assertThat(a1.capacity()).isEqualTo(5);
        assertThat(a1.lastAssigned()).isPositive();
        Standing.Seen a2 =
                agents.stream().filter(a -> a.id().equals("a2")).findFirst().orElseThrow();
        assertThat(a2.foreign()).isEqualTo(1);
        assertThat(a2.capacity()).isEqualTo(2);
        assertThat(a2.lastAssigned()).isNull();
    }

    @Test
    void seeingAnAgentChangesNothingThatDecisionsGoBy() {
        given.assign("ayu", "a1");
        String before = given.stored("agent", "a1").path("last_assigned").asText();

        store.see(List.of(agent("a1", 7)));

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.stored("agent", "a1").path("last_assigned").asText()).isEqualTo(before);
        assertThat(given.stored("agent", "a1").has("theirs")).isTrue();
        assertThat(given.stored("agent", "a1").path("theirs").asInt()).isZero();
    }

    @Test
    void whoLeftLongAgoIsNotShown() {
        store.see(List.of(agent("a1", 0)));
        given.change("agent", "a1", record -> record.put("seen", System.currentTimeMillis() - 90_000_000L));

        assertThat(standing().agents()).isEmpty();
    }

    @Test
    void whatIsParkedIsShownWithItsReason() {
        store.park(given.claim("dewi"), "no such room");
        REDIS.client()
                .hset("parked", "unreadable:12", "{\"at\":1,\"reason\":\"unreadable queue entry\",\"entry\":\"x\"}");

        Standing standing = standing();

        assertThat(standing.parkedRooms()).isEqualTo(2);
        assertThat(standing.parked())
                .filteredOn(Standing.Aside::canRetry)
                .singleElement()
                .satisfies(aside -> {
                    assertThat(aside.roomId()).isEqualTo("dewi");
                    assertThat(aside.name()).isEqualTo("Customer dewi");
                    assertThat(aside.reason()).isEqualTo("no such room");
                    assertThat(aside.at()).isPositive();
                });
    }

    @Test
    void aPauseIsShown() {
        store.returnToLine(given.claim("ayu"), setback("Qiscus answered 503", Duration.ZERO, Duration.ofMinutes(1)));

        assertThat(standing().pausedUntil()).isGreaterThan(System.currentTimeMillis());
    }

    @Test
    void whatSomebodyWroteByHandStopsNothing() {
        given.claim("ayu");
        REDIS.client().hset("agent", Map.of("x", "no json", "y", "[]", "z", "{\"seen\":\"soon\",\"name\":{}}"));
        REDIS.client().hset("parked", Map.of("p", "no json", "q", "{\"at\":\"then\",\"session\":7,\"reason\":{}}"));
        REDIS.client().hset("session", "ayu", "{\"name\":5,\"channel\":null,\"first_asked\":{}}");
        REDIS.client().hset("config", "max_customer_per_agent", "many");
        REDIS.client().lpush("new_session_queue", "no json", "{\"room_id\":5}");
        REDIS.client().zadd("claimed", 5, "nobody");

        Standing standing = standing();

        assertThat(standing.capacity()).isEqualTo(2);
        assertThat(standing.parked()).hasSize(2);
        assertThat(standing.sessions()).extracting(Standing.Waiting::roomId).contains("ayu", "nobody");
    }

    @Test
    void theHistoryIsReadOnInPages() {
        IntStream.rangeClosed(1, 1200).forEach(i -> REDIS.client()
                .xadd(
                        "history",
                        XAddParams.xAddParams().id(new StreamEntryID(i, 0)),
                        Map.of("event", "assigned", "room", "r" + i, "data", "{\"waited\":" + i + "}")));

        List<Event> first = board.historyAfter("0-0");
        List<Event> second = board.historyAfter(first.get(first.size() - 1).id());

        assertThat(first).hasSize(1000);
        assertThat(second).hasSize(200);
        assertThat(second.get(199)).satisfies(event -> {
            assertThat(event.at()).isEqualTo(1200);
            assertThat(event.event()).isEqualTo("assigned");
            assertThat(event.room()).isEqualTo("r1200");
            assertThat(event.data().path("waited").asInt()).isEqualTo(1200);
        });
    }
}
