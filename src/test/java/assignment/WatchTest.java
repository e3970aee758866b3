package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Message.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds since the epoch. Our clock and Qiscus's agree unless a test says otherwise. */
class WatchTest {
    private static final int AWAY = 120;
    private static final int SILENT = 600;
    private static final Agent OURS = new Agent("11", "Siti", 1, true, false, "agent");
    private static final Agent OURS_OFFLINE = new Agent("11", "Siti", 1, false, false, "agent");

    private final Map<String, Boolean> online = new HashMap<>();
    private final Watch watch = new Watch(
            new AnswerRule(Duration.ofSeconds(AWAY), Duration.ofSeconds(SILENT)),
            15_000,
            (agentId, after) -> online.get(agentId));
    private final WatchedRoom room = held("1", 1000);
    private List<WatchedRoom> held = List.of(room);

    @Test
    void anUnknownRoomIsReadWhenItsTimeCouldBeOver() {
        watch.begin(held);

        assertThat(watch.overdue(ms(1000 + SILENT - 1))).isEmpty();
        assertThat(watch.overdue(ms(1000 + SILENT))).containsExactly(room);
    }

    @Test
    void anOfflineAgentHasTheShorterTime() {
        watch.begin(held);
        online.put("11", false);

        assertThat(watch.overdue(ms(1000 + AWAY - 1))).isEmpty();
        assertThat(watch.overdue(ms(1000 + AWAY))).containsExactly(room);
    }

