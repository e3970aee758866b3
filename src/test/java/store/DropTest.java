package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
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
class DropTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void nothingIsLeftOfADroppedSessionAndItsSlotIsFree() {
        Session ayu = given.reserve("ayu", "a1");

        assertThat(store.drop(ayu, "resolved in Qiscus").outcome()).isEqualTo("dropped");

        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(store.take()).isNull();
    }

    @Test
    void theNextSessionOfADroppedRoomWaitsAtOnce() {
        store.drop(given.claim("ayu"), "resolved in Qiscus");
        given.asksNow("ayu");

        assertThat(store.take().roomId()).isEqualTo("ayu");
    }

    @Test
    void aSessionWithoutAReservationIsDroppedToo() {
        assertThat(store.drop(given.claim("ayu"), "resolved in Qiscus").outcome())
                .isEqualTo("dropped");

        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.redis().exists("agent_customer_count")).isFalse();
    }

    @Test
    void theFreedSlotLetsTheChannelsHeldBackTryAgain() {
        Session ayu = given.reserve("ayu", "a1");
        store.reserve(given.claim("budi"), List.of(agent("full", 2)), true);
        assertThat(store.take()).isNull();

        store.drop(ayu, "resolved in Qiscus");

        assertThat(store.take().roomId()).isEqualTo("budi");
    }

    @Test
    void aSessionThatWasResolvedMeanwhileIsLost() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.drop(ayu, "resolved in Qiscus").outcome()).isEqualTo("lost");
        assertThat(given.isParked("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aClaimThatAnotherWorkerTookUpIsLostAndKeepsItsSlot() {
        Session ayu = given.claim("ayu");
        given.store(LONG, Duration.ZERO).reserve(ayu, List.of(agent("a1", 0)), true);
        Session taken = store.takeAbandoned().session();

        assertThat(store.drop(ayu, "resolved in Qiscus").outcome()).isEqualTo("lost");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isClaimed("ayu")).isTrue();

        assertThat(store.drop(taken, "resolved in Qiscus").outcome()).isEqualTo("dropped");
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }
}
