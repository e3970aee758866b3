package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.retry;

import assignment.Resolve;
import assignment.Resolved;
import assignment.Resolved.Outcome;
import java.time.Duration;
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
    void theHolderOfTheRoomHasOneCustomerLess() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.assign("citra", "a2");

        Resolved resolved = store.resolve(new Resolve("ayu", "1"));

        assertThat(resolved)
                .isEqualTo(
                        new Resolved(Outcome.FREED, "Customer ayu (room ayu) is resolved, Agent a1 has 1 left", false));
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isEqualTo("1");
    }

    @Test
    void theCountOfTheLastCustomerBecomesZeroAndStaysReadable() {
        given.assign("ayu", "a1");

        assertThat(store.resolve(new Resolve("ayu", null)).sentence()).endsWith("Agent a1 has 0 left");
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aRepetitionChangesNothingEvenIfTheRoomIsAssignedAgain() {
        given.assign("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));
        given.assign("ayu", "a1");

        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.REPEATED);
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");

        assertThat(resolve("ayu", "2")).isEqualTo(Outcome.FREED);
    }

    @Test
    void theSameServiceIdInAnotherRoomIsNotARepetition() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(resolve("budi", "1")).isEqualTo(Outcome.FREED);
    }

    @Test
    void withoutAServiceIdARepetitionOfAnUnknownRoomChangesNothing() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        store.resolve(new Resolve("ayu", null));

        assertThat(resolve("ayu", null)).isEqualTo(Outcome.UNKNOWN);
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void anUnknownRoomChangesNothing() {
        given.assign("ayu", "a1");

        assertThat(store.resolve(new Resolve("eka", "1")))
                .isEqualTo(new Resolved(Outcome.UNKNOWN, "Room eka is not ours, nothing changed", false));
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aWaitingRoomLeavesTheLine() {
        store.returnToLine(given.comes("ayu"), retry("it fails", LONG, Duration.ZERO));
        given.asks("budi");

        assertThat(store.resolve(new Resolve("ayu", "1")))
                .isEqualTo(new Resolved(
                        Outcome.LEFT_LINE,
                        "Customer ayu (room ayu) was resolved while waiting and left the line",
                        false));
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(given.hasSession("ayu")).isFalse();
        assertThat(given.redis().exists("resting")).isFalse();
        assertThat(given.heads()).containsExactly("budi");
    }

    @Test
    void aClaimWithoutAnAgentLeavesToo() {
        given.reserve("ayu", "a1");
        given.redis().hdel("assigned", "ayu");

        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.LEFT_LINE);
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.hasSession("ayu")).isFalse();
    }

    @Test
    void aReservationIsFreed() {
        given.reserve("ayu", "a1");

        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.FREED);
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.hasSession("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aParkedRoomIsNoLongerParked() {
        store.park(given.comes("ayu"), "no such room");

        assertThat(store.resolve(new Resolve("ayu", "1")))
                .isEqualTo(
                        new Resolved(Outcome.UNPARKED, "Customer ayu (room ayu) is no longer parked: resolved", false));
        assertThat(given.isParked("ayu")).isFalse();
    }

    @Test
    void aWaitingRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");

        assertThat(store.resolve(new Resolve("ayu", "1")))
                .isEqualTo(new Resolved(Outcome.EARLIER, "Room ayu has a new session since, nothing changed", false));
        assertThat(given.isWaiting("ayu")).isTrue();

        assertThat(resolve("ayu", "2")).isEqualTo(Outcome.LEFT_LINE);
    }

    @Test
    void anAssignedRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");
        store.confirm(given.reserveWaiting("ayu", "a1", store));

        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.EARLIER);
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void aParkedRoomIsNotTouchedByTheResolveOfItsEarlierSession() {
        given.asksAfterService("ayu", "1");
        store.park(given.waiting("ayu"), "no such room");

        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.EARLIER);
        assertThat(given.isParked("ayu")).isTrue();
    }

    @Test
    void aCustomerWhoReturnedBeforeTheResolveWaitsAndTheSlotIsFree() {
        given.assign("ayu", "a1");
        given.asks("ayu", CHANNEL, Long.toString(System.currentTimeMillis()), "1");

        assertThat(given.settled().resolve(new Resolve("ayu", "1")).outcome()).isEqualTo(Outcome.EARLIER);
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void earlierCallsAreAdmittedBeforeTheResolve() {
        given.asks("ayu");
        IntStream.range(0, 450).forEach(i -> given.asks("room" + i, "channel" + i % 3));
        given.asks("budi");

        assertThat(resolve("budi", "1")).isEqualTo(Outcome.LEFT_LINE);
        assertThat(resolve("ayu", "1")).isEqualTo(Outcome.LEFT_LINE);
        assertThat(given.redis().exists("new_session_queue")).isFalse();
        assertThat(given.redis().hlen("session")).isEqualTo(450);
        assertThat(given.line()).hasSize(450);
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

    private Outcome resolve(String room, String serviceId) {
        return store.resolve(new Resolve(room, serviceId)).outcome();
    }
}
