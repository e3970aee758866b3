package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.LONG;
import static store.StoreInTest.placement;

import assignment.Placement;
import assignment.Reservation;
import assignment.Reservation.Outcome;
import assignment.Resolve;
import assignment.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.RealRedis;

/** A placement is committed if nothing changed since the choice. */
@Timeout(30)
class ReserveTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    // Reserved

    @Test
    void aReservationIsCountedAtOnceAndTheSessionLeavesTheLine() {
        Session ayu = given.comes("ayu");
        long before = System.currentTimeMillis();
        Placement placement = placement(ayu, "a1", 0);

        Reservation reservation = store.reserve(placement);

        assertThat(reservation.outcome()).isEqualTo(Outcome.RESERVED);
        assertThat(reservation.agent()).isEqualTo(placement.agent());
        assertThat(reservation.session())
                .usingRecursiveComparison()
                .ignoringFields("claim")
                .isEqualTo(ayu);
        assertThat(given.customersOf("a1")).isEqualTo("1");
        JsonNode assigned = given.stored("assigned", "ayu");
        assertThat(assigned.path("agent_id").asText()).isEqualTo("a1");
        assertThat(assigned.path("agent_name").asText()).isEqualTo("Agent a1");
        assertThat(assigned.path("since").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(given.stored("agent", "a1").path("last_assigned").asLong())
                .isBetween(before, System.currentTimeMillis());
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.isWaiting("ayu")).isFalse();
    }

    @Test
    void aClaimHasItsOwnTokenAndALease() {
        long before = System.currentTimeMillis();

        Session ayu = given.reserve("ayu", "a1");
        Session budi = given.reserve("budi", "a1", given.leaseless());

        assertThat(ayu.claim()).isNotBlank().isNotEqualTo(budi.claim());
        assertThat(given.stored("session", "ayu").path("claim").asText()).isEqualTo(ayu.claim());
        assertThat(given.redis().zscore("claimed", "ayu"))
                .isBetween((double) before + LONG.toMillis(), (double) System.currentTimeMillis() + LONG.toMillis());
        assertThat(given.redis().zscore("claimed", "budi"))
                .isBetween((double) before, (double) System.currentTimeMillis());
    }

    @Test
    void anAgentWithFewerCustomersByNowIsReserved() {
        given.assign("ayu", "a1");
        Session budi = given.comes("budi");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.reserve(placement(budi, "a1", 1)).outcome()).isEqualTo(Outcome.RESERVED);
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void severalPlacementsOfOneRoundAddUp() {
        Session ayu = given.comes("ayu");
        Session budi = given.comes("budi");

        assertThat(store.reserve(placement(ayu, "a1", 0)).isReserved()).isTrue();
        assertThat(store.reserve(placement(budi, "a1", 1)).isReserved()).isTrue();

        assertThat(given.customersOf("a1")).isEqualTo("2");
    }

    // Changed

    @Test
    void anAgentWithMoreCustomersByNowIsNotReservedAndTheSessionKeepsItsPlace() {
        Session ayu = given.comes("ayu");
        given.assign("budi", "a1");

        Reservation reservation = store.reserve(placement(ayu, "a1", 0));

        assertThat(reservation).isEqualTo(new Reservation(Outcome.CHANGED, null, null, null, reservation.asked()));
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.line()).containsExactly(ayu.place());
        assertThat(given.waiting("ayu")).isEqualTo(ayu);
    }

    @Test
    void anInstanceThatNoLongerDecidesReservesNothing() {
        Session ayu = given.comes("ayu");
        given.decides(given.store(LONG, LONG));

        assertThat(store.reserve(placement(ayu, "a1", 0)).outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.redis().exists("agent_customer_count")).isFalse();
    }

    @Test
    void anInstanceWithoutALeaseReservesNothingEvenIfNoOtherDecides() {
        Session ayu = given.comes("ayu");
        given.redis().del("decider");

        assertThat(store.reserve(placement(ayu, "a1", 0)).outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(given.isWaiting("ayu")).isTrue();
    }

    @Test
    void anInstanceHeldUpLongerThanItsLeaseReservesNothing() {
        Session ayu = given.comes("ayu");
        store.snapshot();
        await().pollDelay(Duration.ofMillis(2600)).until(store::lead);

        assertThat(store.reserve(placement(ayu, "a1", 0)).outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(given.isWaiting("ayu")).isTrue();

        assertThat(store.snapshot().isFirst()).isTrue();
        assertThat(store.reserve(placement(ayu, "a1", 0)).isReserved()).isTrue();
    }

    @Test
    void anAssignCallIsInTimeOnlyIfItEndsWithinTheLease() {
        Reservation reservation = store.reserve(placement(given.comes("budi"), "a1", 0));

        assertThat(store.isInTime(reservation)).isTrue();
        assertThat(given.leaseless().isInTime(reservation)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-3", "nan", "1e999"})
    void anUnreadableCountIsZero(String written) {
        Session ayu = given.comes("ayu");
        given.redis().hset("agent_customer_count", "a1", written);

        assertThat(store.reserve(placement(ayu, "a1", 0)).isReserved()).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    // Gone

    @Test
    void aSessionThatWasResolvedMeanwhileIsGone() {
        Session ayu = given.comes("ayu");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.reserve(placement(ayu, "a1", 0)).outcome()).isEqualTo(Outcome.GONE);
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isNull();
        assertThat(given.hasSession("ayu")).isFalse();
    }

    @Test
    void theNextSessionOfTheRoomIsNotReservedInItsPlace() {
        Session before = given.comes("ayu");
        store.resolve(new Resolve("ayu", "1"));
        Session next = given.comes("ayu");

        assertThat(store.reserve(placement(before, "a1", 0)).outcome()).isEqualTo(Outcome.GONE);
        assertThat(given.waiting("ayu")).isEqualTo(next);
    }

    @Test
    void aSessionIsCountedOnceForManyReservations() {
        Session ayu = given.comes("ayu");
        store.reserve(placement(ayu, "a1", 0));

        assertThat(store.reserve(placement(ayu, "a2", 0)).outcome()).isEqualTo(Outcome.GONE);
        assertThat(store.reserve(placement(ayu, "a1", 1)).outcome()).isEqualTo(Outcome.GONE);
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isNull();
        assertThat(given.stored("assigned", "ayu").path("agent_id").asText()).isEqualTo("a1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRoomWithAnAgentGetsNoSecondOneEvenIfItIsInLineTwice(boolean isConfirmed) {
        Session ayu = given.reserve("ayu", "a1");
        String twice = "another:1700000000000.000:ayu";
        given.redis().zadd("waiting", 0, twice);
        if (isConfirmed) {
            store.confirm(ayu);
        }

        assertThat(store.reserve(placement(given.waiting("ayu"), "a2", 0)).outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(given.line()).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isNull();
        assertThat(store.confirm(ayu)).isEqualTo(!isConfirmed);
    }

    // Written by hand

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"room_id\":\"other\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"nowhere\",\"first_asked\":\"1\",\"attempts\":1e14,\"claim\":\"x\"}",
                "{\"room_id\":\"ayu\",\"channel\":\"c\",\"first_asked\":\"1\",\"refused_at\":[1,2]}",
                "{\"room_id\":\"ayu\",\"channel\":\"c\",\"first_asked\":\"1\",\"refused_at\":{\"a1\":\"yesterday\"}}"
            })
    void aSessionInLineIsReservedWhateverIsWrittenIntoIt(String written) {
        Session ayu = given.comes("ayu");
        given.redis().hset("session", "ayu", written);

        Reservation reservation = store.reserve(placement(given.waiting("ayu"), "a1", 0));

        assertThat(reservation.isReserved()).isTrue();
        assertThat(reservation.session().place()).isEqualTo(ayu.place());
        assertThat(given.line()).isEmpty();
        assertThat(store.confirm(reservation.session())).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aSessionThatWasDeletedByHandIsReservedAtItsPlace() {
        Session ayu = given.comes("ayu");
        given.redis().del("session");

        Session reserved = store.reserve(placement(ayu, "a1", 0)).session();

        assertThat(reserved.place()).isEqualTo(ayu.place());
        assertThat(store.confirm(reserved)).isTrue();
    }

    @Test
    void theAgentsNewCountIsKeptForTheLog() {
        given.assign("ayu", "a1");

        given.reserve("budi", "a1");

        assertThat(given.stored("assigned", "budi").path("customers").asInt()).isEqualTo(2);
        assertThat(given.stored("assigned", "budi").path("capacity").asInt()).isEqualTo(2);
    }
}
