package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.LONG;
import static store.StoreInTest.agent;

import assignment.Agent;
import assignment.Resolve;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** A channel of which nobody is online is asked about ever more rarely, until an agent comes. */
@Timeout(60)
class ClosedLineTest {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String LINE = "7";

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store(LONG, LONG, PERIOD);

    /** Nobody was online for so long, when it was tried so many periods ago. */
    private void isClosed(Duration closedFor, int triedBefore) {
        if (given.redis().hlen("session") == 0) {
            given.asks("ayu", LINE);
            store.resolve(new Resolve("nobody", null));
        }
        given.redis().del("resting");
        long period = PERIOD.toMillis();
        long now = store.now();
        long holdEnd = now - now % period - (triedBefore - 1) * period;
        long since = holdEnd - period - closedFor.toMillis();
        given.redis().hset("held", LINE, holdEnd + " closed " + since);
    }

    private boolean isTried() {
        return store.take() != null;
    }

    @Test
    void atFirstItIsTriedInEachPeriod() {
        given.asks("ayu", LINE);
        store.reserve(store.take(), List.of(), true);
        assertThat(isTried()).isFalse();

        isClosed(Duration.ofSeconds(3), 1);
        assertThat(isTried()).isTrue();
    }

    @Test
    void thePauseGrowsWithTheTimeAndEndsAtAMinute() {
        isClosed(Duration.ofSeconds(40), 9);
        assertThat(isTried()).isFalse();
        isClosed(Duration.ofHours(9), 59);
        assertThat(isTried()).isFalse();
        isClosed(Duration.ofHours(9), 62);
        assertThat(isTried()).isTrue();
    }

    @Test
    void whileAllAgentsAreSeenThePauseDoublesAndEndsAtFiveMinutes() {
        isClosed(Duration.ofSeconds(40), 39);
        store.see(List.of(), Map.of(), true);
        assertThat(isTried()).isFalse();

        isClosed(Duration.ofHours(9), 299);
        store.see(List.of(), Map.of(), true);
        assertThat(isTried()).isFalse();

        isClosed(Duration.ofHours(9), 302);
        store.see(List.of(), Map.of(), true);
        assertThat(isTried()).isTrue();
    }

    @Test
    void howLongNobodyIsOnlineIsKeptFromTryToTry() {
        isClosed(Duration.ofHours(9), 62);
        long since = closedSince();

        store.reserve(store.take(), List.of(), true);

        assertThat(closedSince()).isEqualTo(since);
    }

    @Test
    void whoComesOnlineOpensItAtOnce() {
        isClosed(Duration.ofHours(9), 3);
        store.see(List.of(offline("a1")), Map.of("a1", "7 8"), true);
        assertThat(isTried()).isFalse();

        assertThat(store.see(List.of(agent("a1", 0)), Map.of("a1", "7 8"), true))
                .isTrue();

        assertThat(isTried()).isTrue();
    }

    @Test
    void whoIsOnlineAllTheWhileIsNoSign() {
        store.see(List.of(agent("a1", 0)), Map.of("a1", "7"), true);
        isClosed(Duration.ofHours(9), 3);

        assertThat(store.see(List.of(agent("a1", 0)), Map.of("a1", "7"), true)).isFalse();

        assertThat(isTried()).isFalse();
    }

    @Test
    void whoGetsThisChannelIsASign() {
        store.see(List.of(agent("a1", 0)), Map.of("a1", "8"), true);
        isClosed(Duration.ofHours(9), 3);

        store.see(List.of(agent("a1", 0)), Map.of("a1", "7 8"), true);

        assertThat(isTried()).isTrue();
    }

    @Test
    void anAgentInTheListOfAnotherRoomIsASign() {
        isClosed(Duration.ofHours(9), 3);

        store.reserve(given.claim("budi", store), List.of(agent("a1", 0)), true);

        assertThat(isTried()).isTrue();
    }

    @Test
    void theListOfARoomThatWeHoldIsLookedAtToo() {
        isClosed(Duration.ofHours(9), 3);

        store.handOver(List.of(agent("a1", 0)));

        assertThat(isTried()).isTrue();
    }

    @Test
    void whoComesToAnotherChannelIsNotTriedForAgainAndAgain() {
        isClosed(Duration.ofHours(9), 3);
        long since = closedSince();

        store.see(List.of(agent("a1", 0)), Map.of("a1", "8 77"), true);

        assertThat(isTried()).isTrue();
        assertThat(closedSince()).isBetween(since, store.now() - 2 * PERIOD.toMillis());
    }

    @Test
    void aNewSessionOfTheChannelEndsThePause() {
        isClosed(Duration.ofHours(9), 3);

        given.asks("budi", LINE);

        assertThat(isTried()).isTrue();
    }

    @Test
    void oneInstanceLooksForAgentsAndOnlyWhileALineIsPaused() {
        assertThat(store.mayLookForAgents()).isFalse();
        isClosed(Duration.ofSeconds(40), 3);

        assertThat(store.mayLookForAgents()).isTrue();
        assertThat(store.mayLookForAgents()).isFalse();

        given.redis().zadd("resting", store.now() - 1.0, "@look");
        assertThat(store.mayLookForAgents()).isTrue();
    }

    @Test
    void duringAPauseOfEverybodyNobodyLooks() {
        isClosed(Duration.ofSeconds(40), 3);
        given.redis().zadd("resting", store.now() + 60_000.0, "*");

        assertThat(store.mayLookForAgents()).isFalse();
    }

    private long closedSince() {
        return Long.parseLong(given.redis().hget("held", LINE).replaceAll(".* ", ""));
    }

    private static Agent offline(String id) {
        return new Agent(id, "Agent " + id, 0, false, false, "agent");
    }
}
