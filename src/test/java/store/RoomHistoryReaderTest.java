package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.NotKnown;
import assignment.RoomHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qiscus.Json;
import support.RealRedis;
import support.StoredState;

@Timeout(30)
class RoomHistoryReaderTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoredState given = new StoredState(REDIS);
    private final RoomHistoryReader roomHistory =
            new RoomHistoryReader(StoredState.template(REDIS.port()), Json.mapper(), new Keys(""), Duration.ofDays(1));
    private final long now = System.currentTimeMillis();

    // Where a room is

    @Test
    void anUnknownRoomHasNoHistory() {
        assertThatThrownBy(() -> roomHistory.find("ayu")).isInstanceOf(NotKnown.class);
    }

    @Test
    void aWaitingSessionHasItsPositionInItsOwnLine() {
        given.waits("other", "c0", now - 9000);
        given.waits("first", "c1", now - 3000);
        given.waits("ayu", "c1", now - 2000.5, "every agent is full");
        given.waits("last", "c1", now - 1000);

        RoomHistory history = roomHistory.find("ayu");

        assertThat(history.now().state()).isEqualTo("waiting");
        assertThat(history.now().position()).isEqualTo(2);
        assertThat(history.now().name()).isEqualTo("Customer ayu");
        assertThat(history.now().channel()).isEqualTo("c1");
        assertThat(history.now().reason()).isEqualTo("every agent is full");
        assertThat(history.now().agent()).isNull();
        assertThat(roomHistory.find("first").now().position()).isEqualTo(1);
        assertThat(roomHistory.find("last").now().position()).isEqualTo(3);
    }

    @Test
    void aPlaceWhoseTimeIsStoredAsANumberIsFoundToo() {
        given.waits("ayu", "c1", 1_700_000_000_000.25);
        given.change("session", "ayu", session -> session.put("first_asked", 1_700_000_000_000.25));

        assertThat(roomHistory.find("ayu").now().position()).isEqualTo(1);
    }

    @Test
    void aSessionWhoseAssignCallIsInFlightIsClaimedAndHasItsAgent() {
        given.claimed("ayu", "c1", "a1");
        given.doubted("budi", "c1", "a1");

        for (String room : List.of("ayu", "budi")) {
            RoomHistory history = roomHistory.find(room);
            assertThat(history.now().state()).isEqualTo("claimed");
            assertThat(history.now().position()).isNull();
            assertThat(history.now().agent().id()).isEqualTo("a1");
        }
    }

    @Test
    void anAssignedRoomHasItsAgent() {
        given.assigned("ayu", "c1", "a1");

        RoomHistory history = roomHistory.find("ayu");

        assertThat(history.now().state()).isEqualTo("assigned");
        assertThat(history.now().name()).isEqualTo("Customer ayu");
        assertThat(history.now().channel()).isEqualTo("c1");
        assertThat(history.now().agent().id()).isEqualTo("a1");
        assertThat(history.now().agent().name()).isEqualTo("Agent a1");
        assertThat(history.now().agent().since()).isGreaterThanOrEqualTo(now);
        assertThat(Instant.parse(history.now().agent().sinceTime()).toEpochMilli())
                .isEqualTo(history.now().agent().since());
    }

    @Test
    void aParkedRoomSaysWhy() {
        given.parked("ayu", "c1", "no such room");

        RoomHistory history = roomHistory.find("ayu");

        assertThat(history.now().state()).isEqualTo("parked");
        assertThat(history.now().reason()).isEqualTo("no such room");
        assertThat(history.now().name()).isEqualTo("Customer ayu");
    }

    @Test
    void aQueuedSessionWaits() {
        given.queued("ayu", "c1", now);

        RoomHistory history = roomHistory.find("ayu");

        assertThat(history.now().state()).isEqualTo("waiting");
        assertThat(history.now().name()).isEqualTo("Customer ayu");
        assertThat(history.now().channel()).isEqualTo("c1");
        assertThat(history.now().position()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{",
                "{\"room_id\":\"budi\",\"channel\":\"c1\",\"first_asked\":\"1700000000000.000\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"c d\",\"first_asked\":\"1700000000000.000\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"c1\",\"first_asked\":\"soon\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"c1\",\"first_asked\":1e300}",
                "{\"agent_id\":11}"
            })
    void unreadableValuesCountAsAbsent(String byHand) {
        REDIS.client().hset("session", "ayu", byHand);
        REDIS.client().hset("assigned", "ayu", byHand);
        REDIS.client().lpush("new_session_queue", byHand.contains("ayu") ? "" : byHand);
        assertThatThrownBy(() -> roomHistory.find("ayu")).isInstanceOf(NotKnown.class);

        REDIS.client().hset("parked", "ayu", byHand);
        assertThat(roomHistory.find("ayu").now().state()).isEqualTo("parked");
    }

    // What happened there

    @Test
    void theHistoryIsInOrderAndOfThisRoomOnly() {
        given.happened(now - 3000, "ayu", "came", "{\"name\":\"Ayu\",\"channel\":\"c1\"}");
        given.happened(now - 2000, "budi", "came", "{}");
        given.happened(now - 1000, "ayu", "resolved", "{\"count\":2,\"agents\":[[\"a1\",1]]}");

        RoomHistory history = roomHistory.find("ayu");

        assertThat(history.now().state()).isEqualTo("resolved");
        assertThat(history.now().name()).isEqualTo("Ayu");
        assertThat(history.now().channel()).isEqualTo("c1");
        assertThat(history.history()).hasSize(2);
        assertThat(history.history().get(0))
                .containsEntry("at", now - 3000)
                .containsEntry("time", Instant.ofEpochMilli(now - 3000).toString())
                .containsEntry("event", "came");
        assertThat(history.history().get(1))
                .containsEntry("event", "resolved")
                .containsEntry("count", 2)
                .containsEntry("agents", List.of(List.of("a1", 1)));
    }

    @Test
    void aRoomWithoutAStateOrAResolveIsUnknown() {
        given.happened(now - 3000, "ayu", "came", "{}");
        assertThat(roomHistory.find("ayu").now().state()).isEqualTo("unknown");

        given.happened(now - 2000, "ayu", "unparked", "{\"how\":\"resolved\"}");
        assertThat(roomHistory.find("ayu").now().state()).isEqualTo("resolved");
    }

    @Test
    void aHistoryBehindThousandsOfOtherEntriesIsFoundOnce() {
        given.happened(now - 60_000, "ayu", "came", "{}");
        given.muchHappened(now - 50_000, 1500);
        given.happened(now - 40_000, "ayu", "waits", "{}");
        given.muchHappened(now - 30_000, 999);
        given.happened(now - 20_000, "ayu", "resolved", "{}");

        assertThat(roomHistory.find("ayu").history())
                .extracting(event -> event.get("event"))
                .containsExactly("came", "waits", "resolved");
    }

    @Test
    void onlyTheNewestEntriesOfALongHistoryAreShown() {
        for (int i = 0; i < 2100; i++) {
            given.happened(now - 50_000, "ayu", "waits", "{\"number\":" + i + "}");
        }

        List<Map<String, Object>> history = roomHistory.find("ayu").history();

        assertThat(history).hasSize(1000);
        assertThat(history.get(999)).containsEntry("number", 2099);
    }

    @Test
    void eventsOlderThanTheRetentionAreNotShown() {
        given.happened(now - Duration.ofHours(25).toMillis(), "ayu", "came", "{}");

        assertThatThrownBy(() -> roomHistory.find("ayu")).isInstanceOf(NotKnown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "{"})
    void anEventWrittenByHandIsShownAsUnreadable(String byHand) {
        given.happened(now, "ayu", "came", byHand);

        assertThat(roomHistory.find("ayu").history().get(0)).containsEntry("data", "unreadable");
    }

    @Test
    void anEntryThatIsNotAnEventIsSkipped() {
        REDIS.client().xadd("history", redis.clients.jedis.StreamEntryID.NEW_ENTRY, Map.of("room", "ayu"));

        assertThatThrownBy(() -> roomHistory.find("ayu")).isInstanceOf(NotKnown.class);
    }
}
