package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;

import assignment.Placement;
import assignment.Resolve;
import assignment.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class ConfirmTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void aReservationBecomesAnAssignmentAndTheClaimEnds() {
        Session ayu = given.reserve("ayu", "a1");

        Placement placement = store.confirm(ayu);

        assertThat(placement).isEqualTo(new Placement("confirmed", "a1", "Agent a1", 1, 0, null, false));
        assertThat(given.stored("assigned", "ayu").path("state").asText()).isEqualTo("confirmed");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.redis().hexists("session", "ayu")).isFalse();
    }

    @Test
    void itIsAssignedSinceTheConfirmation() {
        Session ayu = given.reserve("ayu", "a1");
        given.change("assigned", "ayu", assignment -> assignment.put("since", 0));
        long before = System.currentTimeMillis();

        store.confirm(ayu);

        assertThat(given.stored("assigned", "ayu").path("since").asLong())
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void anAssignmentThatWasResolvedMeanwhileIsLost() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.confirm(ayu).outcome()).isEqualTo("lost");
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aClaimThatAnotherWorkerTookUpIsLost() {
        Session ayu = given.claim("ayu");
        given.store(LONG, Duration.ZERO).reserve(ayu, List.of(agent("a1", 0)), true);
        Session taken = store.takeAbandoned().session();

        assertThat(store.confirm(ayu).outcome()).isEqualTo("lost");
        assertThat(given.stored("assigned", "ayu").path("state").asText()).isEqualTo("reserved");
        assertThat(given.isClaimed("ayu")).isTrue();

        assertThat(store.confirm(taken).outcome()).isEqualTo("confirmed");
    }

    @Test
    void aLeaseThatRanOutIsGoodAsLongAsNobodyTookTheClaimUp() {
        Session ayu = given.claim("ayu");
        given.store(LONG, Duration.ZERO).reserve(ayu, List.of(agent("a1", 0)), true);

        assertThat(store.confirm(ayu).outcome()).isEqualTo("confirmed");
        assertThat(store.takeAbandoned()).isNull();
    }

    @Test
    void withoutAReservationThereIsNothingToConfirm() {
        Session ayu = given.claim("ayu");

        assertThat(store.confirm(ayu).outcome()).isEqualTo("lost");
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.isAssigned("ayu")).isFalse();
    }

    @Test
    void aSecondConfirmationChangesNothing() {
        Session ayu = given.assign("ayu", "a1");

        assertThat(store.confirm(ayu).outcome()).isEqualTo("lost");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isAssigned("ayu")).isTrue();
    }
}
