package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Message.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/**
 * Compares what is reported about customers with a generated truth. They and their agents write, and Qiscus writes in
 * between. Its list is late, torn, empty or from an earlier time, its clock differs, and its timestamps are whole
 * seconds. Agents go offline and online, and the watching instance dies.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class WatchPropertiesTest {
    private static final long AWAY = 20_000;
    private static final long SILENT = 60_000;
    private static final int PERIOD = 5_000;
    /** Messages this soon after the assignment are hidden by Qiscus's "joined". */
    private static final long JOINING = 5_000;

    private static final int ROOMS = 3;

    private enum Act {
        NOTHING,
        CUSTOMER_WRITES,
        AGENT_ANSWERS,
        QISCUS_WRITES,
        AGENT_LEAVES,
        AGENT_COMES,
        ASSIGNED_ANEW,
        LIST_FAILS,
        LIST_IS_EMPTY,
        LIST_IS_LATE,
        WATCHER_DIES
    }

    /** @param then milliseconds until the next one */
    record Step(Act act, int room, int then) {}

    /** @param ahead how far our clock is ahead of Qiscus's @param tellsTime its answers have a date */
    record World(long ahead, boolean tellsTime, int perPage) {}

    private record Written(Sender sender, long at) {}

    private static final class Life implements Watch.Presence {
        private final World world;
        private Watch watch;
        private long now = 100_000;
        private long nextReading = now;
        private Act list = Act.NOTHING;
        private final boolean[] online = new boolean[ROOMS];
        private final Map<String, List<Written>> written = new HashMap<>();
        private final Map<String, WatchedRoom> held = new HashMap<>();
        private final List<String> story = new ArrayList<>();
        private final Map<String, Long> told = new HashMap<>();

        private Life(World world) {
            this.world = world;
            this.watch = newWatch();
            for (int i = 0; i < ROOMS; i++) {
                online[i] = true;
                written.put(Integer.toString(i), new ArrayList<>());
                assign(i);
            }
        }

        private Watch newWatch() {
            return new Watch(new AnswerRule(Duration.ofMillis(AWAY), Duration.ofMillis(SILENT)), PERIOD, this);
        }

        private void assign(int room) {
            String id = Integer.toString(room);
            writes(id, Sender.CUSTOMER);
            writes(id, Sender.SYSTEM);
            held.put(id, new WatchedRoom(id, id, now - 100, now, false));
            told.remove(id);
        }

        private void writes(String room, Sender sender) {
            story.add(now + " " + room + " " + sender);
            written.get(room).add(new Written(sender, now));
        }

        @Override
        public Boolean isOnline(String agentId, long after) {
            return online[Integer.parseInt(agentId)];
        }

        private void act(Step step) {
            String room = Integer.toString(step.room());
            switch (step.act()) {
                case CUSTOMER_WRITES -> writes(room, Sender.CUSTOMER);
                case AGENT_ANSWERS -> writes(room, Sender.ANSWER);
                case QISCUS_WRITES -> writes(room, Sender.SYSTEM);
                case AGENT_LEAVES -> online[step.room()] = false;
                case AGENT_COMES -> online[step.room()] = true;
                case ASSIGNED_ANEW -> assign(step.room());
                case LIST_FAILS, LIST_IS_EMPTY, LIST_IS_LATE -> list = step.act();
                case WATCHER_DIES -> watch = newWatch();
                case NOTHING -> {}
            }
            passes(step.then());
        }

        private void passes(long time) {
            for (long end = now + time; now < end; now += 500) {
                if (now >= nextReading) {
                    nextReading = now + PERIOD;
                    read();
                }
                watch.overdue(now).forEach(this::ask);
            }
        }

        private void read() {
            if (!watch.begin(List.copyOf(held.values())) || list == Act.LIST_FAILS) {
                list = Act.NOTHING;
                return;
            }
            long shownAt = list == Act.LIST_IS_LATE ? now - 4 * PERIOD : now;
            List<ListedRoom> all = list == Act.LIST_IS_EMPTY
                    ? List.of()
                    : written.keySet().stream()
                            .map(room -> row(room, shownAt))
                            .filter(row -> row.last() != null)
                            .sorted(Comparator.comparing(
                                            (ListedRoom row) -> row.last().at())
                                    .reversed())
                            .toList();
            list = Act.NOTHING;
            int from = 0;
            for (int page = 1; watch.readsOn(); page++) {
                int to = Math.min(all.size(), from + world.perPage());
                watch.reads(new RoomPage(all.subList(from, to), List.of(), time(), page, to < all.size()), now);
                from = to;
            }
        }

        private Long time() {
            return world.tellsTime() ? Long.valueOf(toTheSecond(now - world.ahead())) : null;
        }

        private ListedRoom row(String room, long shownAt) {
            Message last = written.get(room).stream()
                    .filter(message -> message.at() <= shownAt)
                    .reduce((before, after) -> after)
                    .map(message -> new Message(message.sender(), toTheSecond(message.at() - world.ahead())))
                    .orElse(null);
            return new ListedRoom(room, null, false, false, last);
        }

        private void ask(WatchedRoom room) {
            ListedRoom row = row(room.roomId(), now);
            RoomPage page = new RoomPage(List.of(row), List.of(row.last()), time(), 1, false);
            watch.looks(page, now);
            if (!watch.stillWaits(room, page, now)) {
                return;
            }
            Agent agent = new Agent(room.agentId(), null, 1, online[Integer.parseInt(room.agentId())], false, "agent");
            Unanswered unanswered = watch.unanswered(room, InRoom.of(List.of(agent), List.of(room.agentId())), now);
            if (unanswered != null) {
                story.add(now + " " + unanswered);
                mayBeReported(unanswered);
                watch.handedOn(room);
                told.put(room.roomId(), now);
            }
        }

        /** The rule, applied to the truth. */
        private void mayBeReported(Unanswered unanswered) {
            assertThat(unanswered.agentId())
                    .as("%s", story)
                    .isEqualTo(held.get(unanswered.roomId()).agentId());
            boolean isOnline = online[Integer.parseInt(unanswered.agentId())];
            assertThat(unanswered.reason())
                    .as("%s", story)
                    .isEqualTo(isOnline ? Unanswered.Reason.SILENT : Unanswered.Reason.AWAY);
            Long since = unansweredSince(unanswered.roomId());
            assertThat(since).as("%s", story).isNotNull();
            assertThat(unanswered.since()).as("%s", story).isGreaterThanOrEqualTo(since);
            assertThat(now - since).as("%s", story).isGreaterThanOrEqualTo(isOnline ? SILENT : AWAY);
        }

        /** Null if the customer has an answer. */
        private Long unansweredSince(String room) {
            long since = held.get(room).since();
            boolean isAnswered = false;
            Long wroteAfter = null;
            for (Written message : written.get(room)) {
                if (message.at() >= since + JOINING && message.sender() == Sender.ANSWER) {
                    isAnswered = true;
                    wroteAfter = null;
                } else if (isAnswered && message.sender() == Sender.CUSTOMER) {
                    wroteAfter = message.at();
                }
            }
            return !isAnswered ? Long.valueOf(since) : wroteAfter;
        }
    }

    private static long toTheSecond(long time) {
        return Math.floorDiv(time, 1000L) * 1000;
    }

    /** No customer is reported too early or with an answer; see {@link Life#mayBeReported}. */
    @Property(tries = 2000)
    void noSessionMovesByMistakeAndEveryUnansweredCustomerIsFound(
            @ForAll("worlds") World world, @ForAll("steps") List<Step> steps) {
        Life life = new Life(world);
        steps.forEach(life::act);

        for (Sender last : List.of(Sender.ANSWER, Sender.CUSTOMER)) {
            life.told.clear();
            life.held.keySet().forEach(room -> life.writes(room, last));
            life.passes(SILENT + 2L * PERIOD + 3000);
            // A customer with the last word is found, whatever happened before.
            assertThat(life.told.keySet())
                    .as("%s", life.story)
                    .isEqualTo(last == Sender.CUSTOMER ? life.held.keySet() : Set.of());
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        return Combinators.combine(
                        Arbitraries.longs().between(-3_600_000, 3_600_000),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(1, 4))
                .as(World::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Act.class),
                        Arbitraries.integers().between(0, ROOMS - 1),
                        Arbitraries.integers().between(0, 30_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
