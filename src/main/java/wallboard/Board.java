package wallboard;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import assignment.AgentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The content of the wallboard. All times are epoch milliseconds of Redis's clock, so it changes only when something
 * happens.
 *
 * @param simulated customers and agents are simulated
 * @param connected Redis answers; otherwise the rest is from its last answer
 * @param goal milliseconds within which a customer should get an agent
 * @param staleAfter milliseconds after which an agent's status may have changed
 * @param waiting customers without an agent: in line, or being assigned
 * @param late how many in line have waited longer than the goal
 * @param oldest the customer who has waited longest; null if none waits
 */
public record Board(
        boolean simulated,
        boolean connected,
        long goal,
        long staleAfter,
        int waiting,
        int late,
        int served,
        int parkedRooms,
        int capacity,
        Customer oldest,
        List<Channel> channels,
        List<Customer> customers,
        List<Desk> agents,
        List<BoardSnapshot.Parked> parked,
        LastHour.Figures hour,
        List<Trouble> troubles) {

    /** A customer without an agent, or with one who does not answer. */
    public record Customer(
            String roomId,
            String name,
            String channel,
            String source,
            long firstAsked,
            Why why,
            BoardSnapshot.Move move) {}

    /**
     * A channel now, and its last hour.
     *
     * @param firstAsked of its oldest customer; null if none waits
     */
    public record Channel(
            String channel,
            String source,
            int waiting,
            int late,
            Long firstAsked,
            Why why,
            int assigned,
            Long p50,
            Double withinGoal) {}

    /** An agent. {@code foreign} customers were assigned by others; {@code online} is null if unknown. */
    public record Desk(
            String id,
            String name,
            Boolean online,
            Long seen,
            int customers,
            int foreign,
            int capacity,
            Long lastAssigned,
            AgentState.Paused paused) {}

    static List<Customer> customers(BoardSnapshot snapshot, Map<String, Why> reasons) {
        return snapshot.sessions().stream()
                .map(waiting -> new Customer(
                        waiting.roomId(),
                        waiting.name(),
                        waiting.channel(),
                        waiting.source(),
                        waiting.firstAsked(),
                        Why.of(waiting, reasons.getOrDefault(waiting.channel(), Why.NEXT)),
                        waiting.move()))
                .toList();
    }

    /**
     * Channels where customers wait or came in the last hour, sorted by name: a channel keeps its place on the board.
     */
    static List<Channel> channels(
            BoardSnapshot snapshot,
            List<Customer> customers,
            Map<String, Why> reasons,
            Map<String, LastHour.OfChannel> hour,
            Map<String, String> sources) {
        Map<String, BoardSnapshot.Line> lines =
                snapshot.channels().stream().collect(toMap(BoardSnapshot.Line::channel, Function.identity()));
        Map<String, Long> beside = snapshot.sessions().stream()
                .filter(waiting -> waiting.channel() != null && !waiting.state().equals("waiting"))
                .collect(groupingBy(BoardSnapshot.Waiting::channel, counting()));
        List<Channel> channels = new ArrayList<>();
        Stream.of(lines.keySet(), beside.keySet(), hour.keySet())
                .flatMap(java.util.Collection::stream)
                .distinct()
                .sorted()
                .forEach(name -> {
                    BoardSnapshot.Line line = lines.get(name);
                    LastHour.OfChannel its = hour.getOrDefault(name, new LastHour.OfChannel(0, null, null));
                    Customer first = customers.stream()
                            .filter(customer -> name.equals(customer.channel()))
                            .findFirst()
                            .orElse(null);
                    channels.add(new Channel(
                            name,
                            sources.get(name),
                            (line == null ? 0 : line.waiting())
                                    + beside.getOrDefault(name, 0L).intValue(),
                            line == null ? 0 : line.late(),
                            first != null ? Long.valueOf(first.firstAsked()) : line != null ? line.firstAsked() : null,
                            first != null ? first.why() : line != null ? reasons.get(name) : null,
                            its.assigned(),
                            its.p50(),
                            its.withinGoal()));
                });
        return channels;
    }

    /** Online agents first, then by name. An agent who was not seen for long may be online or not. */
    static List<Desk> desks(BoardSnapshot snapshot, Duration longest) {
        long since = snapshot.now() - longest.toMillis();
        return snapshot.agents().stream()
                .map(agent -> new Desk(
                        agent.id(),
                        agent.name(),
                        agent.seen() != null && agent.seen() > since ? agent.online() : null,
                        agent.seen(),
                        agent.ours() + agent.foreign(),
                        agent.foreign(),
                        agent.capacity(),
                        agent.lastAssigned(),
                        agent.paused()))
                .sorted(Comparator.comparing((Desk desk) -> !Boolean.TRUE.equals(desk.online()))
                        .thenComparing(desk -> String.valueOf(desk.name()), String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Desk::id))
                .toList();
    }
}
