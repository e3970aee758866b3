package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.placement;

import assignment.Event;
import assignment.NotKnown;
import assignment.Reservation.Outcome;
import assignment.Resolve;
import assignment.Resolved;
import assignment.Session;
import assignment.UnclearAssignment;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;
import support.RealRedis;

/** Someone edited Redis by hand: no script fails because of it, and no customer is lost. */
@Timeout(60)
class WrittenByHandTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many",
                "{",
                "null",
                "7",
                "[]",
                "{}",
                "[[1],2]",
                "{\"agent_id\":11,\"since\":\"today\"}",
                "{\"agent_id\":\"a1\",\"since\":\"today\",\"name\":{},\"agent_name\":[1],\"previous_service\":null}",
                "{\"room_id\":\"ayu\",\"channel\":\"c d\",\"first_asked\":\"soon\",\"attempts\":\"x\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"c\",\"first_asked\":\"1763880000123.456\",\"attempts\":{},\"refusals\":\"x\","
                        + "\"claim\":7,\"doubt_since\":[],\"name\":{},\"reason\":1,\"source\":null,\"refused_at\":[1]}",
                "{\"room_id\":\"ayu\",\"channel\":\"c\",\"first_asked\":\"1763880000123.456\",\"attempts\":1e14,"
                        + "\"refused_at\":{\"a1\":{}}}",
                "{\"at\":\"x\",\"session\":\"y\",\"reason\":1}",
                "{\"last_assigned\":[],\"seen\":{},\"name\":7}",
                "{\"last_assigned\":1e300}"
            })
    void anyValueInAHashStillLetsTheCustomerBeServed(String garbage) {
        given.assign("budi", "a2");
        for (String hash : List.of("session", "assigned", "parked")) {
            given.redis().hset(hash, "ayu", garbage);
        }
        for (String hash : List.of("agent", "agent_customer_count")) {
            given.redis().hset(hash, "a1", garbage);
        }
        given.redis().hset("config", "max_customer_per_agent", garbage);
        given.redis().hset("config", "max_customer_per_agent:a1", garbage);
        SessionStore settled = given.settled();
        settled.recount();
        settled.repair();
        settled.roomOfEachChannel();
        settled.roomsToCheck();
        settled.expired();
        store.unpark("ayu", false, "dewi");

        given.asks("ayu", "channel-of-ayu", Long.toString(System.currentTimeMillis() + 500));
        given.snapshot(settled);
        // If it is still held for an agent, Qiscus says that no agent is in it.
        settled.roomsCalledAbout().forEach(held -> settled.freeStale(held.session()));
        Session ayu = given.reserveWaiting("ayu", "a1", store);

        assertThat(store.confirm(ayu)).isTrue();
        assertThat(corrections()).isZero();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo(Resolved.Outcome.FREED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "{\"agent_id\":11}", "{\"agent_id\":null}"})
    void aDamagedReservationIsIgnoredAndTheSessionIsTriedAgain(String garbage) {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());
        given.redis().hset("assigned", "ayu", garbage);

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(store.expired()).isNull();
        assertThat(given.isWaiting("ayu")).isTrue();

        assertThat(corrections()).isEqualTo(1);
        assertThat(given.isAssigned("ayu")).isFalse();
        given.reserveWaiting("ayu", "a1", store);
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "-3", "7", "1e999", "nan", "0.5", "99999999999999999999"})
    void aCountBecomesTheNumberOfRoomsAgain(String written) {
        given.assign("ayu", "a1");
        given.redis().hset("agent_customer_count", "a1", written);
        given.redis().hset("agent_customer_count", "nobody", written);
        given.assign("budi", "a2");
        given.redis().hdel("agent_customer_count", "a2");

        assertThat(corrections()).isEqualTo(3);

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
        assertThat(given.customersOf("nobody")).isEqualTo("0");
        assertThat(corrections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "-3", "1e999", "nan", "0.5", "99999999999999999999"})
    void aCountThatCannotBeReadDoesNotStopTheDecider(String written) {
        given.redis().hset("agent_customer_count", "a1", written);

        assertThat(given.snapshot().counts()).isEmpty();
    }

    @Test
    void aChangeOfACountThatCannotBeReadIsLeftOut() {
        given.redis().xadd("count_changes", StreamEntryID.NEW_ENTRY, Map.of("agent", "a1"));
        given.redis()
                .xadd(
                        "count_changes",
                        StreamEntryID.NEW_ENTRY,
                        Map.of("agent", "a1", "count", "x", "by", "1", "kind", "RESERVED", "since", "0"));
        given.redis()
                .xadd(
                        "count_changes",
                        StreamEntryID.NEW_ENTRY,
                        Map.of("agent", "a1", "count", "1", "by", "1", "kind", "OTHER", "since", "0"));
        given.assign("ayu", "a1");

        assertThat(given.snapshot(given.store(LONG, LONG)).changes()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ":", "::", "c:soon:ayu", "c:1700000000000.000:", "c:1700000000000:ayu"})
    void anUnreadablePlaceHoldsUpNoSession(String place) {
        given.asks("ayu");
        given.redis().zadd("waiting", 0, place);

        assertThat(given.heads()).containsExactly("ayu");
    }

    @Test
    void aSessionRemovedFromTheLineOrFromItsClaimIsBack() {
        given.asks("ayu", "x", "1700000000000.127");
        given.asks("budi", "y", "1700000000001.127");
        given.asks("citra", "z", "1700000000002.127");
        Session ayu = given.waiting("ayu");
        Session citra = given.reserveWaiting("citra", "a1", store);
        given.redis().del("claimed", "waiting");

        assertThat(repaired()).isEqualTo(3);

        assertThat(given.heads()).containsExactly("ayu", "budi");
        assertThat(given.waiting("ayu").place()).isEqualTo(ayu.place());
        // Qiscus may have the agent in the room, so it is read first.
        UnclearAssignment expired = given.store(LONG, LONG).expired();
        assertThat(expired.session().place()).isEqualTo(citra.place());
        assertThat(store.confirm(expired.session())).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(repaired()).isZero();
    }

    @Test
    void aClaimedSessionWithoutAnAgentIsBackAtOnce() {
        Session ayu = given.reserve("ayu", "a1");
        given.redis().hdel("assigned", "ayu");

        assertThat(repaired()).isEqualTo(1);

        assertThat(given.heads()).containsExactly("ayu");
        assertThat(store.confirm(ayu)).isFalse();
        assertThat(repaired()).isZero();
    }

    @Test
    void correctStateIsLeftAlone() {
        given.assign("ayu", "a1");
        given.reserve("budi", "a1");
        given.comes("citra");
        store.park(given.comes("dewi"), "no such room");
        List<String> before = given.line();

        assertThat(repaired()).isZero();

        assertThat(given.line()).isEqualTo(before);
        assertThat(given.isClaimed("budi")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("2");
    }

    @Test
    void allPartsOfALongLineAreChecked() {
        for (int i = 0; i < 1500; i++) {
            given.asks("room" + i);
        }
        given.snapshot();
        given.redis().del("waiting");

        assertThat(repaired()).isEqualTo(1500);

        assertThat(given.line()).hasSize(1500).allMatch(place -> place.startsWith(CHANNEL + ":"));
    }

    @Test
    void anUnreadableParkedEntryIsDeleted() {
        given.redis().hset("parked", "ayu", "{");

        assertThatThrownBy(() -> store.unpark("ayu", true, "dewi")).isInstanceOf(NotKnown.class);
        assertThat(store.unpark("ayu", false, "dewi").outcome()).isEqualTo(Resolved.Outcome.DROPPED);
        assertThat(given.isParked("ayu")).isFalse();
    }

    static Stream<String> keys() {
        return new Keys("").forScript().stream();
    }

    private static boolean isText(String key) {
        return Keys.TYPES.get(keys().toList().indexOf(key)).equals("string");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyOfAnotherTypeIsReplaced(String key) {
        if (isText(key)) {
            given.redis().lpush(key, "x");
        } else {
            given.redis().set(key, "x");
        }

        store.repair();

        given.assign("ayu", "a1");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.happened()).anySatisfy(recorded -> {
            assertThat(recorded.event()).isEqualTo(Event.KEY_REPLACED);
            assertThat(recorded.text("key")).isEqualTo(key);
        });
    }

    @Test
    void aLineThatWasWrittenByHandIsReserved() {
        given.redis().zadd("waiting", 0, "c:1700000000000.000:ayu");

        Session ayu = given.waiting("ayu");

        assertThat(store.reserve(placement(ayu, "a1", 0)).outcome()).isEqualTo(Outcome.RESERVED);
    }

    private long corrections() {
        given.happened().clear();
        store.recount();
        return numbers(Event.CORRECTED, "agents");
    }

    private long repaired() {
        given.happened().clear();
        store.repair();
        return numbers(Event.REPAIRED, "sessions");
    }

    private long numbers(Event event, String field) {
        return given.happened().stream()
                .filter(recorded -> recorded.event() == event)
                .mapToLong(recorded -> recorded.number(field))
                .sum();
    }
}
