package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.EVER;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Placement;
import assignment.Resolve;
import assignment.Session;
import assignment.Setback;
import assignment.Whose;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class ReturnToLineTest {
    private static final Setback REFUSED = setback("refused", Duration.ZERO, Duration.ZERO);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void aSessionIsBackAtExactlyItsPlaceAndItsSlotIsFree() {
        given.asks("ayu", CHANNEL, "1700000000000.127");
        Session ayu = store.take();
        store.reserve(ayu, List.of(agent("a1", 0)), true);

        Placement placement = store.returnToLine(ayu, REFUSED);

        assertThat(placement).isEqualTo(new Placement("waiting", null, null, 0, 0, "refused", true));
        assertThat(given.redis().zscore("waiting:" + CHANNEL, "ayu")).isEqualTo(1700000000000.127);
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aSessionWithoutAReservationGoesBackToo() {
        store.returnToLine(given.claim("ayu"), REFUSED);

        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.redis().exists("agent_customer_count")).isFalse();
    }

    @Test
    void attemptsAreCountedAndTheSameReasonIsNewsOnce() {
        store.returnToLine(given.claim("ayu"), REFUSED);
        Session again = store.take();
        assertThat(again).extracting(Session::attempts, Session::reason).containsExactly(1, "refused");

        assertThat(store.returnToLine(again, REFUSED).news()).isFalse();
        assertThat(store.take().attempts()).isEqualTo(2);
    }

    /** Nobody knows whose fault it is. */
    /** No rest is longer. */
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static Setback open(Duration rest) {
        return new Setback(
                "404", rest.compareTo(FIVE_MINUTES) < 0 ? rest : FIVE_MINUTES, Duration.ZERO, Whose.OPEN, true, false);
    }

    @Test
    void whatIsNotItsOwnFaultIsNoAttempt() {
        store.returnToLine(given.claim("ayu"), open(Duration.ZERO));

        assertThat(store.take().attempts()).isZero();
    }

    @Test
    void whenAllPauseNobodyRestsOnTheirOwnAnyMore() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        store.returnToLine(ayu, open(LONG));

        store.returnToLine(budi, setback("404", Duration.ZERO, Duration.ofMillis(1)));

        await().untilAsserted(() ->
                assertThat(store.take()).isNotNull().extracting(Session::roomId).isEqualTo("ayu"));
    }

    @Test
    void whoRestsGoesBeforeAYoungerOneAsSoonAsQiscusAnswersButOnlyOnce() {
        store.returnToLine(given.claim("ayu"), open(LONG));
        Session budi = given.claim("budi");

        Placement placement = store.reserve(budi, List.of(agent("a1", 0)), true);

        assertThat(placement).extracting(Placement::outcome, Placement::again).containsExactly("waiting", true);
        Session ayu = store.take();
        assertThat(ayu.roomId()).isEqualTo("ayu");
        store.returnToLine(ayu, open(LONG));
        assertThat(store.reserve(store.take(), List.of(agent("a1", 0)), true).isReserved())
                .isTrue();
    }

    @Test
    void anOlderOneDoesNotWaitForAYoungerOneThatRests() {
        Session ayu = given.claim("ayu");
        store.returnToLine(given.claim("budi"), open(LONG));

        assertThat(store.reserve(ayu, List.of(agent("a1", 0)), true).isReserved())
                .isTrue();
    }

    @Test
    void theFreedSlotLetsTheChannelsHeldBackTryAgain() {
        Session ayu = given.reserve("ayu", "a1");
        store.reserve(given.claim("budi"), List.of(agent("full", 2)), true);
        assertThat(store.take()).isNull();

        store.returnToLine(ayu, setback("refused", LONG, Duration.ZERO));

        assertThat(store.take().roomId()).isEqualTo("budi");
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        store.returnToLine(ayu, setback("too many requests", Duration.ZERO, EVER));

        store.returnToLine(budi, setback("timeout", Duration.ZERO, Duration.ofMillis(1)));

        assertThat(given.redis().zscore("resting", "*")).isGreaterThan(System.currentTimeMillis() + 60_000);
        assertThat(store.take()).isNull();
    }

    @Test
    void aLongerPauseReplacesAShorterOne() {
        Session ayu = given.claim("ayu");
        Session budi = given.claim("budi");
        store.returnToLine(ayu, setback("timeout", Duration.ZERO, Duration.ofMillis(1)));

        store.returnToLine(budi, setback("too many requests", Duration.ZERO, EVER));

        assertThat(given.redis().zscore("resting", "*")).isGreaterThan(System.currentTimeMillis() + 60_000);
    }

    @Test
    void aSessionThatWasResolvedMeanwhileDoesNotComeBack() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.returnToLine(ayu, setback("refused", LONG, LONG)).outcome())
                .isEqualTo("lost");
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.redis().exists("resting")).isFalse();
    }

    @Test
    void aClaimThatAnotherWorkerTookUpIsLostAndKeepsItsSlot() {
        Session ayu = given.claim("ayu");
        given.store(LONG, Duration.ZERO).reserve(ayu, List.of(agent("a1", 0)), true);
        Session taken = store.takeAbandoned().session();

        assertThat(store.returnToLine(ayu, REFUSED).outcome()).isEqualTo("lost");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isWaiting("ayu")).isFalse();

        assertThat(store.returnToLine(taken, REFUSED).outcome()).isEqualTo("waiting");
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void anInstanceThatNeverSawTheChannelPutsItBackToo() {
        Session ayu = given.claim("ayu");

        given.store(LONG, LONG).returnToLine(ayu, REFUSED);

        assertThat(given.redis().zscore("waiting:channel-of-ayu", "ayu")).isNotNull();
    }

    @Test
    void theDoubtOfAnEarlierTryIsForgotten() {
        Session ayu = given.reserve("ayu", "a1");
        store.doubt(ayu, UNANSWERED);

        store.returnToLine(ayu, REFUSED);

        assertThat(given.stored("session", "ayu").has("doubt_since")).isFalse();
    }
}