    @Test
    void theOnlineAgentsAreReadWhenThatDecides() {
        watch.begin(held);

        assertThat(watch.mayLookForAgents(ms(1000 + AWAY - 1))).isFalse();
        assertThat(watch.mayLookForAgents(ms(1000 + AWAY))).isTrue();
        assertThat(watch.mayLookForAgents(ms(1000 + AWAY + 14))).isFalse();
        assertThat(watch.mayLookForAgents(ms(1000 + AWAY + 15))).isTrue();
        online.put("11", true);
        assertThat(watch.mayLookForAgents(ms(1000 + AWAY + 60))).isFalse();
        assertThat(watch.mayLookForAgents(ms(1000 + SILENT))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, 15", "15, 15", "60, 60", "120, 90"})
    void theOnlineAgentsAreReadAgainOncePerShorterTime(int away, int seconds) {
        List<Long> heardOf = new ArrayList<>();
        Watch watching = new Watch(new AnswerRule(Duration.ofSeconds(away), null), 15_000, (agentId, after) -> {
            heardOf.add(after);
            return true;
        });
        watching.begin(held);

        assertThat(watching.mayLookForAgents(ms(5000))).isFalse();
        assertThat(heardOf).endsWith(ms(5000 - seconds));
    }

    @Test
    void anAgentSeenOnlineBeforeTheTimeWasOverIsCheckedAgain() {
        List<Long> seen = new ArrayList<>(List.of(ms(1000 + AWAY - 5)));
        Watch watching = new Watch(
                new AnswerRule(Duration.ofSeconds(AWAY), null),
                15_000,
                (agentId, after) -> seen.get(0) > after ? true : null);
        watching.begin(held);

        assertThat(watching.mayLookForAgents(ms(1000 + AWAY))).isTrue();
        seen.set(0, ms(1000 + AWAY));
        assertThat(watching.mayLookForAgents(ms(1000 + AWAY + 20))).isFalse();
    }

    @Test
    void aKnownOfflineAgentIsNotCheckedAgain() {
        watch.begin(held);
        online.put("11", false);

        assertThat(watch.mayLookForAgents(ms(1000 + AWAY))).isFalse();
    }

    @Test
    void anAnsweredRoomIsNotReadUntilTheCustomerWritesAgain() {
        assertThat(reads(1020, row("1", Sender.ANSWER, 1010)).answered()).containsExactly(room);
        assertThat(reads(1035, row("1", Sender.ANSWER, 1010)).answered()).isEmpty();
        assertThat(watch.overdue(ms(9000))).isEmpty();

        reads(9015, row("1", Sender.CUSTOMER, 9001));

        assertThat(watch.overdue(ms(9001 + SILENT))).isEmpty();
        // Timestamps are whole seconds.
        assertThat(watch.overdue(ms(9002 + SILENT))).containsExactly(room);
    }

    @Test
    void anAnswerFromBeforeTheAssignmentDoesNotCount() {
        assertThat(reads(1020, row("1", Sender.ANSWER, 900)).answered()).isEmpty();

        assertThat(watch.overdue(ms(1000 + SILENT))).containsExactly(room);
    }

    @Test
    void aSystemMessageMayHideTheCustomersMessage() {
        reads(1020, row("1", Sender.ANSWER, 1010));
        reads(1035, row("1", Sender.SYSTEM, 1030));

        assertThat(watch.overdue(ms(1031 + SILENT))).containsExactly(room);
        // But it does not prove that there is one.
        assertThat(waits(1031 + SILENT, row("1", Sender.SYSTEM, 1030))).isFalse();
        assertThat(watch.overdue(ms(1031 + SILENT + 15))).isEmpty();
    }

    @Test
    void anEarlierStateOfARoomDoesNotReplaceALaterOne() {
        reads(1020, row("1", Sender.ANSWER, 1010));

        reads(1035, row("1", Sender.CUSTOMER, 1005), row("2", Sender.CUSTOMER, 1034));

        assertThat(watch.overdue(ms(9000))).isEmpty();
    }

    @Test
    void afterAListThatGoesBackEveryRoomIsRead() {
        reads(1020, row("1", Sender.ANSWER, 1019));

        reads(1035, row("1", Sender.CUSTOMER, 1003));

        assertThat(watch.overdue(ms(1000 + SILENT))).containsExactly(room);
    }

    @Test
    void theListIsReadUpToTheLastPass() {
        held = List.of(room, held("2", 1000));
        watch.begin(held);
        page(1020, 1, true, row("7", Sender.CUSTOMER, 1019), row("1", Sender.SYSTEM, 1000));
        assertThat(watch.readsOn()).isTrue();
        page(1020, 2, true, row("2", Sender.SYSTEM, 1000), row("8", Sender.SYSTEM, 999));
        // Every held room is known by now.
        assertThat(watch.readsOn()).isFalse();

        watch.begin(held);
        page(1035, 1, true, row("7", Sender.CUSTOMER, 1034), row("1", Sender.SYSTEM, 1015));
        assertThat(watch.readsOn()).isTrue();
        page(1035, 2, true, row("2", Sender.SYSTEM, 1013));
        assertThat(watch.readsOn()).isFalse();
    }

    @Test
    void onePageOfAQuietListIsEnough() {
        reads(1020, row("7", Sender.CUSTOMER, 1012), row("1", Sender.SYSTEM, 1011));

        watch.begin(held);
        page(1035, 1, true, row("7", Sender.CUSTOMER, 1012), row("1", Sender.SYSTEM, 1011));

        assertThat(watch.readsOn()).isFalse();
    }

    @Test
    void anEndlessListIsReadInPart() {
        watch.begin(held);
        int pages = 0;
        while (watch.readsOn()) {
            page(1020, ++pages, true, row("7", Sender.CUSTOMER, 1019));
        }

        assertThat(pages).isEqualTo(20);
    }

    @Test
    void aRoomWhoseAssignCallIsUnderWayIsNotRead() {
        held = List.of(new WatchedRoom("1", "11", 0, ms(1000), true));
        watch.begin(held);

        assertThat(watch.overdue(ms(9000))).isEmpty();
    }

    @Test
    void anotherAgentHasTheirOwnTime() {
        reads(1020, row("1", Sender.CUSTOMER, 1010));
        held = List.of(new WatchedRoom("1", "12", ms(990), ms(1500), false));
        reads(1520, row("1", Sender.CUSTOMER, 1010));

        assertThat(watch.overdue(ms(1499 + SILENT))).isEmpty();
        assertThat(watch.overdue(ms(1500 + SILENT))).isEqualTo(held);
        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS), List.of("11")), ms(9000)))
                .isNull();
    }

    @Test
    void aClockAheadOfQiscussMovesNothingTooEarly() {
        watch.begin(held);
        // Our clock is an hour ahead.
        watch.reads(
                new RoomPage(List.of(row("1", Sender.ANSWER, 1010)), List.of(), ms(1020), 1, false), ms(1020 + 3600));
        watch.begin(held);
        watch.reads(
                new RoomPage(List.of(row("1", Sender.CUSTOMER, 2010)), List.of(), ms(2020), 1, false), ms(2020 + 3600));

        assertThat(watch.overdue(ms(2010 + 3600 + SILENT))).isEmpty();
        assertThat(watch.overdue(ms(2011 + 3600 + SILENT))).containsExactly(room);
    }

    @Test
    void theMessagesTellQiscussTimeIfTheAnswerDoesNot() {
        watch.begin(held);
        watch.reads(new RoomPage(List.of(row("1", Sender.ANSWER, 1010)), List.of(), null, 1, false), ms(1020 + 3600));
        watch.begin(held);
        watch.reads(new RoomPage(List.of(row("1", Sender.CUSTOMER, 2010)), List.of(), null, 1, false), ms(2030 + 3600));

        assertThat(watch.overdue(ms(2020 + 3600 + SILENT))).isEmpty();
        assertThat(watch.overdue(ms(2021 + 3600 + SILENT))).containsExactly(room);
    }

    @Test
    void theRoomSaysThatTheCustomerHasNoAnswer() {
        watch.begin(held);

        assertThat(waits(1000 + SILENT, row("1", Sender.SYSTEM, 1000))).isTrue();
    }

    @Test
    void theRoomSaysThatTheCustomerHasAnAnswer() {
        watch.begin(held);

        assertThat(waits(1000 + SILENT, row("1", Sender.ANSWER, 1300))).isFalse();
        assertThat(watch.overdue(ms(9000))).isEmpty();
    }

    @Test
    void theRoomShowsALaterMessageOfTheCustomer() {
        watch.begin(held);

        assertThat(waits(1000 + SILENT, row("1", Sender.CUSTOMER, 1500))).isFalse();
        assertThat(watch.overdue(ms(1500 + SILENT))).isEmpty();
        assertThat(watch.overdue(ms(1501 + SILENT))).containsExactly(room);
        assertThat(waits(1501 + SILENT, row("1", Sender.CUSTOMER, 1500))).isTrue();
        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS), List.of("11")), ms(1501 + SILENT)))
                .isEqualTo(new Unanswered("1", "11", Unanswered.Reason.SILENT, ms(1501) - 1));
    }

    @Test
    void furtherMessagesDoNotMatterWhileQiscusShowsTheRoomAsUnserved() {
        reads(1520, row("1", Sender.CUSTOMER, 1500));

        assertThat(waits(1000 + SILENT, new ListedRoom("1", null, false, true, new Message(Sender.CUSTOMER, ms(1590)))))
                .isTrue();
        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS), List.of("11")), ms(1000 + SILENT))
                        .since())
                .isEqualTo(ms(1000));
    }

    @Test
    void aRoomThatShowsLessThanTheListProvesNothing() {
        reads(1020, row("1", Sender.ANSWER, 1010));
        reads(1035, row("1", Sender.CUSTOMER, 1030));
        reads(1050, row("1", Sender.ANSWER, 1040));
        reads(1065, row("1", Sender.SYSTEM, 1060));

        assertThat(watch.overdue(ms(1061 + SILENT))).containsExactly(room);
        assertThat(waits(1061 + SILENT, row("1", Sender.CUSTOMER, 1030))).isFalse();
        assertThat(waits(1061 + SILENT, row("1", Sender.CUSTOMER, 1050))).isTrue();
    }

    @Test
    void aRoomThatIsResolvedOrNotShownProvesNothing() {
        watch.begin(held);

        assertThat(waits(1000 + SILENT)).isFalse();
        assertThat(waits(1000 + SILENT, row("2", Sender.SYSTEM, 1000))).isFalse();
        assertThat(waits(1000 + SILENT, new ListedRoom("1", null, true, false, new Message(Sender.SYSTEM, ms(1000)))))
                .isFalse();
        assertThat(waits(1000 + SILENT, new ListedRoom("1", null, false, false, null)))
                .isFalse();
    }

    @Test
    void aResolveIsReported() {
        ListedRoom resolved = new ListedRoom("1", null, true, false, new Message(Sender.SYSTEM, ms(1010)));

        assertThat(reads(1020, resolved).resolved()).containsExactly(room);
        assertThat(reads(1035, resolved).resolved()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(InRoom.Who.class)
    void theAgentsInTheRoomDecide(InRoom.Who who) {
        online.put("11", false);
        waitsUnanswered();

        Unanswered unanswered = watch.unanswered(room, new InRoom(who, List.of()), ms(1000 + AWAY));

        assertThat(unanswered != null).isEqualTo(who != InRoom.Who.OTHER && who != InRoom.Who.LATER);
    }

    @Test
    void anAgentWhoIsOnlineButNotInTheRoomIsNotSilent() {
        online.put("11", true);
        waitsUnanswered();

        assertThat(watch.unanswered(room, new InRoom(InRoom.Who.NOBODY, List.of()), ms(1000 + SILENT)))
                .isNull();
        assertThat(watch.unanswered(room, InRoom.NOT_ANSWERED, ms(1000 + SILENT))
                        .reason())
                .isEqualTo(Unanswered.Reason.SILENT);
    }

    @Test
    void theRoomsOwnListSaysWhetherItsAgentIsOnline() {
        online.put("11", false);
        waitsUnanswered();

        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS), List.of("11")), ms(1000 + AWAY)))
                .isNull();
        assertThat(watch.overdue(ms(1000 + AWAY + 16))).isEmpty();
        online.put("11", true);
        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS_OFFLINE), List.of("11")), ms(1000 + AWAY))
                        .reason())
                .isEqualTo(Unanswered.Reason.AWAY);
    }

    @ParameterizedTest
    @CsvSource({"2, 15", "60, 60", "120, 90"})
    void anAgentFoundOnlineIsCheckedAgainOncePerShorterTime(int away, int seconds) {
        Watch watching = new Watch(new AnswerRule(Duration.ofSeconds(away), null), 15_000, (agentId, after) -> false);
        waitsUnanswered(watching, away);

        assertThat(watching.unanswered(room, InRoom.of(List.of(OURS), List.of("11")), ms(1000 + away)))
                .isNull();
        assertThat(watching.overdue(ms(1000 + away + seconds - 1))).isEmpty();
        assertThat(watching.overdue(ms(1000 + away + seconds))).containsExactly(room);
    }

    @Test
    void anEarlierOfflineTimeIsNotEnoughIfTheRoomDoesNotTell() {
        List<Long> seen = new ArrayList<>(List.of(ms(1000 + AWAY - 5)));
        Watch watching = new Watch(
                new AnswerRule(Duration.ofSeconds(AWAY), null),
                15_000,
                (agentId, after) -> seen.get(0) > after ? false : null);
        waitsUnanswered(watching, AWAY);

        assertThat(watching.unanswered(room, InRoom.NOT_ANSWERED, ms(1000 + AWAY)))
                .isNull();
        assertThat(watching.mayLookForAgents(ms(1000 + AWAY + 15))).isTrue();
        seen.set(0, ms(1000 + AWAY + 15));
        assertThat(watching.overdue(ms(1000 + AWAY + 15))).containsExactly(room);
        assertThat(watching.unanswered(room, InRoom.NOT_ANSWERED, ms(1000 + AWAY + 15))
                        .reason())
                .isEqualTo(Unanswered.Reason.AWAY);
    }

    @Test
    void ifNoListShowsTheAgentTheRoomIsRead() {
        waitsUnanswered();

        assertThat(watch.overdue(ms(1000 + AWAY))).isEmpty();
        assertThat(watch.mayLookForAgents(ms(1000 + AWAY))).isTrue();
        assertThat(watch.overdue(ms(1000 + AWAY))).containsExactly(room);
        assertThat(watch.unanswered(room, InRoom.of(List.of(OURS_OFFLINE), List.of("11")), ms(1000 + AWAY))
                        .reason())
                .isEqualTo(Unanswered.Reason.AWAY);
    }

    @Test
    void aRoomInOtherHandsIsNotReadUntilThereIsAnAnswer() {
        waitsUnanswered();
        watch.handedOn(room);
        reads(5000, row("1", Sender.CUSTOMER, 4999));
        assertThat(watch.overdue(ms(9000))).isEmpty();

        reads(9010, row("1", Sender.ANSWER, 9009));
        reads(9025, row("1", Sender.CUSTOMER, 9020));

        assertThat(watch.overdue(ms(9021 + SILENT))).containsExactly(room);
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 20, 21, 300})
    void fewRoomsAreReadAtATimeTheLongestWaitFirst(int many) {
        List<WatchedRoom> rooms = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            rooms.add(held(Integer.toString(i), 2000 - i));
        }
        watch.begin(rooms);

        List<WatchedRoom> asked = watch.overdue(ms(2000 + SILENT));

        assertThat(asked).hasSize(Math.min(20, many)).startsWith(rooms.get(many - 1));
        assertThat(watch.overdue(ms(2000 + SILENT))).doesNotContainAnyElementsOf(asked);
    }

    private void waitsUnanswered() {
        waitsUnanswered(watch, SILENT);
    }

    private void waitsUnanswered(Watch watching, int seconds) {
        watching.begin(held);
        watching.overdue(ms(1000 + seconds));
        assertThat(waits(watching, 1000 + seconds, row("1", Sender.SYSTEM, 1000)))
                .isTrue();
    }

    private boolean waits(int now, ListedRoom... shown) {
        return waits(watch, now, shown);
    }

    private boolean waits(Watch watching, int now, ListedRoom... shown) {
        List<Message> last = shown.length == 0 || shown[0].last() == null ? List.of() : List.of(shown[0].last());
        RoomPage page = new RoomPage(List.of(shown), last, ms(now), 1, false);
        watching.looks(page, ms(now));
        return watching.stillWaits(room, page, ms(now));
    }

    private RoomChanges reads(int now, ListedRoom... rows) {
        watch.begin(held);
        return page(now, 1, false, rows);
    }

    private RoomChanges page(int now, int number, boolean hasMore, ListedRoom... rows) {
        return watch.reads(new RoomPage(List.of(rows), List.of(), ms(now), number, hasMore), ms(now));
    }

    private static ListedRoom row(String roomId, Sender sender, int at) {
        return new ListedRoom(roomId, null, false, false, new Message(sender, ms(at)));
    }

    private static WatchedRoom held(String roomId, int since) {
        return new WatchedRoom(roomId, "11", ms(since) - 500, ms(since), false);
    }

    private static long ms(int seconds) {
        return seconds * 1000L;
    }
}
