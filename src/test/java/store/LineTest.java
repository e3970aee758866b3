package store;

import static org.assertj.core.api.Assertions.assertThat;
import static store.StoreInTest.CHANNEL;
import static store.StoreInTest.LONG;
import static store.StoreInTest.setback;

import assignment.Line;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class LineTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);
    private final SessionStore store = given.store();

    @Test
    void inAnEmptyRedisNobodyWaits() {
        assertThat(store.line()).isEqualTo(new Line(0, 0, 0, null));
    }

    @Test
    void allAreCountedWhereverTheyAre() {
        given.assign("ayu", "a1");
        given.assign("budi", "a1");
        given.assign("citra", "a2");
        store.park(given.claim("dewi"), "no such room");
        store.park(given.claim("eka"), "no such room");
        given.claim("fajar");
        given.asks("gita");
        given.asks("hadi");

        assertThat(store.line()).isEqualTo(new Line(3, 2, 3, null));
        assertThat(given.redis().llen("new_session_queue")).isEqualTo(2);
    }

    @Test
    void whoIsBeingGivenToAnAgentIsWithHim() {
        given.reserve("ayu", "a1");
        given.claim("budi");

        assertThat(store.line()).isEqualTo(new Line(1, 0, 1, null));
    }

    @Test
    void theOldestOfAllChannelsTellsHowLongItWaits() {
        long now = System.currentTimeMillis();
        given.asks("ayu", "c1", Long.toString(now - 30_000));
        given.asks("budi", "c2", Long.toString(now - 90_000));
        given.asks("citra", CHANNEL, Long.toString(now - 60_000));
        store.returnToLine(store.take(), setback("it fails", Duration.ZERO, LONG));

        Line line = given.store(LONG, LONG).line();

        assertThat(line.waiting()).isEqualTo(3);
        assertThat(line.oldestWaits()).isBetween(90_000L, System.currentTimeMillis() - now + 90_000L);
    }
}
