package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.agent;

import assignment.Resolve;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class TakeAbandonedTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();
    private final SessionStore leaseless = given.store(LONG, Duration.ZERO);

    @Test
    void aClaimWhoseLeaseRunsIsLeftAlone() {
        given.claim("ayu");

        assertThat(store.takeAbandoned()).isNull();
        assertThat(given.isClaimed("ayu")).isTrue();
    }

    @Test
    void withoutAReservationASessionIsBackAtExactlyItsPlace() {
        given.asks("ayu", CHANNEL, "1700000000000.127");
        leaseless.take();

        SessionStore.Abandoned abandoned = store.takeAbandoned();

        assertThat(abandoned.isReturned()).isTrue();
        assertThat(abandoned.session().roomId()).isEqualTo("ayu");
        assertThat(given.redis().zscore("waiting:" + CHANNEL, "ayu")).isEqualTo(1700000000000.127);
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(store.takeAbandoned()).isNull();
        assertThat(store.take().attempts()).isZero();
    }

    @Test
    void withAReservationItIsGivenOutUnderANewClaim() {
        Session ayu = given.claim("ayu");
        leaseless.reserve(ayu, List.of(agent("a1", 0)), true);

        SessionStore.Abandoned abandoned = store.takeAbandoned();

        assertThat(abandoned.isReturned()).isFalse();
        assertThat(abandoned.session().roomId()).isEqualTo("ayu");
        assertThat(abandoned.session().claim()).isNotNull().isNotEqualTo(ayu.claim());
        assertThat(abandoned.doubtedFor()).isZero();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(store.takeAbandoned()).isNull();
    }

    @Test
    void itSaysForHowLongTheOutcomeIsUnknown() {
        Session ayu = given.reserve("ayu", "a1");
        given.settled().doubt(ayu, UNANSWERED);
        long since = System.currentTimeMillis() - 5000;
        given.change("session", "ayu", session -> session.put("doubt_since", since));

        SessionStore.Abandoned abandoned = store.takeAbandoned();

        assertThat(abandoned.doubtedFor()).isBetween(5000L, System.currentTimeMillis() - since);
        given.settled().doubt(abandoned.session(), UNANSWERED);
        assertThat(store.takeAbandoned().doubtedFor()).isGreaterThanOrEqualTo(abandoned.doubtedFor());
    }

    @Test
    void whoseLeaseRanOutFirstComesFirst() {
        given.asks("ayu");
        given.asks("budi");
        leaseless.take();
        leaseless.take();
        given.redis().zadd("claimed", 1000, "budi");

        assertThat(store.takeAbandoned().session().roomId()).isEqualTo("budi");
        assertThat(store.takeAbandoned().session().roomId()).isEqualTo("ayu");
        assertThat(store.takeAbandoned()).isNull();
    }

    @Test
    void aClaimWithoutASessionIsClearedAway() {
        given.redis().zadd("claimed", 1000, "nobody");
        given.claim("ayu", leaseless);

        assertThat(store.takeAbandoned().session().roomId()).isEqualTo("ayu");
        assertThat(given.isClaimed("nobody")).isFalse();
    }

    @Test
    void aResolvedRoomIsNotTakenUp() {
        Session ayu = given.claim("ayu");
        leaseless.reserve(ayu, List.of(agent("a1", 0)), true);
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.takeAbandoned()).isNull();
    }

    @Test
    void anInstanceThatNeverSawTheChannelReturnsItToo() {
        given.claim("ayu", leaseless);

        assertThat(given.store(LONG, LONG).takeAbandoned().isReturned()).isTrue();
        assertThat(given.redis().zscore("waiting:channel-of-ayu", "ayu")).isNotNull();
    }
}
