package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
class DoubtTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void theSlotStaysReservedAndTheClaimIsTakenUpAfterAFifthOfTheSettleTime() {
        Session ayu = given.reserve("ayu", "a1");
        long before = System.currentTimeMillis();

        assertThat(given.store(Duration.ofSeconds(50), LONG)
                        .doubt(ayu, UNANSWERED)
                        .outcome())
                .isEqualTo("doubted");

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.stored("assigned", "ayu").path("state").asText()).isEqualTo("reserved");
        assertThat(given.isWaiting("ayu")).isFalse();
        assertThat(given.redis().zscore("claimed", "ayu"))
                .isBetween(before + 10_000.0, System.currentTimeMillis() + 10_000.0);
        assertThat(store.takeAbandoned()).isNull();
    }

    @Test
    void aDoubtIsAsOldAsItsBeginning() {
        Session ayu = given.reserve("ayu", "a1");
        store.doubt(ayu, UNANSWERED);
        assertThat(given.stored("session", "ayu").path("doubt_since").asLong())
                .isCloseTo(System.currentTimeMillis(), within(10_000L));
        given.change("session", "ayu", session -> session.put("doubt_since", 1000));

        store.doubt(ayu, UNANSWERED);

        assertThat(given.stored("session", "ayu").path("doubt_since").asLong()).isEqualTo(1000);
    }

    @Test
    void aSessionThatWasResolvedMeanwhileIsLost() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.doubt(ayu, UNANSWERED).outcome()).isEqualTo("lost");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
    }

    @Test
    void aClaimThatAnotherWorkerTookUpIsLost() {
        Session ayu = given.claim("ayu");
        given.store(LONG, Duration.ZERO).reserve(ayu, List.of(agent("a1", 0)), true);
        Session taken = store.takeAbandoned().session();

        assertThat(given.settled().doubt(ayu, UNANSWERED).outcome()).isEqualTo("lost");
        assertThat(store.takeAbandoned()).isNull();
        assertThat(store.confirm(taken).outcome()).isEqualTo("confirmed");
    }
}
