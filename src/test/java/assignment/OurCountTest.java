package assignment;

import static assignment.CountChange.Kind.CONFIRMED;
import static assignment.CountChange.Kind.NEVER_THERE;
import static assignment.CountChange.Kind.RESERVED;
import static assignment.CountChange.Kind.RESOLVED;
import static assignment.CountChange.Kind.STALE;
import static assignment.CountChange.Kind.TRANSFERRED_IN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The range of our counts that a late count of Qiscus may reflect. */
class OurCountTest {

    @Test
    void withoutChangesQiscusShowsAllOfOurs() {
        assertThat(OurCount.of(2, List.of(), 0)).isEqualTo(new OurCount(2, 2, 2));
    }

    @Test
    void qiscusMayNotShowAnAssignmentYet() {
        assertThat(OurCount.of(2, List.of(change(100, 2, +1, RESERVED)), 0)).isEqualTo(new OurCount(2, 1, 2));
    }

    @Test
    void qiscusMayBeginToShowAnAssignmentOnlyWhenItIsConfirmed() {
        assertThat(OurCount.of(2, List.of(change(100, 2, 0, CONFIRMED)), 0)).isEqualTo(new OurCount(2, 1, 2));
    }

    @Test
    void qiscusMayNeverHaveShownAnUnconfirmedCustomer() {
        assertThat(OurCount.of(2, List.of(), 1)).isEqualTo(new OurCount(2, 1, 2));
    }

    @Test
    void qiscusMayStillShowAResolvedCustomer() {
        assertThat(OurCount.of(1, List.of(change(100, 1, -1, RESOLVED)), 0)).isEqualTo(new OurCount(1, 1, 2));
    }

    @Test
    void severalChangesGiveTheFewestAndTheMost() {
        List<CountChange> changes =
                List.of(change(100, 1, -1, RESOLVED), change(200, 0, -1, RESOLVED), change(300, 1, +1, RESERVED));

        assertThat(OurCount.of(1, changes, 0)).isEqualTo(new OurCount(1, 0, 2));
    }

    @Test
    void aRefusedCustomerWasNeverShown() {
        List<CountChange> changes = List.of(change(100, 2, +1, RESERVED), refused(200, 1, 100));

        assertThat(OurCount.of(1, changes, 0)).isEqualTo(new OurCount(1, 0, 1));
    }

    @Test
    void aRefusedCustomerDoesNotAffectEarlierChanges() {
        List<CountChange> changes =
                List.of(change(100, 2, -1, RESOLVED), change(200, 3, +1, RESERVED), refused(300, 2, 200));

        assertThat(OurCount.of(2, changes, 0).highest()).isEqualTo(3);
    }

    @Test
    void aStaleCustomerMayHaveBeenGoneAtAnyEarlierTime() {
        List<CountChange> changes = List.of(change(100, 2, +1, RESERVED), change(200, 1, -1, STALE));

        assertThat(OurCount.of(1, changes, 0)).isEqualTo(new OurCount(1, 0, 2));
    }

    @Test
    void aTransferredCustomerMayHaveBeenThereAtAnyEarlierTime() {
        List<CountChange> changes = List.of(change(100, 1, -1, RESOLVED), change(200, 2, +1, TRANSFERRED_IN));

        assertThat(OurCount.of(2, changes, 0)).isEqualTo(new OurCount(2, 1, 3));
    }

    @Test
    void qiscusNeverShowsFewerThanNone() {
        List<CountChange> changes = List.of(change(100, 1, +1, RESERVED), change(200, 0, -1, STALE));

        assertThat(OurCount.of(0, changes, 1).lowest()).isZero();
    }

    private static CountChange change(long at, int count, int by, CountChange.Kind kind) {
        return new CountChange("siti", at, count, by, kind, 0);
    }

    private static CountChange refused(long at, int count, long since) {
        return new CountChange("siti", at, count, -1, NEVER_THERE, since);
    }
}
