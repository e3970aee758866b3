package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.UNANSWERED;

import assignment.Resolve;
import assignment.Session;
import assignment.UnclearAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** Claims whose lease ran out. */
@Timeout(30)
class ExpiredTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void aRunningLeaseIsLeftAlone() {
        given.reserve("ayu", "a1");

        assertThat(store.expired()).isNull();
        assertThat(given.isClaimed("ayu")).isTrue();
    }

    @Test
    void aSessionWithoutAReservationIsBackAtExactlyItsPlace() {
        given.asks("ayu", CHANNEL, "1700000000000.127");
        given.reserveWaiting("ayu", "a1", given.leaseless());
        given.redis().hdel("assigned", "ayu");

        assertThat(store.expired()).isNull();

        assertThat(given.line()).containsExactly(CHANNEL + ":1700000000000.127:ayu");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.waiting("ayu"))
                .extracting(Session::attempts, Session::claim)
                .containsExactly(0, null);
    }

    @Test
    void aReservedSessionGetsANewClaim() {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());

        UnclearAssignment expired = store.expired();

        assertThat(expired.session().roomId()).isEqualTo("ayu");
        assertThat(expired.session().claim()).isNotNull().isNotEqualTo(ayu.claim());
        assertThat(expired.unknownForMillis()).isZero();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(store.expired()).isNull();
    }

    @Test
    void theTimeOfTheUnknownOutcomeIsReturned() {
        Session ayu = given.reserve("ayu", "a1");
        given.settled().unclear(ayu, UNANSWERED);
        long since = System.currentTimeMillis() - 5000;
        given.change("session", "ayu", session -> session.put("doubt_since", since));

        UnclearAssignment expired = store.expired();

        assertThat(expired.unknownForMillis()).isBetween(5000L, System.currentTimeMillis() - since);
        given.settled().unclear(expired.session(), UNANSWERED);
        assertThat(store.expired().unknownForMillis()).isGreaterThanOrEqualTo(expired.unknownForMillis());
    }

    @Test
    void theFirstExpiredLeaseComesFirst() {
        given.reserve("ayu", "a1", given.leaseless());
        given.reserve("budi", "a1", given.leaseless());
        given.redis().zadd("claimed", 1000, "budi");

        assertThat(store.expired().session().roomId()).isEqualTo("budi");
        assertThat(store.expired().session().roomId()).isEqualTo("ayu");
        assertThat(store.expired()).isNull();
    }

    @Test
    void aClaimWithoutASessionIsDeleted() {
        given.redis().zadd("claimed", 1000, "nobody");
        given.reserve("ayu", "a1", given.leaseless());

        assertThat(store.expired().session().roomId()).isEqualTo("ayu");
        assertThat(given.isClaimed("nobody")).isFalse();
    }

    @Test
    void aResolvedRoomIsNotTakenOver() {
        given.reserve("ayu", "a1", given.leaseless());
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.expired()).isNull();
    }
}
