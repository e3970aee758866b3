package store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.data.domain.Range;
import org.springframework.data.domain.Range.Bound;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Reads the lines, one per channel: ranges of one sorted set, which is sorted as text. */
class Lines {
    static final Comparator<Place> OLDEST_FIRST = Comparator.comparing(Place::askedAt)
            .thenComparing(Place::firstAsked)
            .thenComparing(Place::roomId);

    /** A thousand, and the one that all further channels share. */
    private static final int MOST = 1001;

    private static final int PAGE = 20;
    private static final int MOST_SAMPLES = 64;

    /** More steps are needed only if many members are not places. */
    private static final int MOST_STEPS = 10 * MOST;

    private final StringRedisTemplate redis;
    private final String waiting;

    Lines(StringRedisTemplate redis, Keys keys) {
        this.redis = redis;
        this.waiting = keys.waiting();
    }

    /**
     * The first session of each line, the oldest first. After each page the walk skips the rest of its last line. One
     * round trip per line would be slow, so it walks from several places at once: a sample finds the long lines, and
     * one page shows many short ones.
     */
    List<Place> heads() {
        Map<String, Place> heads = new HashMap<>();
        List<Bound<String>> starts = starts();
        Set<Bound<String>> known = new HashSet<>(starts);
        while (!starts.isEmpty() && heads.size() < MOST && known.size() < MOST_STEPS) {
            List<Bound<String>> next = new ArrayList<>();
            for (List<String> page : pages(starts)) {
                page.stream()
                        .map(Place::read)
                        .filter(Objects::nonNull)
                        .forEach(place -> heads.putIfAbsent(place.channel(), place));
                if (page.size() == PAGE) {
                    Bound<String> behind = behind(page.get(PAGE - 1));
                    if (known.add(behind)) {
                        next.add(behind);
                    }
                }
            }
            starts = next;
        }
        return heads.values().stream().sorted(OLDEST_FIRST).limit(MOST).toList();
    }

    /** The very first place, and the first places of some lines. */
    private List<Bound<String>> starts() {
        Long size = redis.opsForZSet().zCard(waiting);
        long samples = Math.min(MOST_SAMPLES, size / PAGE);
        Reads reads = new Reads(redis);
        List<Supplier<List<String>>> members = LongStream.range(1, samples)
                .map(i -> i * size / samples)
                .mapToObj(rank -> reads.zrange(waiting, rank, rank))
                .toList();
        reads.send();
        Stream<Bound<String>> lines = members.stream()
                .flatMap(member -> places(member.get()).stream())
                .map(place -> Bound.inclusive(start(place.channel())));
        return Stream.concat(Stream.of(Bound.<String>unbounded()), lines)
                .distinct()
                .toList();
    }

    private List<List<String>> pages(List<Bound<String>> starts) {
        Reads reads = new Reads(redis);
        List<Supplier<List<String>>> pages = starts.stream()
                .map(start -> reads.zrangebylex(waiting, Range.of(start, Bound.unbounded()), PAGE))
                .toList();
        reads.send();
        return pages.stream().map(Supplier::get).toList();
    }

    private static Bound<String> behind(String member) {
        Place place = Place.read(member);
        return Bound.exclusive(place == null ? member : end(place.channel()));
    }

    Supplier<Long> length(Reads reads, String channel) {
        return reads.zlexcount(waiting, Range.rightOpen(start(channel), end(channel)));
    }

    /** How many of a line asked before this time. */
    Supplier<Long> olderThan(Reads reads, String channel, double time) {
        return reads.zlexcount(waiting, Range.rightOpen(start(channel), start(channel) + Place.time(time)));
    }

    /** How many are before this place. */
    Supplier<Long> before(Reads reads, Place place) {
        return reads.zlexcount(waiting, Range.rightOpen(start(place.channel()), place.toString()));
    }

    /** The first sessions of a line, as far as they asked before this time. */
    Supplier<List<Place>> firstOf(Reads reads, String channel, double time, int most) {
        Supplier<List<String>> members =
                reads.zrangebylex(waiting, Range.rightOpen(start(channel), start(channel) + Place.time(time)), most);
        return () -> places(members.get());
    }

    Supplier<Boolean> has(Reads reads, Place place) {
        Supplier<Double> score = reads.zscore(waiting, place.toString());
        return () -> score.get() != null;
    }

    private static List<Place> places(Collection<String> members) {
        return members.stream().map(Place::read).filter(Objects::nonNull).toList();
    }

    private static String start(String channel) {
        return channel + ":";
    }

    /** The first text after all that begin with {@link #start}. */
    private static String end(String channel) {
        return channel + ";";
    }
}
