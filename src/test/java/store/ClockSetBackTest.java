package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;
import static store.StoreInTest.setback;

import assignment.Placement;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.params.SetParams;
import support.RealRedis;

/** The clock of Redis was an hour ahead when it wrote what stands here: nothing waits an hour. */
@Timeout(60)
class ClockSetBackTest {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMillis(300);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store(SETTLED, LONG, PERIOD);

    private static long inAnHour() {
        return System.currentTimeMillis() + LONG.toMillis();
    }

    @Test
    void aLeaseEndsALeaseLater() {
        SessionStore shortly = given.store(Duration.ZERO, LEASE);
        Session ayu = given.claim("ayu", shortly);
        given.redis().zadd("claimed", inAnHour(), "ayu");

        assertThat(shortly.takeAbandoned()).isNull();
        await().until(() -> shortly.takeAbandoned() != null);

        assertThat(shortly.confirm(ayu).outcome()).isEqualTo("lost");
    }

    @Test
    void aRestAndAPauseOfEverybodyAreOver() {
        given.asks("ayu");
        store.returnToLine(store.take(), setback("it fails", Duration.ofSeconds(1), Duration.ofSeconds(1)));
        given.redis().zadd("resting", inAnHour(), "ayu");
        given.redis().zadd("resting", inAnHour(), "*");

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void aChannelHeldBackIsTried() {
        for (String held : List.of("", " closed", " closed " + inAnHour())) {
            given.asks("ayu" + held.length());
            given.redis().hset("held", StoreInTest.CHANNEL, inAnHour() + held);

            assertThat(store.take()).isNotNull();
        }
    }

    @Test
    void whoIsInLineSinceBeforeStaysBeforeWhoComesNowInTheSameOrder() {
        long ahead = inAnHour();
        for (String room : List.of("budi", "ayu", "citra")) {
            given.asks(room, "channel-of-" + room);
        }
        given.redis().sadd("channels", "x");
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, Duration.ZERO));
        List.of("ayu", "budi", "citra").forEach(room -> {
            String asked = Long.toString(ahead + room.charAt(0));
            given.redis().zadd("waiting:channel-of-" + room, Double.parseDouble(asked), room);
            given.change("session", room, session -> session.put("first_asked", asked));
        });
        given.asksNow("dewi");

        assertThat(store.take().roomId()).isEqualTo("ayu");
        Session budi = store.take();
        assertThat(budi.roomId()).isEqualTo("budi");
        assertThat(Double.parseDouble(budi.firstAsked())).isLessThan(System.currentTimeMillis());
        assertThat(store.take().roomId()).isEqualTo("citra");
        assertThat(store.take().roomId()).isEqualTo("dewi");
    }

    @Test
    void aClaimedSessionGoesBackToAPlaceThatIsNotToCome() {
        Session ayu = given.claim("ayu", store);
        given.change("session", "ayu", session -> session.put("first_asked", Long.toString(inAnHour())));

        store.returnToLine(ayu, setback("it fails", Duration.ZERO, Duration.ZERO));

        assertThat(given.redis().zscore("waiting:channel-of-ayu", "ayu")).isLessThan(System.currentTimeMillis());
    }

    @Test
    void aCustomerWhoComesBackIsInLineThoughHisRoomIsHeldSinceATimeToCome() {
        given.assign("ayu", "a1");
        given.change("assigned", "ayu", assignment -> assignment.put("since", inAnHour()));

        given.asksNow("ayu");

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void aCustomerWhoComesBackIsInLineThoughHeWasParkedAtATimeToCome() {
        store.park(given.claim("ayu", store), "no such room");
        given.change("parked", "ayu", parked -> parked.put("at", inAnHour()));

        given.asksNow("ayu");

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void aDoubtIsAsOldAsItIsSinceThen() {
        SessionStore leaseless = given.store(SETTLED, Duration.ZERO);
        leaseless.reserve(given.claim("ayu", leaseless), List.of(agent("a1", 0)), true);
        given.change("session", "ayu", session -> session.put("doubt_since", inAnHour()));
        given.redis().zadd("claimed", 1, "ayu");

        assertThat(leaseless.takeAbandoned().doubtedFor()).isZero();
        given.aMillisecondPasses();

        given.redis().zadd("claimed", 1, "ayu");
        assertThat(leaseless.takeAbandoned().doubtedFor()).isPositive();
    }

    @Test
    void aCountThatStoodStillIsBelieved() {
        given.assign("ayu", "a1");
        given.letHisCountStandStill("a1");
        given.change(
                "agent", "a1", agent -> agent.put("foreign", 1).put("theirs", 1).put("theirs_since", inAnHour()));

        assertThat(given.tryToPlace("budi", "a1", 1, store).isReserved()).isTrue();
    }

    @Test
    void anAgentWhoWasRefusedIsTriedAgain() {
        Session ayu = given.claim("ayu", store);
        given.redis().hset("agent_customer_count", "a2", "1");
        given.change(
                "session", "ayu", session -> session.putObject("refused_at").put("a1", inAnHour()));

        Placement placement = store.reserve(ayu, List.of(agent("a1", 0), agent("a2", 1)), true);

        assertThat(placement.agentId()).isEqualTo("a1");
    }

    @Test
    void whatIsHeldIsComparedInTheNextPeriodWhateverTheMarkSays() {
        SessionStore comparing = given.store(SETTLED, LONG, PERIOD);
        given.redis()
                .set("reconciled", "another", SetParams.setParams().px(StoreInTest.EVER.toMillis() + LONG.toMillis()));
        assertThat(comparing.mayReconcile()).isTrue();
        assertThat(comparing.mayReconcile()).isFalse();

        given.redis().set("reconciled", "another");
        assertThat(comparing.mayReconcile()).isTrue();
        assertThat(comparing.mayReconcile()).isFalse();
    }

    @Test
    void aRoomThatWasCheckedAtATimeToComeIsNotTheLast() {
        for (int i = 0; i < 200; i++) {
            given.redis().hset("assigned", "r" + i, "{\"agent_id\":\"a1\"}");
            given.redis().zadd("checked", System.currentTimeMillis(), "r" + i);
        }
        given.redis().hset("assigned", "ayu", "{\"agent_id\":\"a1\"}");
        given.redis().zadd("checked", inAnHour(), "ayu");

        assertThat(store.roomsToCheck()).extracting(Session::roomId).contains("ayu");
    }
}
