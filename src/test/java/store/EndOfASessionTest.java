package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.retry;

import assignment.Resolve;
import assignment.Session;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import support.RealRedis;

/** A session is parked for a human, or no longer needs an agent. */
@Timeout(30)
class EndOfASessionTest {
    private static final String WHY = "no such room";

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    enum End {
        PARKED {
            @Override
            void of(Session session, SessionStore store) {
                store.park(session, WHY);
            }
        },
        DROPPED {
            @Override
            void of(Session session, SessionStore store) {
                store.drop(session, WHY);
            }
        };

        abstract void of(Session session, SessionStore store);
    }

    @ParameterizedTest
    @EnumSource
    void theSessionIsNeitherInLineNorClaimedAndItsSlotIsFree(End end) {
        Session ayu = given.reserve("ayu", "a1");

        end.of(ayu, store);

        thatIsTheEndOf("ayu", end);
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatWaitsEndsTooAndNoCountChanges(End end) {
        Session ayu = given.comes("ayu");

        end.of(ayu, store);

        thatIsTheEndOf("ayu", end);
        assertThat(given.redis().exists("agent_customer_count")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aRestingSessionLeavesNothingBehind(End end) {
        Session ayu = given.comes("ayu");
        store.returnToLine(ayu, retry("it fails", StoreInTest.LONG, Duration.ZERO));

        end.of(ayu, store);

        thatIsTheEndOf("ayu", end);
        assertThat(given.redis().exists("resting")).isFalse();
    }

    private void thatIsTheEndOf(String room, End end) {
        assertThat(given.isAssigned(room)).isFalse();
        assertThat(given.isClaimed(room)).isFalse();
        assertThat(given.isWaiting(room)).isFalse();
        assertThat(given.hasSession(room)).isFalse();
        assertThat(given.isParked(room)).isEqualTo(end == End.PARKED);
        assertThat(given.heads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aResolvedSessionIsLost(End end) {
        Session ayu = given.reserve("ayu", "a1");
        Session budi = given.comes("budi");
        store.resolve(new Resolve("ayu", "1"));
        store.resolve(new Resolve("budi", "1"));

        end.of(ayu, store);
        end.of(budi, store);

        assertThat(given.redis().exists("parked")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionReservedMeanwhileStaysReserved(End end) {
        Session ayu = given.comes("ayu");
        given.reserveWaiting("ayu", "a1", store);

        end.of(ayu, store);

        assertThat(given.isParked("ayu")).isFalse();
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void theNextSessionOfTheRoomDoesNotEndInItsPlace(End end) {
        Session before = given.comes("ayu");
        store.resolve(new Resolve("ayu", "1"));
        given.comes("ayu");

        end.of(before, store);

        assertThat(given.isParked("ayu")).isFalse();
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.hasSession("ayu")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aClaimThatAnotherInstanceTookIsLostAndKeepsItsSlot(End end) {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());
        Session taken = store.expired().session();

        end.of(ayu, store);
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isClaimed("ayu")).isTrue();

        end.of(taken, store);
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aParkedSessionIsKeptWithTheReason() {
        Session ayu = given.reserve("ayu", "a1");
        long before = System.currentTimeMillis();

        store.park(ayu, WHY);

        JsonNode parked = given.stored("parked", "ayu");
        assertThat(parked.path("reason").asText()).isEqualTo(WHY);
        assertThat(parked.path("at").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(parked.at("/session/first_asked").asText()).isEqualTo(ayu.firstAsked());
        assertThat(parked.at("/session/name").asText()).isEqualTo("Customer ayu");
        assertThat(parked.at("/session/claim").isMissingNode()).isTrue();
    }

    @Test
    void aRetriedSessionIsBackAtItsPlace() {
        Session ayu = given.reserve("ayu", "a1");
        given.asks("budi");
        store.park(ayu, WHY);

        assertThat(store.unpark("ayu", true, "dewi"))
                .hasToString("Customer ayu (room ayu) is no longer parked: retry, by dewi");

        assertThat(given.isParked("ayu")).isFalse();
        assertThat(given.waiting("ayu").place()).isEqualTo(ayu.place());
        assertThat(given.waiting("ayu"))
                .extracting(Session::attempts, Session::reason)
                .containsExactly(0, null);
        assertThat(given.heads()).containsExactly("ayu", "budi");
    }

    @Test
    void theNextSessionOfADroppedRoomWaitsAtOnce() {
        store.drop(given.comes("ayu"), "resolved in Qiscus");
        given.asksNow("ayu");

        assertThat(given.heads()).containsExactly("ayu");
    }
}
