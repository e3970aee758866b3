package assignment;

import java.util.ArrayList;
import java.util.List;

/** One agent: what we did with them and what Qiscus shows of it, on a clock that the test controls. */
class AgentInTest {
    private final long settle;
    private final List<CountChange> changes = new ArrayList<>();
    private long now = 1_000_000;
    private int ours;
    private int unconfirmed;
    private AgentLoad load = AgentLoad.UNKNOWN;

    AgentInTest(long settle) {
        this.settle = settle;
    }

    AgentInTest after(long millis) {
        now += millis;
        return this;
    }

    long now() {
        return now;
    }

    int ours() {
        return ours;
    }

    /** An assign call begins. */
    AgentInTest reserved() {
        unconfirmed++;
        return changed(1, CountChange.Kind.RESERVED, 0);
    }

    AgentInTest confirmed() {
        unconfirmed--;
        return changed(0, CountChange.Kind.CONFIRMED, 0);
    }

    /** The assign call is answered at once. */
    AgentInTest assigned() {
        return reserved().confirmed();
    }

    AgentInTest resolved() {
        load = load.afterResolve(now, settle);
        return changed(-1, CountChange.Kind.RESOLVED, 0);
    }

    /** Qiscus refuses the assign call that began at this time. */
    AgentInTest refused(long since) {
        unconfirmed--;
        return changed(-1, CountChange.Kind.NEVER_THERE, since);
    }

    AgentInTest foundStale() {
        load = load.afterStale();
        return changed(-1, CountChange.Kind.STALE, 0);
    }

    AgentInTest foundTransferredIn() {
        load = load.withoutOne();
        return changed(1, CountChange.Kind.TRANSFERRED_IN, 0);
    }

    private AgentInTest changed(int by, CountChange.Kind kind, long since) {
        ours += by;
        changes.add(new CountChange("siti", now, ours, by, kind, since));
        return this;
    }

    AgentInTest shown(int customers) {
        return shown(customers, now);
    }

    /** @param asked when the call for this list began */
    AgentInTest shown(int customers, long asked) {
        changes.removeIf(change -> change.at() < asked - settle);
        load = load.seen(customers, OurCount.of(ours, changes, unconfirmed), now, settle);
        return this;
    }

    /** The number of customers that a decision counts. */
    int counted() {
        return ours + load.counted(now, settle);
    }

    /** The number of customers that are certain. */
    int certain() {
        return ours + load.external();
    }
}
