package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.EVER;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.retry;

import assignment.Event;
import assignment.FaultScope;
import assignment.Resolve;
import assignment.Retry;
import assignment.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class ReturnToLineTest {
    private static final Retry FAILED = retry("it fails", Duration.ZERO, Duration.ZERO);
    private static final Retry REFUSED =
            new Retry("refused", Duration.ZERO, Duration.ZERO, FaultScope.THIS_ROOM, true, false);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void aSessionIsBackAtExactlyItsPlaceAndItsSlotIsFree() {
        given.asks("ayu", CHANNEL, "1700000000000.127");
        Session ayu = given.reserveWaiting("ayu", "a1", store);

        store.returnToLine(ayu, FAILED);

        assertThat(given.line()).containsExactly(CHANNEL + ":1700000000000.127:ayu");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.waiting("ayu").claim()).isNull();
    }

    @Test
    void aSessionThatWaitsStaysAtItsPlace() {
        Session ayu = given.comes("ayu");

        store.returnToLine(ayu, FAILED);

        assertThat(given.line()).containsExactly(ayu.place());
        assertThat(given.redis().exists("agent_customer_count")).isFalse();
    }

    @Test
    void attemptsAreCountedAndTheReasonIsKept() {
        store.returnToLine(given.comes("ayu"), FAILED);
        assertThat(given.waiting("ayu"))
                .extracting(Session::attempts, Session::reason)
                .containsExactly(1, "it fails");

        store.returnToLine(given.waiting("ayu"), REFUSED);
        assertThat(given.waiting("ayu"))
                .extracting(Session::attempts, Session::reason)
                .containsExactly(2, "refused");
    }

    @Test
    void theSameReasonIsRecordedOnce() {
        store.returnToLine(given.comes("ayu"), FAILED);
        store.returnToLine(given.waiting("ayu"), FAILED);
        store.returnToLine(given.waiting("ayu"), REFUSED);

        assertThat(given.happened())
                .filteredOn(recorded -> recorded.event() == Event.SET_BACK)
                .extracting(recorded -> recorded.data().containsKey("news"))
                .containsExactly(true, false, true);
    }

    @Test
    void refusedAgentsOfTheRoomAreRemembered() {
        long before = System.currentTimeMillis();
        store.returnToLine(given.reserve("ayu", "a1"), REFUSED);
        store.returnToLine(given.reserveWaiting("ayu", "a2", store), FAILED);
        store.returnToLine(given.reserveWaiting("ayu", "a3", store), REFUSED);

        assertThat(given.waiting("ayu").refusedAt())
                .containsOnlyKeys("a1", "a3")
                .allSatisfy((agent, at) -> assertThat(at).isBetween(before, System.currentTimeMillis()));
    }

    /** A room at which Qiscus always fails must rest, even if Qiscus answers for others meanwhile. */
    @Test
    void aSessionThatFailedWhileOthersWereAnsweredSkipsOneRest() {
        Retry overtaken = new Retry("it fails", LONG, Duration.ZERO, FaultScope.THIS_ROOM, false, false, true);

        store.returnToLine(given.comes("ayu"), overtaken);
        assertThat(given.redis().exists("resting")).isFalse();

        store.returnToLine(given.waiting("ayu"), overtaken);
        assertThat(given.redis().zrange("resting", 0, -1)).containsExactly("ayu");
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        Session ayu = given.comes("ayu");
        Session budi = given.comes("budi");
        store.returnToLine(ayu, retry("too many requests", Duration.ZERO, EVER));

        store.returnToLine(budi, retry("timeout", Duration.ZERO, Duration.ofMillis(1)));

        assertThat(given.snapshot().pausedUntil()).isGreaterThan(System.currentTimeMillis() + 60_000);
    }

    @Test
    void aLongerPauseReplacesAShorterOne() {
        Session ayu = given.comes("ayu");
        Session budi = given.comes("budi");
        store.returnToLine(ayu, retry("timeout", Duration.ZERO, Duration.ofMillis(1)));

        store.returnToLine(budi, retry("too many requests", Duration.ZERO, EVER));

        assertThat(given.snapshot().pausedUntil()).isGreaterThan(System.currentTimeMillis() + 60_000);
    }

    @Test
    void aResolvedSessionDoesNotComeBack() {
        Session ayu = given.reserve("ayu", "a1");
        Session budi = given.comes("budi");
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("budi", "1"));

        store.returnToLine(ayu, retry("refused", LONG, LONG));
        store.returnToLine(budi, retry("refused", LONG, LONG));

        assertThat(given.line()).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.redis().exists("resting")).isFalse();
    }

    @Test
    void aSessionReservedMeanwhileStaysReserved() {
        Session ayu = given.comes("ayu");
        given.reserveWaiting("ayu", "a1", store);

        store.returnToLine(ayu, retry("the list fails", LONG, LONG));

        assertThat(given.line()).isEmpty();
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.redis().exists("resting")).isFalse();
    }

    @Test
    void aClaimThatAnotherInstanceTookIsLostAndKeepsItsSlot() {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());
        Session taken = store.expired().session();

        store.returnToLine(ayu, FAILED);
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isWaiting("ayu")).isFalse();

        store.returnToLine(taken, FAILED);
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.isWaiting("ayu")).isTrue();
    }

    @Test
    void theDoubtOfAnEarlierTryIsForgotten() {
        Session ayu = given.reserve("ayu", "a1");
        store.unclear(ayu, UNANSWERED);

        store.returnToLine(ayu, FAILED);

        assertThat(given.stored("session", "ayu").has("doubt_since")).isFalse();
    }
}
