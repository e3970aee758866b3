package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;

import assignment.Placement;
import assignment.Resolve;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.RealRedis;

/** Somebody wrote into Redis by hand: no script dies of it, and nobody is lost. */
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
                "{\"room_id\":\"ayu\",\"channel\":\"c\",\"first_asked\":\"1763880000123.456\",\"attempts\":{},\"had_turn\":\"x\","
                        + "\"claim\":7,\"doubt_since\":[],\"name\":{},\"reason\":1,\"source\":null}",
                "{\"at\":\"x\",\"session\":\"y\",\"reason\":1}",
                "{\"foreign\":\"x\",\"known_at\":{},\"theirs\":null,\"theirs_since\":\"\",\"last_assigned\":[],\"changes\":[1,[2],"
                        + "[\"a\",\"b\",\"c\"]]}",
                "{\"foreign\":1e300,\"changes\":{\"a\":1}}"
            })
    void whateverStandsInAHashTheCustomerIsServed(String garbage) {
        given.assign("budi", "a2");
        for (String hash : List.of("session", "assigned", "parked")) {
            given.redis().hset(hash, "ayu", garbage);
        }
        for (String hash : List.of("agent", "agent_customer_count")) {
            given.redis().hset(hash, "a1", garbage);
        }
        given.redis().hset("held", "channel-of-ayu", garbage);
        given.redis().hset("config", "max_customer_per_agent", garbage);
        given.redis().hset("config", "max_customer_per_agent:a1", garbage);
        SessionStore settled = given.settled();
        settled.recount();
        settled.mend();
        settled.line();
        settled.parked();
        settled.takeAbandoned();
        store.unpark("ayu", false);

        given.asks("ayu", "channel-of-ayu", Long.toString(System.currentTimeMillis() + 500));
        Session ayu = store.take();
        Placement placement = store.reserve(ayu, List.of(agent("a1", 0)), true);

        assertThat(ayu.roomId()).isEqualTo("ayu");
        assertThat(placement.agentId()).isEqualTo("a1");
        assertThat(store.confirm(ayu).count()).isEqualTo(1);
        assertThat(settled.recount()).isZero();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("freed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "{\"agent_id\":11}", "{\"agent_id\":null}"})
    void aDamagedReservationIsNoneAndTheSessionIsTriedAgain(String garbage) {
        SessionStore leaseless = given.store(LONG, Duration.ZERO);
        Session ayu = given.claim("ayu", leaseless);
        leaseless.reserve(ayu, List.of(agent("a1", 0)), true);
        given.redis().hset("assigned", "ayu", garbage);

        assertThat(store.confirm(ayu).outcome()).isEqualTo("lost");
        assertThat(store.takeAbandoned().isReturned()).isTrue();

        assertThat(store.recount()).isEqualTo(1);
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(store.reserve(store.take(), List.of(agent("a1", 0)), true).count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "-3", "7", "1e999", "nan", "0.5", "99999999999999999999"})
    void aCountBecomesTheNumberOfRoomsAgain(String written) {
        given.assign("ayu", "a1");
        given.redis().hset("agent_customer_count", "a1", written);
        given.redis().hset("agent_customer_count", "nobody", written);
        given.assign("budi", "a2");
        given.redis().hdel("agent_customer_count", "a2");

        assertThat(store.recount()).isEqualTo(3);

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
        assertThat(given.customersOf("nobody")).isEqualTo("0");
        assertThat(store.recount()).isZero();
    }

    @Test
    void whoWasTornFromTheLineOrFromAWorkerIsBackAtHisPlace() {
        given.asks("ayu", "x", "1700000000000.127");
        given.asks("budi", "y", "1700000000001.127");
        given.asks("citra", "z", "1700000000002.127");
        Session ayu = store.take();
        given.redis().del("claimed", "waiting:y", "channels");

        assertThat(given.store(LONG, LONG).mend()).isEqualTo(3);

        assertThat(store.reserve(ayu, List.of(agent("a1", 0)), true).outcome()).isEqualTo("lost");
        assertThat(store.take().roomId()).isEqualTo("ayu");
        assertThat(store.take().roomId()).isEqualTo("budi");
        assertThat(store.take().roomId()).isEqualTo("citra");
        assertThat(store.mend()).isZero();
    }

    @Test
    void allPartsOfALongLineAreLookedThrough() {
        for (int i = 0; i < 1500; i++) {
            given.asks("room" + i);
        }
        store.resolve(new Resolve("nobody", null));
        given.redis().del("waiting:" + StoreInTest.CHANNEL);

        assertThat(store.mend()).isEqualTo(1500);

        assertThat(given.redis().zcard("waiting:" + StoreInTest.CHANNEL)).isEqualTo(1500);
    }

    @Test
    void anUnreadableEntryOfTheParkedIsDropped() {
        given.redis().hset("parked", "ayu", "{");

        assertThat(store.unpark("ayu", true).outcome()).isEqualTo("unknown");
        assertThat(store.unpark("ayu", false).outcome()).isEqualTo("dropped");
        assertThat(given.isParked("ayu")).isFalse();
    }
}
