package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static store.StoreInTest.LONG;
import static store.StoreInTest.UNANSWERED;

import assignment.Resolve;
import assignment.Session;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class UnclearTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void theSlotStaysReservedAndTheClaimEndsAfterAFifthOfTheSettleTime() {
        Session ayu = given.reserve("ayu", "a1");
        long before = System.currentTimeMillis();

        given.store(Duration.ofSeconds(50), LONG).unclear(ayu, UNANSWERED);

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(given.redis().zscore("claimed", "ayu"))
                .isBetween(before + 10_000.0, System.currentTimeMillis() + 10_000.0);
        assertThat(given.snapshot().unconfirmed()).containsEntry("a1", 1);
        assertThat(store.expired()).isNull();
    }

    @Test
    void theDoubtBeginsWithTheFirstUnclearCall() {
        Session ayu = given.reserve("ayu", "a1");
        store.unclear(ayu, UNANSWERED);
        assertThat(given.stored("session", "ayu").path("doubt_since").asLong())
                .isCloseTo(System.currentTimeMillis(), within(10_000L));
        given.change("session", "ayu", session -> session.put("doubt_since", 1000));

        store.unclear(ayu, UNANSWERED);

        assertThat(given.stored("session", "ayu").path("doubt_since").asLong()).isEqualTo(1000);
    }

    @Test
    void aResolvedSessionIsLost() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        store.unclear(ayu, UNANSWERED);

        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.hasSession("ayu")).isFalse();
    }

    @Test
    void aClaimThatAnotherInstanceTookIsLost() {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());
        Session taken = store.expired().session();

        given.settled().unclear(ayu, UNANSWERED);

        assertThat(store.expired()).isNull();
        assertThat(store.confirm(taken)).isTrue();
    }
}
