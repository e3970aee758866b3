package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import assignment.Agent;
import assignment.CountChange;
import assignment.Resolve;
import assignment.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** An agent transferred one of our chats to a colleague in the dashboard. */
@Timeout(30)
class TransferTest {
    private static final Agent A2 = new Agent("a2", "Agent a2", 1, true, false, "agent");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();
    private final SessionStore settled = given.settled();

    @Test
    void itCountsForTheColleagueNow() {
        given.assign("ayu", "a1");
        given.assign("budi", "a2");

        settled.transfer("ayu", "a1", A2);

        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.customersOf("a2")).isEqualTo("2");
        assertThat(store.resolve(new Resolve("ayu", "1")).sentence()).endsWith("Agent a2 has 1 left");
    }

    @Test
    void theTimeOfTheTransferIsUnknown() {
        given.assign("ayu", "a1");
        given.snapshot();

        settled.transfer("ayu", "a1", A2);

        assertThat(given.snapshot().changes())
                .extracting(CountChange::agentId, CountChange::kind, CountChange::by, CountChange::count)
                .containsExactly(
                        tuple("a1", CountChange.Kind.STALE, -1, 0), tuple("a2", CountChange.Kind.TRANSFERRED_IN, 1, 1));
    }

    @Test
    void nothingMovesWithinTheSettleTime() {
        given.assign("ayu", "a1");

        store.transfer("ayu", "a1", A2);

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isNull();
    }

    @Test
    void nothingMovesWhileARoomIsBeingAssigned() {
        given.reserve("ayu", "a1");

        settled.transfer("ayu", "a1", A2);

        assertThat(given.customersOf("a1")).isEqualTo("1");
        assertThat(given.customersOf("a2")).isNull();
    }

    @Test
    void nothingMovesIfAnotherAgentHasTheRoomByNow() {
        given.assign("ayu", "a3");

        settled.transfer("ayu", "a1", A2);
        settled.transfer("nobody", "a1", A2);

        assertThat(given.customersOf("a3")).isEqualTo("1");
        assertThat(given.redis().hkeys("agent_customer_count")).containsExactly("a3");
        assertThat(given.isAssigned("nobody")).isFalse();
    }

    @Test
    void aSecondTimeNothingMoves() {
        given.assign("ayu", "a1");

        settled.transfer("ayu", "a1", A2);
        settled.transfer("ayu", "a1", A2);

        assertThat(given.customersOf("a2")).isEqualTo("1");
        assertThat(given.customersOf("a1")).isEqualTo("0");
    }

    @Test
    void everyChannelIsCheckedInTurn() {
        IntStream.rangeClosed(1, 50).forEach(i -> {
            given.asks("r" + i, "c" + i);
            store.confirm(given.reserveWaiting("r" + i, "a" + i, store));
        });

        Set<String> looked = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            List<Session> rooms = store.roomOfEachChannel();
            assertThat(rooms).hasSize(20);
            rooms.forEach(room -> looked.add(room.roomId()));
        }

        assertThat(looked).hasSize(50);
    }
}
