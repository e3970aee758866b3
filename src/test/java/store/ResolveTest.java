package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Resolve;
import assignment.Resolved;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class ResolveTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void theAgentWhoHoldsTheRoomHasACustomerLess() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.assign("citra", "a2");

        Resolved resolved = store.resolve(new Resolve("ayu", "1"));

        assertThat(resolved).isEqualTo(new Resolved("freed", "ayu", "a1", "Agent a1", 1, "Customer ayu"));
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
    }

    @Test
    void theCountOfTheLastCustomerBecomesZeroAndStaysReadable() {
        given.assign("ayu", "a1");

        assertThat(store.resolve(new Resolve("ayu", null)).count()).isZero();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aRepetitionChangesNothingThoughTheRoomIsAssignedAgain() {
        given.assign("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));
        given.assign("ayu", "a1");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("repeated");
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");

        assertThat(store.resolve(new Resolve("ayu", "2")).outcome()).isEqualTo("freed");
    }

    @Test
    void theSameServiceIdInAnotherRoomIsNoRepetition() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.resolve(new Resolve("budi", "1")).outcome()).isEqualTo("freed");
    }

    @Test
    void withoutAServiceIdARepetitionOfAnUnknownRoomChangesNothing() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", null));

        assertThat(store.resolve(new Resolve("ayu", null)).outcome()).isEqualTo("unknown");
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void anUnknownRoomChangesNothing() {
        given.assign("ayu", "a1");

        assertThat(store.resolve(new Resolve("eka", "1")))
                .isEqualTo(new Resolved("unknown", "eka", null, null, 0, null));
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aWaitingRoomLeavesTheLine() {
        given.asks("ayu");
        given.asks("budi");
        store.returnToLine(store.take(), setback("it fails", LONG, Duration.ZERO));

        assertThat(store.resolve(new Resolve("ayu", "1")))
                .isEqualTo(new Resolved("left_line", "ayu", null, null, 0, "Customer ayu"));
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
        assertThat(given.redis().exists("resting")).isFalse();
        assertThat(given.isWaiting("budi")).isTrue();
    }

    @Test
    void aChannelWhoseLastRoomLeavesHasNoLineAnyMore() {
        store.returnToLine(given.claim("ayu"), setback("it fails", Duration.ZERO, Duration.ZERO));

        given.store(LONG, LONG).resolve(new Resolve("ayu", "1"));

        assertThat(given.redis().exists("channels")).isFalse();
    }

    @Test
    void aRoomThatIsBeingDecidedLeaves() {
        given.claim("ayu");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("left_line");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
    }

    @Test
    void aReservationIsFreed() {
        given.reserve("ayu", "a1");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("freed");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aParkedRoomIsParkedNoMore() {
        store.park(given.claim("ayu"), "no such room");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("unparked");
        assertThat(given.isParked("ayu")).isFalse();
    }

    @Test
    void aWaitingRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("earlier");
        assertThat(given.isWaiting("ayu")).isTrue();

        assertThat(store.resolve(new Resolve("ayu", "2")).outcome()).isEqualTo("left_line");
    }

    @Test
    void anAssignedRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");
        Session ayu = store.take();
        store.reserve(ayu, List.of(agent("a1", 0)), true);
        store.confirm(ayu);

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("earlier");
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aParkedRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");
        store.park(store.take(), "no such room");

        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("earlier");
        assertThat(given.isParked("ayu")).isTrue();
    }

    @Test
    void whoCameBackBeforeTheResolveArrivedWaitsAndTheSlotIsFree() {
        given.assign("ayu", "a1");
        given.asks("ayu", CHANNEL, Long.toString(System.currentTimeMillis()), "1");

        assertThat(given.settled().resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("earlier");
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void callsThatCameBeforeTheResolveAreAdmittedFirstSoThatTheRoomLeaves() {
        given.asks("ayu");
        IntStream.range(0, 450).forEach(i -> given.asks("room" + i, "channel" + i % 3));
        given.asks("budi");

        assertThat(store.resolve(new Resolve("budi", "1")).outcome()).isEqualTo("left_line");
        assertThat(store.resolve(new Resolve("ayu", "1")).outcome()).isEqualTo("left_line");
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.redis().hlen("session")).isEqualTo(450);
    }

    @Test
    void aFreedSlotLetsTheChannelsHeldBackTryAgain() {
        given.assign("ayu", "a1");
        store.reserve(given.claim("budi"), List.of(agent("a1", 2)), true);
        assertThat(store.take()).isNull();

        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.take().roomId()).isEqualTo("budi");
    }

    @Test
    void aResolveIsForgottenAfterADay() {
        given.assign("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));
        given.redis()
                .zadd(
                        "resolved",
                        System.currentTimeMillis() - Duration.ofHours(25).toMillis(),
                        "ayu 1");

        store.resolve(new Resolve("budi", "2"));

        assertThat(given.redis().zrange("resolved", 0, -1)).containsExactly("budi 2");
    }
}
