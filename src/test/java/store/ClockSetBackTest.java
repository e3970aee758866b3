package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.retry;

import assignment.CountChange;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import support.RealRedis;

/** The clock of Redis was an hour ahead when this state was written: no session waits for an hour. */
@Timeout(60)
class ClockSetBackTest {
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMillis(300);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store(SETTLED, LONG);

    private static long inAnHour() {
        return System.currentTimeMillis() + LONG.toMillis();
    }

    @Test
    void aLeaseEndsAfterItsDuration() {
        SessionStore shortly = given.store(Duration.ZERO, LEASE);
        Session ayu = given.reserve("ayu", "a1", shortly);
        given.redis().zadd("claimed", inAnHour(), "ayu");

        assertThat(shortly.expired()).isNull();
        await().until(() -> shortly.expired() != null);

        assertThat(shortly.confirm(ayu)).isFalse();
    }

    @Test
    void aRestAndAPauseOfAllAreOver() {
        store.returnToLine(given.comes("ayu"), retry("it fails", Duration.ofSeconds(1), Duration.ofSeconds(1)));
        given.redis().zadd("resting", inAnHour(), "ayu");
        given.redis().zadd("resting", inAnHour(), "*");

        assertThat(given.heads()).containsExactly("ayu");
        assertThat(given.snapshot().pausedUntil()).isZero();
    }

    @Test
    void sessionsFromBeforeStayAheadOfNewOnesInTheSameOrder() {
        long ahead = inAnHour();
        for (String room : List.of("budi", "ayu", "citra")) {
            String asked = ahead + room.charAt(0) + ".000";
            given.asks(room);
            given.snapshot();
            given.redis().zrem("waiting", given.waiting(room).place());
            given.redis().zadd("waiting", 0, CHANNEL + ":" + asked + ":" + room);
            given.change("session", room, session -> session.put("first_asked", asked));
        }
        given.asksNow("dewi");

        // It begins to decide, or notices that the clock was set back.
        List<Session> heads = given.snapshot(store).heads();

        assertThat(heads).extracting(Session::roomId).containsExactly("ayu", "budi", "citra", "dewi");
        assertThat(heads).allMatch(session -> Double.parseDouble(session.firstAsked()) <= System.currentTimeMillis());
    }

    @Test
    void aReservedSessionReturnsToAPlaceInThePast() {
        Session ayu = given.reserve("ayu", "a1");
        given.change("session", "ayu", session -> session.put("first_asked", Long.toString(inAnHour())));

        store.returnToLine(ayu, retry("it fails", Duration.ZERO, Duration.ZERO));

        assertThat(Double.parseDouble(given.waiting("ayu").firstAsked())).isLessThan(System.currentTimeMillis());
    }

    @Test
    void aCallForARoomHeldSinceAFutureTimeMakesItBeChecked() {
        given.assign("ayu", "a1");
        given.change("assigned", "ayu", assignment -> assignment.put("since", inAnHour()));

        given.asksNow("ayu");

        assertThat(given.heads(store)).isEmpty();
        assertThat(store.roomsCalledAbout())
                .extracting(room -> room.session().roomId())
                .containsExactly("ayu");
        store.freeStale(Session.ofRoom("ayu"));
        assertThat(given.heads(store)).containsExactly("ayu");
    }

    @Test
    void aCustomerParkedAtAFutureTimeIsInLineWhenTheyReturn() {
        store.park(given.comes("ayu"), "no such room");
        given.change("parked", "ayu", parked -> parked.put("at", inAnHour()));

        given.asksNow("ayu");

        assertThat(given.heads(store)).containsExactly("ayu");
    }

    @Test
    void aDoubtBeginsWithTheChangeOfTheClock() {
        SessionStore leaseless = given.store(SETTLED, Duration.ZERO);
        given.reserve("ayu", "a1", leaseless);
        given.change("session", "ayu", session -> session.put("doubt_since", inAnHour()));
        given.redis().zadd("claimed", 1, "ayu");

        assertThat(leaseless.expired().unknownForMillis()).isZero();

        await().pollDelay(Duration.ofMillis(2)).untilAsserted(() -> {
            given.redis().zadd("claimed", 1, "ayu");
            assertThat(leaseless.expired().unknownForMillis()).isPositive();
        });
    }

    /** The ids of a stream never go back: a new entry gets the time of the last one. */
    @Test
    void aChangeOfACountIsNotNewerThanNow() {
        given.redis()
                .xadd(
                        "count_changes",
                        Map.of("agent", "a1", "count", "1", "by", "1", "kind", "RESERVED", "since", "0"),
                        XAddParams.xAddParams().id(new StreamEntryID(inAnHour(), 0)));
        given.assign("ayu", "a1");

        assertThat(given.snapshot(store).changes())
                .hasSize(3)
                .extracting(CountChange::at)
                .allMatch(at -> at <= System.currentTimeMillis());
    }

    @Test
    void heldRoomsAreComparedInTheNextPeriodWhateverTheMarkSays() {
        store.lead();
        given.redis()
                .set("reconciled", "another", SetParams.setParams().px(StoreInTest.EVER.toMillis() + LONG.toMillis()));
        assertThat(store.mayReconcile()).isTrue();
        assertThat(store.mayReconcile()).isFalse();

        given.redis().set("reconciled", "another");
        assertThat(store.mayReconcile()).isTrue();
        assertThat(store.mayReconcile()).isFalse();
    }

    @Test
    void aRoomCheckedAtAFutureTimeIsNotTheLast() {
        for (int i = 0; i < 200; i++) {
            given.redis().hset("assigned", "r" + i, "{\"agent_id\":\"a1\"}");
            given.redis().zadd("checked", System.currentTimeMillis(), "r" + i);
        }
        given.redis().hset("assigned", "ayu", "{\"agent_id\":\"a1\"}");
        given.redis().zadd("checked", inAnHour(), "ayu");

        assertThat(store.roomsToCheck())
                .extracting(room -> room.session().roomId())
                .contains("ayu");
    }
}
