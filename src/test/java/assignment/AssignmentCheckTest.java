package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import assignment.AssignmentCheck.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentCheckTest {
    private final AssignmentCheck assignmentCheck = new AssignmentCheck(
            Duration.ofSeconds(10), Clock.fixed(Instant.ofEpochMilli(1763882500000L), ZoneOffset.UTC));

    private static final InRoom NOT_ASKED = in(InRoom.Who.NOT_ANSWERED);
    private static final Finding OPEN = new Finding(FaultScope.OPEN, false, Duration.ZERO);
    private static final Finding PROVEN = new Finding(FaultScope.THIS_ROOM, true, Duration.ZERO);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # room,     answer,  proven, unknown for, what to do
            RESOLVED,   UNKNOWN, false,  0,           DROP
            RESOLVED,   UNKNOWN, false,  99999,       DROP
            RESOLVED,   REFUSED, false,  0,           DROP

            MISSING,    UNKNOWN, false,  0,           LOOK_AGAIN
            MISSING,    UNKNOWN, false,  99999999,    LOOK_AGAIN
            MISSING,    UNKNOWN, true,   0,           PARK
            MISSING,    REFUSED, false,  0,           RETURN
            MISSING,    REFUSED, true,   0,           RETURN

            SERVED,     UNKNOWN, false,  0,           CONFIRM
            SERVED,     UNKNOWN, false,  99999,       CONFIRM
            SERVED,     REFUSED, false,  0,           DROP

            WAITING,    UNKNOWN, false,  0,           LOOK_AGAIN
            WAITING,    UNKNOWN, false,  9999,        LOOK_AGAIN
            WAITING,    UNKNOWN, false,  10000,       RETURN
            WAITING,    REFUSED, false,  0,           RETURN

            UNCLEAR,    UNKNOWN, false,  0,           LOOK_AGAIN
            UNCLEAR,    UNKNOWN, false,  9999,        LOOK_AGAIN
            UNCLEAR,    UNKNOWN, false,  10000,       RETURN
            UNCLEAR,    REFUSED, false,  0,           RETURN

            WITHHELD,   UNKNOWN, true,   599999,      LOOK_AGAIN
            WITHHELD,   UNKNOWN, true,   600000,      PARK
            WITHHELD,   UNKNOWN, false,  99999999,    LOOK_AGAIN
            WITHHELD,   REFUSED, true,   0,           RETURN

            UNREADABLE, UNKNOWN, true,   599999,      LOOK_AGAIN
            UNREADABLE, UNKNOWN, true,   600000,      PARK
            UNREADABLE, UNKNOWN, false,  99999999,    LOOK_AGAIN
            UNREADABLE, REFUSED, true,   0,           RETURN
            """)
    void theRoomDecides(RoomState room, Outcome outcome, boolean isProven, long unknownForMillis, Step expected) {
        AssignAnswer answer = new AssignAnswer(outcome, "Qiscus's words", null);
        Finding finding = room.isAnswer() ? null : isProven ? PROVEN : OPEN;

        Step step = assignmentCheck.nextStep(
                room, NOT_ASKED, session("1763882437123.456", null), answer, unknownForMillis, finding);

        assertThat(step).isEqualTo(expected);
    }

    private static Session session(String firstAsked, String previousService) {
        return new Session("1", "wa", "wa", "Ayu", firstAsked, previousService, 9, null, "claim", null, null);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"MISSING, Qiscus does not know the room", "WAITING, Qiscus's words", "UNCLEAR, Qiscus's words"})
    void aParkedSessionHasAReason(RoomState room, String expected) {
        AssignAnswer answer = new AssignAnswer(Outcome.REFUSED, "Qiscus's words", null);

        String reason = assignmentCheck.reason(room, NOT_ASKED, answer);

        assertThat(reason).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, no, 0, LOOK_AGAIN",
        "UNKNOWN, no, 10000, RETURN",
        "REFUSED, exceed max agents, 0, RETURN",
        "REFUSED, room already resolved, 0, DROP"
    })
    void aNewSessionIsNotDroppedForAnOldServiceOfItsRoom(
            Outcome outcome, String words, long unknownForMillis, Step expected) {
        Session session = session("1763882495000.456", null);

        Step step = assignmentCheck.nextStep(
                RoomState.RESOLVED, null, session, new AssignAnswer(outcome, words, null), unknownForMillis, null);

        assertThat(step).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 1763882495000.456, 99, 0, LOOK_AGAIN",
        "UNKNOWN, 1763882495000.456, 99, 10000, CONFIRM",
        "REFUSED, 1763882495000.456, 99, 0, RETURN",
        "UNKNOWN, 1763882489999.456, 99, 0, CONFIRM",
        "REFUSED, 1763882489999.456, 99, 0, DROP",
        // Asked before the clock was set back by an hour.
        "REFUSED, 1763886089999.456, 99, 0, DROP",
        "UNKNOWN, 1763882495000.456, , 0, CONFIRM",
        "REFUSED, 1763882495000.456, , 0, DROP"
    })
    void aReturningCustomerMayStillBeShownWithTheFormerAgent(
            Outcome outcome, String firstAsked, String previousService, long unknownForMillis, Step expected) {
        Session session = session(firstAsked, previousService);

        AssignAnswer answer = new AssignAnswer(outcome, "no", null);

        assertThat(assignmentCheck.nextStep(RoomState.SERVED, NOT_ASKED, session, answer, unknownForMillis, null))
                .isEqualTo(expected);
        InRoom.Who who = outcome == Outcome.UNKNOWN ? InRoom.Who.OURS : InRoom.Who.OTHER;
        assertThat(assignmentCheck.nextStep(RoomState.WAITING, in(who), session, answer, unknownForMillis, null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # room,   in it,        answer,  unknown for, what to do
            WAITING,  OURS,         UNKNOWN, 0,           CONFIRM
            WAITING,  OURS,         REFUSED, 0,           CONFIRM
            WAITING,  OTHER,        UNKNOWN, 0,           DROP
            WAITING,  OTHER,        REFUSED, 0,           DROP
            WAITING,  NOBODY,       UNKNOWN, 9999,        LOOK_AGAIN
            WAITING,  NOBODY,       UNKNOWN, 10000,       RETURN
            WAITING,  NOBODY,       REFUSED, 0,           RETURN
            WAITING,  LATER,        UNKNOWN, 599999,      LOOK_AGAIN
            WAITING,  LATER,        UNKNOWN, 600000,      RETURN
            WAITING,  LATER,        REFUSED, 0,           LOOK_AGAIN
            WAITING,  NOT_ANSWERED, UNKNOWN, 9999,        LOOK_AGAIN
            WAITING,  NOT_ANSWERED, UNKNOWN, 10000,       RETURN
            WAITING,  NOT_ANSWERED, REFUSED, 0,           RETURN
            UNCLEAR,  OURS,         UNKNOWN, 0,           CONFIRM
            SERVED,   OURS,         UNKNOWN, 0,           CONFIRM
            SERVED,   OURS,         REFUSED, 0,           CONFIRM
            SERVED,   OTHER,        UNKNOWN, 0,           DROP
            SERVED,   OTHER,        REFUSED, 0,           DROP
            SERVED,   NOBODY,       UNKNOWN, 0,           CONFIRM
            SERVED,   NOBODY,       REFUSED, 0,           DROP
            SERVED,   LATER,        UNKNOWN, 0,           CONFIRM
            SERVED,   LATER,        REFUSED, 0,           DROP
            """)
    void theAgentsInTheRoomDecideTheNextStep(
            RoomState room, InRoom.Who who, Outcome outcome, long unknownForMillis, Step expected) {
        AssignAnswer answer = new AssignAnswer(outcome, "Qiscus's words", null);

        Step step = assignmentCheck.nextStep(
                room, in(who), session("1763882437123.456", null), answer, unknownForMillis, null);

        assertThat(step).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # room,     in it,        proven, called ago, what to do
            RESOLVED,   ,             false,  ,           FREE
            WAITING,    OURS,         false,  ,           KEEP
            WAITING,    OURS,         false,  0,          KEEP
            WAITING,    OTHER,        false,  ,           TRANSFER
            WAITING,    NOBODY,       false,  ,           FREE
            WAITING,    NOT_ANSWERED, false,  ,           FREE
            WAITING,    NOBODY,       false,  0,          FREE
            WAITING,    LATER,        false,  ,           KEEP
            WAITING,    LATER,        false,  599999,     LOOK_AGAIN
            WAITING,    LATER,        false,  600000,     FREE
            SERVED,     OURS,         false,  ,           KEEP
            SERVED,     OTHER,        false,  ,           TRANSFER
            SERVED,     NOBODY,       false,  ,           KEEP
            SERVED,     NOBODY,       false,  9999,       LOOK_AGAIN
            SERVED,     NOBODY,       false,  10000,      KEEP
            SERVED,     NOT_ANSWERED, false,  9999,       LOOK_AGAIN
            SERVED,     NOT_ANSWERED, false,  10000,      KEEP
            SERVED,     LATER,        false,  ,           KEEP
            UNCLEAR,    NOBODY,       false,  ,           KEEP
            UNCLEAR,    NOBODY,       false,  0,          FREE
            MISSING,    ,             true,   ,           FREE
            MISSING,    ,             false,  ,           KEEP
            MISSING,    ,             false,  0,          LOOK_AGAIN
            WITHHELD,   ,             true,   ,           KEEP
            WITHHELD,   ,             true,   599999,     LOOK_AGAIN
            WITHHELD,   ,             true,   600000,     FREE
            """)
    void aHeldRoomFollowsWhatIsInIt(
            RoomState room, InRoom.Who who, boolean isProven, Long calledAgo, AssignmentCheck.Holding expected) {
        Finding finding = room.isAnswer() ? null : isProven ? PROVEN : OPEN;

        assertThat(assignmentCheck.nextStepIfHeld(room, who == null ? null : in(who), finding, calledAgo))
                .isEqualTo(expected);
    }

    @Test
    void aDroppedSessionSaysThatAnotherAgentHasIt() {
        AssignAnswer answer = new AssignAnswer(Outcome.REFUSED, "Qiscus's words", null);

        assertThat(assignmentCheck.reason(RoomState.WAITING, in(InRoom.Who.OTHER), answer))
                .isEqualTo("another agent has it in Qiscus");
    }

    private static InRoom in(InRoom.Who who) {
        return new InRoom(who, List.of());
    }
}
