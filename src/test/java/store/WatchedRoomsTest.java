package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Agent;
import assignment.Resolve;
import assignment.WatchedRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

/** Which rooms are watched for an answer. */
@Timeout(30)
class WatchedRoomsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void areThoseThatOurAgentsHave() {
        given.assign("ayu", "a1");

        WatchedRoom room = ofAyu();

        assertThat(room.agentId()).isEqualTo("a1");
        assertThat(room.isInFlight()).isFalse();
        assertThat(room.reserved()).isPositive().isLessThanOrEqualTo(room.since());
        assertThat(store.isWatched(room)).isTrue();
        assertThat(store.toLookInto(room).session().roomId()).isEqualTo("ayu");
    }

    @Test
    void areMarkedWhileTheirAssignCallIsUnderWay() {
        given.assign("ayu", "a1");
        WatchedRoom before = ofAyu();
        REDIS.client().zadd("claimed", 1e15, "ayu");

        assertThat(ofAyu().isInFlight()).isTrue();
        assertThat(store.isWatched(before)).isFalse();
    }

    @Test
    void belongToTheColleagueAfterATransfer() {
        given.assign("ayu", "a1");
        WatchedRoom before = ofAyu();

        given.settled().transfer("ayu", "a1", new Agent("a2", "Agent a2", 1, true, false, "agent"));

        WatchedRoom after = ofAyu();
        assertThat(after.agentId()).isEqualTo("a2");
        assertThat(after.since()).isGreaterThanOrEqualTo(before.since());
        // An answer of the former agent still counts.
        assertThat(after.reserved()).isEqualTo(before.reserved());
        assertThat(store.isWatched(before)).isFalse();
    }

    @Test
    void areNoLongerThoseThatAreResolved() {
        given.assign("ayu", "a1");
        WatchedRoom before = ofAyu();

        store.resolve(new Resolve("ayu", "1"));

        assertThat(store.watchedRooms()).isEmpty();
        assertThat(store.isWatched(before)).isFalse();
        assertThat(store.toLookInto(before)).isNull();
    }

    @Test
    void areNoneIfAnotherInstanceDecides() {
        given.assign("ayu", "a1");
        WatchedRoom before = ofAyu();
        REDIS.client().set("decider", "another");

        assertThat(store.watchedRooms()).isEmpty();
        assertThat(store.isWatched(before)).isFalse();
    }

    @Test
    void areCheckedAnywayAfterAnotherWebhook() {
        given.assign("ayu", "a1");
        REDIS.client().zadd("checked", -1_763_880_000_000.0, "ayu");

        assertThat(store.toLookInto(ofAyu())).isNull();
        assertThat(REDIS.client().zscore("checked", "ayu")).isNegative();
    }

    private WatchedRoom ofAyu() {
        return store.watchedRooms().stream()
                .filter(room -> room.roomId().equals("ayu"))
                .findFirst()
                .orElseThrow();
    }
}
