package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Resolve;
import assignment.Session;
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

        assertThat(store.confirm(ayu)).isTrue();

        assertThat(given.stored("assigned", "ayu").path("agent_id").asText()).isEqualTo("a1");
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isClaimed("ayu")).isFalse();
        assertThat(given.hasSession("ayu")).isFalse();
        assertThat(given.snapshot().unconfirmed()).isEmpty();
    }

    @Test
    void theAssignmentBeginsWithTheConfirmation() {
        Session ayu = given.reserve("ayu", "a1");
        given.change("assigned", "ayu", assignment -> assignment.put("since", 0));
        long before = System.currentTimeMillis();

        store.confirm(ayu);

        assertThat(given.stored("assigned", "ayu").path("since").asLong())
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void aResolvedAssignmentIsLost() {
        Session ayu = given.reserve("ayu", "a1");
        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(given.isAssigned("ayu")).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void aClaimThatAnotherInstanceTookIsLost() {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());
        Session taken = store.expired().session();

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(given.isAssigned("ayu")).isTrue();
        assertThat(given.isClaimed("ayu")).isTrue();

        assertThat(store.confirm(taken)).isTrue();
    }

    @Test
    void anExpiredLeaseIsGoodUntilAnotherInstanceTakesTheClaim() {
        Session ayu = given.reserve("ayu", "a1", given.leaseless());

        assertThat(store.confirm(ayu)).isTrue();
        assertThat(store.expired()).isNull();
    }

    @Test
    void aWaitingSessionHasNothingToConfirm() {
        Session ayu = given.comes("ayu");

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(given.isWaiting("ayu")).isTrue();
        assertThat(given.isAssigned("ayu")).isFalse();
    }

    @Test
    void aClaimWhoseReservationWasDeletedHasNothingToConfirm() {
        Session ayu = given.reserve("ayu", "a1");
        given.redis().hdel("assigned", "ayu");

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(given.isClaimed("ayu")).isTrue();
        assertThat(given.isAssigned("ayu")).isFalse();
    }

    @Test
    void aSecondConfirmationChangesNothing() {
        Session ayu = given.assign("ayu", "a1");

        assertThat(store.confirm(ayu)).isFalse();
        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.isAssigned("ayu")).isTrue();
    }
}
