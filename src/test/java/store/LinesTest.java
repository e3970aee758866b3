package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;
import support.StoredState;

@Timeout(30)
class LinesTest {
    private static final double FIRST = 1_700_000_000_000.0;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoredState given = new StoredState(REDIS);
    private final Lines lines = new Lines(StoredState.template(REDIS.port()), new Keys(""));

    @Test
    void eachLineHasItsHeadAndLengthWhateverTheChannelsName() {
        List<String> channels = List.of("c1", "c10", "c1-0", "c1_", "C1", "c", "-", "default");
        for (int i = 0; i < channels.size(); i++) {
            for (int j = 0; j <= i; j++) {
                given.waits("room" + i + "-" + j, channels.get(i), FIRST + 100 * i + j);
            }
        }

        assertThat(lines.heads()).extracting(Place::channel).containsExactlyElementsOf(channels);
        assertThat(lines.heads()).extracting(Place::roomId).startsWith("room0-0", "room1-0", "room2-0");
        for (int i = 0; i < channels.size(); i++) {
            assertThat(length(channels.get(i))).as(channels.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void longAndShortLinesAreAllFound() {
        for (int i = 0; i < 350; i++) {
            given.waits("long" + i, "m", FIRST + i);
        }
        for (int i = 0; i < 250; i++) {
            given.waits("a" + i, "a" + i, FIRST + 1000 + i);
            given.waits("z" + i, "z" + i, FIRST + 2000 + i);
        }

        List<Place> heads = lines.heads();

        assertThat(heads).hasSize(501).isSortedAccordingTo(Lines.OLDEST_FIRST);
        assertThat(heads.get(0).roomId()).isEqualTo("long0");
        assertThat(length("m")).isEqualTo(350);
    }

    @Test
    void noMoreThanAThousandLinesAndTheSharedOneAreRead() {
        for (int i = 0; i < 1100; i++) {
            given.waits("room" + i, "c" + i, FIRST + i);
        }

        assertThat(lines.heads()).hasSize(1001);
    }

    @Test
    void placesOfALineAreCountedAndReadUpToATime() {
        for (int i = 0; i < 5; i++) {
            given.waits("room" + i, "c", FIRST + i / 1000.0);
        }
        given.waits("other", "c0", FIRST);
        Reads reads = new Reads(StoredState.template(REDIS.port()));
        Supplier<Long> older = lines.olderThan(reads, "c", FIRST + 0.003);
        Supplier<List<Place>> first = lines.firstOf(reads, "c", FIRST + 0.003, 2);
        Supplier<Long> before = lines.before(reads, Place.read("c:1700000000000.004:room4"));
        Supplier<Boolean> has = lines.has(reads, Place.of("c", FIRST + 0.004, "room4"));
        Supplier<Boolean> hasNot = lines.has(reads, Place.of("c", FIRST + 0.004, "room3"));
        reads.send();

        assertThat(older.get()).isEqualTo(3);
        assertThat(first.get()).extracting(Place::roomId).containsExactly("room0", "room1");
        assertThat(before.get()).isEqualTo(4);
        assertThat(has.get()).isTrue();
        assertThat(hasNot.get()).isFalse();
    }

    @Test
    void anInvalidPlaceIsSkipped() {
        given.waits("room", "c", FIRST);
        for (int i = 0; i < 300; i++) {
            REDIS.client().zadd("waiting", 0, "b" + i);
            REDIS.client().zadd("waiting", 0, "c:never:" + i);
        }
        REDIS.client().zadd("waiting", 0, "");
        REDIS.client().zadd("waiting", 0, ":::");
        given.waits("last", "d", FIRST + 1);

        assertThat(lines.heads()).extracting(Place::roomId).containsExactly("room", "last");
    }

    private long length(String channel) {
        Reads reads = new Reads(StoredState.template(REDIS.port()));
        Supplier<Long> length = lines.length(reads, channel);
        reads.send();
        return length.get();
    }
}
