package wallboard;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the board on request: the present from Redis, the last hour from the history. */
public class Wallboard {
    private static final int MOST_CUSTOMERS = 300;
    /** How many pages of a long history to read at a time, so that the first answer comes soon. */
    private static final int MOST_PAGES = 20;

    private static final int MOST_SOURCES = 1000;

    /** The source of the data. Throws a RuntimeException while Redis cannot be reached. */
    public interface Source {

        /** @param most how many sessions to name */
        BoardSnapshot snapshot(int most, Duration goal);

        /** The next entries of the history after this one, or none. */
        List<Event> historyAfter(String id);
    }

    /** @param now the present by the clock of the board's times */
    public record Look(long now, Board board) {}

    private final Source source;
    private final Duration goal;
    private final Duration staleAfter;
    private final boolean simulated;
    private final Supplier<Instant> credentialsRefusedSince;
    private final Clock clock;
    private final LastHour hour = new LastHour();
    private final Troubles troubles = new Troubles();
    private final LineReasons reasons = new LineReasons();
    /** Channel to its kind, for channels seen on the board. */
    private final Map<String, String> sources = new HashMap<>();

    private BoardSnapshot last = new BoardSnapshot(0, 0, 0, 0, 0, null, 0, 0, null, 0, null, null, null, null);
    private long ahead;

    /**
     * @param reconcilePeriod in which each agent is seen at least once
     * @param credentialsRefusedSince gives null while Qiscus accepts them
     */
    public Wallboard(
            Source source,
            Duration goal,
            Duration reconcilePeriod,
            boolean simulated,
            Supplier<Instant> credentialsRefusedSince,
            Clock clock) {
        this.source = source;
        this.goal = goal;
        this.staleAfter = reconcilePeriod.multipliedBy(3).dividedBy(2);
        this.simulated = simulated;
        this.credentialsRefusedSince = credentialsRefusedSince;
        this.clock = clock;
    }

    /** The board now. While Redis cannot be reached it is the last one, marked as not connected. */
    public synchronized Look look() {
        boolean connected = true;
        try {
            long asked = System.nanoTime();
            last = source.snapshot(MOST_CUSTOMERS, goal);
            ahead = last.now() - clock.millis();
            troubles.redisAnswered(last.now(), Duration.ofNanos(System.nanoTime() - asked));
            readOn();
        } catch (RuntimeException away) {
            connected = false;
            troubles.redisFailed(clock.millis() + ahead);
        }
        Instant refused = credentialsRefusedSince.get();
        troubles.credentialsRefused(refused == null ? null : Long.valueOf(refused.toEpochMilli() + ahead));
        return new Look(clock.millis() + ahead, board(connected));
    }

    private void readOn() {
        List<Event> events = source.historyAfter(hour.lastId(last.now()));
        for (int page = 1; !events.isEmpty(); page++) {
            events.forEach(hour::add);
            events.forEach(troubles::add);
            events.forEach(reasons::add);
            events.forEach(event -> learn(
                    event.data().path("channel").asText(null),
                    event.data().path("source").asText(null)));
            events = page < MOST_PAGES ? source.historyAfter(hour.lastId(last.now())) : List.of();
        }
    }

    private void learn(String channel, String source) {
        if (channel != null && source != null && sources.size() < MOST_SOURCES) {
            sources.put(channel, source);
        }
    }

    private Board board(boolean connected) {
        long now = last.now();
        last.channels().forEach(line -> learn(line.channel(), line.source()));
        last.sessions().forEach(waiting -> learn(waiting.channel(), waiting.source()));
        Map<String, Why> held = Stream.concat(
                        last.channels().stream().map(BoardSnapshot.Line::channel),
                        last.sessions().stream().map(BoardSnapshot.Waiting::channel))
                .filter(Objects::nonNull)
                .distinct()
                .collect(toMap(Function.identity(), channel -> reasons.of(channel, last)));
        List<Board.Customer> customers = Board.customers(last, held);
        LastHour.Figures figures = hour.figures(clock.millis() + ahead, goal, last.late());
        Map<String, Integer> late =
                last.channels().stream().collect(toMap(BoardSnapshot.Line::channel, BoardSnapshot.Line::late));
        return new Board(
                simulated,
                connected,
                goal.toMillis(),
                staleAfter.toMillis(),
                last.waiting() + last.deciding(),
                last.late(),
                last.assigned(),
                last.parkedRooms(),
                last.capacity(),
                customers.stream().min(comparing(Board.Customer::firstAsked)).orElse(null),
                Board.channels(last, customers, held, hour.byChannel(now, goal, late), sources),
                customers,
                Board.desks(last, staleAfter.multipliedBy(5)),
                last.parked().stream()
                        .sorted(comparing((BoardSnapshot.Parked parked) -> parked.at() == null ? 0 : parked.at())
                                .reversed())
                        .toList(),
                figures,
                troubles.at(last, held, figures));
    }
}
