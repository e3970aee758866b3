package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.agent;

import assignment.HandedOver;
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

@Timeout(30)
class HandOverTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();
    private final SessionStore settled = given.settled();

    @Test
    void aRoomThatAColleagueHasNowCountsForHim() {
        given.assign("ayu", "a1");
        given.assign("budi", "a2");

        List<HandedOver> moved = settled.handOver(List.of(agent("a1", 0), agent("a2", 2)));

        assertThat(moved).containsExactly(new HandedOver("ayu", "Customer ayu", "a2", "Agent a2", 2, "a1", "Agent a1"));
        assertThat(given.customersOf("a1")).isEqualTo("0");
        assertThat(given.customersOf("a2")).isEqualTo("2");
        assertThat(store.resolve(new Resolve("ayu", "1")).agentId()).isEqualTo("a2");
        assertThat(given.tryToPlace("citra", "a2", 1, settled).count()).isEqualTo(2);
    }

    @Test
    void whatWasForeignIsOursThen() {
        given.assign("ayu", "a1");
        assertThat(given.tryToPlace("budi", "a2", 1, settled).count()).isEqualTo(2);
        store.resolve(new Resolve("budi", "1"));

        settled.handOver(List.of(agent("a1", 0), agent("a2", 1)));

        assertThat(given.tryToPlace("citra", "a2", 1, settled).count()).isEqualTo(2);
        assertThat(given.customersOf("a2")).isEqualTo("2");
    }

    @Test
    void nothingMovesWhileACountMayBeLate() {
        given.assign("ayu", "a1");
        given.letHisCountStandStill("a1");

        assertThat(store.handOver(List.of(agent("a1", 0), agent("a2", 1)))).isEmpty();
        given.letHisCountStandStill("a1");
        assertThat(settled.handOver(List.of(agent("a1", 1), agent("a2", 0)))).isEmpty();
        // They are shown otherwise since just now.
        given.change("assigned", "ayu", assignment -> assignment.put("since", 0));
        assertThat(store.handOver(List.of(agent("a1", 0), agent("a2", 1)))).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void nothingMovesWhileARoomIsBeingDecided() {
        given.reserve("ayu", "a1");

        assertThat(settled.handOver(List.of(agent("a1", 0), agent("a2", 1)))).isEmpty();
    }

    @Test
    void whomQiscusShowsWithFewerKeepsHisRoomsIfNobodyHasMore() {
        given.assign("ayu", "a1");

        assertThat(settled.handOver(List.of(agent("a1", 0), agent("a2", 0)))).isEmpty();
        assertThat(given.customersOf("a1")).isEqualTo("1");
    }

    @Test
    void ofManyChannelsEachIsLookedAtInItsTurn() {
        IntStream.rangeClosed(1, 50).forEach(i -> given.assign("r" + i, "a" + i));

        Set<String> looked = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            List<Session> rooms = store.roomOfEachChannel();
            assertThat(rooms).hasSize(20);
            rooms.forEach(room -> looked.add(room.roomId()));
        }

        assertThat(looked).hasSize(50);
    }

    @Test
    void soManyMoveAsAreMissing() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.assign("citra", "a2");
        given.assign("dewi", "a2");

        List<HandedOver> moved =
                settled.handOver(List.of(agent("a1", 0), agent("a2", 1), agent("a3", 1), agent("a4", 1)));

        assertThat(moved).hasSize(2);
        assertThat(given.customersOf("a3")).isEqualTo("1");
        assertThat(given.customersOf("a4")).isEqualTo("1");
        assertThat(settled.recount()).isZero();
    }
}
