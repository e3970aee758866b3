package store;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import qiscus.Json;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import support.RealRedis;
import support.StoredState;
import wallboard.BoardSnapshot;
import wallboard.Event;

@Timeout(30)
class BoardReaderTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static final Duration GOAL = Duration.ofMinutes(5);

    private final StoredState given = new StoredState(REDIS);
    private final BoardReader board =
            new BoardReader(StoredState.template(REDIS.port()), Json.mapper(), new Keys(""), 2);

    private BoardSnapshot snapshot() {
        return board.snapshot(50, GOAL);
    }

    @Test
    void anEmptyRedisHasNothingToShow() {
        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.now()).isPositive();
        assertThat(snapshot.waiting()).isZero();
        assertThat(snapshot.capacity()).isEqualTo(2);
        assertThat(snapshot.channels()).isEmpty();
        assertThat(snapshot.sessions()).isEmpty();
        assertThat(snapshot.agents()).isEmpty();
        assertThat(snapshot.parked()).isEmpty();
        assertThat(board.historyAfter("0-0")).isEmpty();
    }

    @Test
    void allSessionsWithoutAnAgentAreShownTheOldestFirst() {
        long now = System.currentTimeMillis();
        given.claimed("chosen", "c0", "a1", now - 600_000);
        given.waits("old", "c1", now - 500_000, "every agent is full");
        given.waits("young", "c1", now - 200_000);
        given.queued("queued", "c2", now - 100_000);

        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.sessions())
                .extracting(BoardSnapshot.Waiting::roomId)
                .containsExactly("chosen", "old", "young", "queued");
        assertThat(snapshot.sessions())
                .extracting(BoardSnapshot.Waiting::state)
                .containsExactly("chosen", "waiting", "waiting", "queued");
        assertThat(snapshot.sessions().get(0).agentName()).isEqualTo("Agent a1");
        assertThat(snapshot.sessions().get(0).firstAsked()).isEqualTo(now - 600_000);
        assertThat(snapshot.sessions().get(1))
                .isEqualTo(new BoardSnapshot.Waiting(
                        "old",
                        "c1",
                        "wa",
                        "Customer old",
                        "waiting",
                        "every agent is full",
                        null,
                        true,
                        null,
                        now - 500_000,
                        null));
        assertThat(snapshot.sessions().get(2).first()).isFalse();
        assertThat(snapshot.sessions().get(3).channel()).isEqualTo("c2");
        assertThat(snapshot.waiting()).isEqualTo(3);
        assertThat(snapshot.deciding()).isEqualTo(1);
        assertThat(snapshot.assigned()).isEqualTo(1);
        assertThat(snapshot.late()).isEqualTo(1);
        assertThat(snapshot.queued()).isEqualTo(1);
        assertThat(snapshot.queuedSince()).isEqualTo(now - 100_000);
        assertThat(snapshot.channels())
                .containsExactly(new BoardSnapshot.Line("c1", "wa", "every agent is full", 2, 1, now - 500_000));
    }

    @Test
    void aMoveShowsItsAgentAndAPauseItsOperator() {
        long now = System.currentTimeMillis();
        given.waits("ayu", "c1", now - 500_000);
        given.change(
                "session",
                "ayu",
                session -> session.put(
                        "move", Map.of("from", "7", "from_name", "Siti", "since", now - 90_000, "had", List.of("7"))));
        given.seen("7", true, 0);
        given.seen("8", true, 0);
        given.change(
                "agent",
                "7",
                agent -> agent.put(
                        "paused", Map.of("at", now - 1000, "by", "dewi", "reason", "lunch", "until", now + 60_000)));
        given.change("agent", "8", agent -> agent.put("paused", Map.of("at", now - 9000, "until", now - 1000)));

        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.sessions().get(0).move()).isEqualTo(new BoardSnapshot.Move("7", "Siti", now - 90_000));
        assertThat(snapshot.agents()).hasSize(2).allSatisfy(agent -> {
            if (agent.id().equals("7")) {
                assertThat(agent.paused().by()).isEqualTo("dewi");
                assertThat(agent.paused().reason()).isEqualTo("lunch");
                assertThat(agent.paused().until()).isEqualTo(now + 60_000);
            } else {
                assertThat(agent.paused()).as("the pause is over").isNull();
            }
        });
    }

    @Test
    void aPrioritizedSessionIsFirstAndHasWaitedSinceItAsked() {
        long now = System.currentTimeMillis();
        given.waits("old", "c1", now - 500_000);
        given.waits("first", "c1", now - 500_001);
        given.change("session", "first", session -> session.put("asked", "%017.3f".formatted(now - 3000.0)));

        assertThat(snapshot().sessions())
                .extracting(BoardSnapshot.Waiting::roomId, BoardSnapshot.Waiting::firstAsked)
                .containsExactly(tuple("first", now - 3000), tuple("old", now - 500_000));
    }

    @Test
    void anUnansweredAssignCallIsDoubted() {
        given.doubted("ayu", "c1", "a1");

        assertThat(snapshot().sessions()).singleElement().satisfies(session -> {
            assertThat(session.state()).isEqualTo("doubted");
            assertThat(session.agentName()).isEqualTo("Agent a1");
        });
    }

    @Test
    void aRestingSessionShowsUntilWhen() {
        long until = System.currentTimeMillis() + 60_000;
        given.waits("ayu", "c1");
        given.waits("budi", "c1");
        given.rests("ayu", until);
        given.rests("budi", System.currentTimeMillis() - 1);

        assertThat(snapshot().sessions())
                .extracting(BoardSnapshot.Waiting::restsUntil)
                .containsExactly(until, null);
    }

    @Test
    void aRoomIsShownOnceInItsLatestState() {
        long now = System.currentTimeMillis();
        given.waits("ayu", "c1");
        given.queued("ayu", "c1", now);
        given.queued("budi", "c1", now - 1);
        given.queued("budi", "c1", now);
        // It was reserved between two reads.
        given.claimed("citra", "c1", "a1");
        REDIS.client().zadd("waiting", 0, "c1:1700000000000.000:citra");

        assertThat(snapshot().sessions())
                .extracting(BoardSnapshot.Waiting::roomId, BoardSnapshot.Waiting::state)
                .containsExactlyInAnyOrder(tuple("ayu", "waiting"), tuple("budi", "queued"), tuple("citra", "chosen"));
    }

    @Test
    void theNumberOfNamedSessionsIsLimited() {
        long now = System.currentTimeMillis();
        for (int channel = 0; channel < 8; channel++) {
            for (int i = 0; i < 10; i++) {
                given.waits("r" + channel + "-" + i, "c" + channel, now - 100_000 + i * 100 + channel);
            }
        }

        BoardSnapshot snapshot = board.snapshot(5, GOAL);

        assertThat(snapshot.waiting()).isEqualTo(80);
        assertThat(snapshot.channels()).hasSize(8).allMatch(line -> line.waiting() == 10);
        assertThat(snapshot.sessions())
                .extracting(BoardSnapshot.Waiting::roomId)
                .containsExactly("r0-0", "r1-0", "r2-0", "r3-0", "r4-0");
    }

    @Test
    void aHundredLinesAreNamedAndAllLateSessionsAreCounted() {
        long now = System.currentTimeMillis();
        for (int i = 0; i < 250; i++) {
            given.waits("first" + i, "c" + i, now - 900_000 + i);
            given.waits("second" + i, "c" + i, now - 1000);
        }

        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.waiting()).isEqualTo(500);
        assertThat(snapshot.late()).isEqualTo(250);
        assertThat(snapshot.channels()).hasSize(100).isSortedAccordingTo(comparing(BoardSnapshot.Line::firstAsked));
        assertThat(snapshot.sessions()).hasSize(50).allMatch(BoardSnapshot.Waiting::first);
        assertThat(snapshot.sessions().get(0).roomId()).isEqualTo("first0");
    }

    @Test
    void anAgentWithCapacityZeroHasNoCapacity() {
        REDIS.client().hset("config", Map.of("max_customer_per_agent", "3", "max_customer_per_agent:a1", "0"));
        given.seen("a1", true, 0);
        given.seen("a2", true, 0);

        assertThat(snapshot().capacity()).isEqualTo(3);
        assertThat(snapshot().agents())
                .extracting(BoardSnapshot.Seen::id, BoardSnapshot.Seen::capacity)
                .containsExactlyInAnyOrder(tuple("a1", 0), tuple("a2", 3));
    }

    @Test
    void anAgentIsShownWithTheirCustomersAndOwnCapacity() {
        given.assigned("ayu", "c1", "a1");
        REDIS.client().hset("config", "max_customer_per_agent:a1", "5");
        given.seen("a1", true, 0);
        given.seen("a2", false, 1);

        List<BoardSnapshot.Seen> agents = snapshot().agents();

        assertThat(agents).extracting(BoardSnapshot.Seen::id).containsExactlyInAnyOrder("a1", "a2");
        BoardSnapshot.Seen a1 =
                agents.stream().filter(a -> a.id().equals("a1")).findFirst().orElseThrow();
        assertThat(a1.name()).isEqualTo("Agent a1");
        assertThat(a1.online()).isTrue();
        assertThat(a1.seen()).isPositive();
        assertThat(a1.ours()).isEqualTo(1);
        assertThat(a1.foreign()).isZero();
        assertThat(a1.capacity()).isEqualTo(5);
        assertThat(a1.lastAssigned()).isPositive();
        BoardSnapshot.Seen a2 =
                agents.stream().filter(a -> a.id().equals("a2")).findFirst().orElseThrow();
        assertThat(a2.online()).isFalse();
        assertThat(a2.ours()).isZero();
        assertThat(a2.foreign()).isEqualTo(1);
        assertThat(a2.capacity()).isEqualTo(2);
        assertThat(a2.lastAssigned()).isNull();
    }

    @Test
    void anAgentLastSeenLongAgoIsNotShown() {
        given.seen("a1", true, 0);
        given.change("agent", "a1", agent -> agent.put("seen", System.currentTimeMillis() - 90_000_000L));

        assertThat(snapshot().agents()).isEmpty();
    }

    @Test
    void onlyAPartOfManyAgentsAndParkedRoomsIsShown() {
        for (int i = 0; i < 700; i++) {
            given.seen("a" + i, true, 0);
            given.parked("room" + i, "c1", "no such room");
        }

        assertThat(snapshot().agents()).hasSize(500);
        assertThat(snapshot().parked()).hasSize(100);
        assertThat(snapshot().parkedRooms()).isEqualTo(700);
    }

    @Test
    void aParkedSessionHasItsReasonOnTheBoard() {
        given.parked("dewi", "c1", "no such room");
        REDIS.client()
                .hset("parked", "unreadable:12", "{\"at\":1,\"reason\":\"unreadable queue entry\",\"entry\":\"x\"}");

        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.parkedRooms()).isEqualTo(2);
        assertThat(snapshot.parked()).hasSize(2);
        assertThat(snapshot.parked())
                .filteredOn(BoardSnapshot.Parked::canRetry)
                .singleElement()
                .satisfies(aside -> {
                    assertThat(aside.roomId()).isEqualTo("dewi");
                    assertThat(aside.name()).isEqualTo("Customer dewi");
                    assertThat(aside.reason()).isEqualTo("no such room");
                    assertThat(aside.at()).isPositive();
                });
    }

    @Test
    void aPauseIsShownUntilItIsOver() {
        long until = System.currentTimeMillis() + 60_000;
        given.rests("*", until);
        assertThat(snapshot().pausedUntil()).isEqualTo(until);

        given.rests("*", System.currentTimeMillis() - 1);
        assertThat(snapshot().pausedUntil()).isNull();
    }

    @Test
    void valuesWrittenByHandStopNothing() {
        given.claimed("ayu", "c1", "a1");
        REDIS.client().zadd("waiting", 0, "no place");
        REDIS.client().zadd("waiting", 0, "c1:1700000000000.000:budi");
        REDIS.client().hset("agent", Map.of("x", "no json", "y", "[]", "z", "{\"seen\":\"soon\",\"name\":{}}"));
        REDIS.client().hset("agent_customer_count", Map.of("x", "3", "y", "many"));
        REDIS.client().hset("parked", Map.of("p", "no json", "q", "{\"at\":\"then\",\"session\":7,\"reason\":{}}"));
        REDIS.client().hset("session", "ayu", "{\"name\":5,\"channel\":null,\"first_asked\":{}}");
        REDIS.client().hset("session", "budi", "[]");
        REDIS.client().hset("assigned", "ayu", "7");
        REDIS.client().hset("config", "max_customer_per_agent", "many");
        REDIS.client()
                .lpush("new_session_queue", "no json", "{\"room_id\":5}", "{\"room_id\":\"r\",\"received_at\":{}}");
        REDIS.client().zadd("claimed", 5, "nobody");

        BoardSnapshot snapshot = snapshot();

        assertThat(snapshot.capacity()).isEqualTo(2);
        assertThat(snapshot.parked()).hasSize(2);
        assertThat(snapshot.agents())
                .extracting(BoardSnapshot.Seen::id, BoardSnapshot.Seen::ours)
                .contains(tuple("x", 3));
        assertThat(snapshot.sessions())
                .extracting(BoardSnapshot.Waiting::roomId)
                .containsExactlyInAnyOrder("ayu", "nobody", "budi");
    }

    @Test
    void theHistoryIsReadPageByPage() {
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
