package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import assignment.Swap.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From agent 11 to agent 12; 13 is any other agent. */
class SwapTest {
    private static final long SETTLED = 10_000;
    private static final long UNCLEAR = 3_000;
    private static final long FOR_TEN_MINUTES = 600_000;
    private static final AssignAnswer NO_ANSWER = new AssignAnswer(Outcome.UNKNOWN, "Qiscus did not answer", null);

    private final Swap swap = new Swap(Duration.ofMillis(SETTLED));

    @ParameterizedTest(name = "{0}, {1} in it, answered {2}, unclear for {3}: {4}")
    @CsvSource({
        // Nothing was done yet.
        "SERVED, 11, false, 0, REMOVE",
        "WAITING, 11, false, 0, REMOVE",
        "UNCLEAR, 11, false, 0, REMOVE",
        "WAITING, nobody, false, 0, REMOVE",
        "SERVED, not told, false, 0, REMOVE",
        "SERVED, 11 13, false, 0, REMOVE",
        "SERVED, 11, true, 0, END",
        "SERVED, 13, false, 0, END",
        "SERVED, later, false, 0, RETURN",
        "RESOLVED, , false, 0, END",
        "MISSING, , false, 0, RETURN",
        "WITHHELD, , false, 0, RETURN",
        "UNREADABLE, , false, 0, RETURN",
        // A call was not answered.
        "SERVED, 12, false, 3000, CONFIRM",
        "SERVED, 12, true, 3000, CONFIRM",
        "SERVED, 11, false, 3000, REMOVE",
        "SERVED, 11 12, false, 3000, REMOVE",
        "WAITING, nobody, false, 3000, REMOVE",
        "SERVED, 11, true, 3000, LOOK_AGAIN",
        "SERVED, 11, true, 10000, END",
        "SERVED, 13, false, 3000, LOOK_AGAIN",
        "SERVED, 13, false, 10000, END",
        "SERVED, later, false, 3000, LOOK_AGAIN",
        "RESOLVED, , false, 3000, END",
        "UNREADABLE, , false, 3000, LOOK_AGAIN",
        // For ten minutes.
        "SERVED, 11, false, 600000, PARK",
        "SERVED, nobody, false, 600000, PARK",
        "WAITING, nobody, false, 600000, VACATED",
        "SERVED, later, false, 600000, PARK",
    })
    void beforeTheFirstStepAndAfterAnUnclearOne(
            RoomState room, String inRoom, boolean isAnswered, long unknownForMillis, Step step) {
        assertThat(swap.before(room, inRoom(inRoom), isAnswered, session(false), "12", unknownForMillis, null))
                .isEqualTo(step);
    }

    @ParameterizedTest(name = "{0}, {1} in it, unclear for {2}: {3}")
    @CsvSource({
        "SERVED, 12, 3000, CONFIRM",
        "SERVED, 11, 3000, LOOK_AGAIN",
        "SERVED, 11, 10000, PARK",
        "SERVED, nobody, 10000, PARK",
        "WAITING, nobody, 3000, LOOK_AGAIN",
        "WAITING, nobody, 10000, VACATED",
    })
    void theAgentIsReplacedOnlyOnce(RoomState room, String inRoom, long unknownForMillis, Step step) {
        assertThat(swap.before(room, inRoom(inRoom), false, session(true), "12", unknownForMillis, null))
                .isEqualTo(step);
    }

    @Test
    void aRoomThatCertainlyIsGoneIsForAHuman() {
        Finding proven = new Finding(FaultScope.THIS_ROOM, true, Duration.ZERO);

        assertThat(swap.before(RoomState.MISSING, null, false, session(false), "12", UNCLEAR, proven))
                .isEqualTo(Step.PARK);
        assertThat(swap.before(RoomState.WITHHELD, null, false, session(false), "12", UNCLEAR, proven))
                .isEqualTo(Step.LOOK_AGAIN);
        assertThat(swap.before(RoomState.WITHHELD, null, false, session(false), "12", FOR_TEN_MINUTES, proven))
                .isEqualTo(Step.PARK);
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED, ASSIGN", "REFUSED, REPLACE", "LATER, RETURN", "UNKNOWN, LOOK_AGAIN"})
    void afterARemoval(Outcome outcome, Step step) {
        assertThat(swap.afterRemoval(new AssignAnswer(outcome, "words", null))).isEqualTo(step);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} in it: {3}")
    @CsvSource({
        "REFUSED, SERVED, 11, REPLACE",
        "REFUSED, SERVED, 12, CONFIRM",
        "REFUSED, SERVED, 13, END",
        "REFUSED, WAITING, nobody, VACATED",
        "REFUSED, SERVED, not told, REPLACE",
        "REFUSED, WAITING, not told, VACATED",
        "REFUSED, RESOLVED, , END",
        "REFUSED, UNREADABLE, , LOOK_AGAIN",
        "REFUSED, WAITING, later, LOOK_AGAIN",
        "UNKNOWN, SERVED, 11, LOOK_AGAIN",
        "UNKNOWN, SERVED, 12, CONFIRM",
        "UNKNOWN, SERVED, 13, LOOK_AGAIN",
        "UNKNOWN, WAITING, nobody, VACATED",
        "LATER, WAITING, nobody, VACATED",
        "LATER, SERVED, 11, LOOK_AGAIN",
        "ACCEPTED, SERVED, 11, CONFIRM",
    })
    void afterTheOtherAgentWasAssigned(Outcome outcome, RoomState room, String inRoom, Step step) {
        AssignAnswer answer = new AssignAnswer(outcome, "words", null);

        assertThat(swap.afterAssigning(room, inRoom(inRoom), session(false), "12", answer))
                .isEqualTo(step);
    }

    @ParameterizedTest(name = "{0}, {1}, {2} in it: {3}")
    @CsvSource({
        "REFUSED, SERVED, 11, PARK",
        "REFUSED, WAITING, 11, PARK",
        "REFUSED, SERVED, 12, CONFIRM",
        "REFUSED, SERVED, 13, END",
        "REFUSED, SERVED, nobody, PARK",
        "REFUSED, WAITING, nobody, VACATED",
        "REFUSED, SERVED, not told, PARK",
        "REFUSED, SERVED, later, RETURN",
        "REFUSED, RESOLVED, , END",
        "REFUSED, MISSING, , RETURN",
        "ACCEPTED, SERVED, 12, CONFIRM",
        "ACCEPTED, SERVED, not told, CONFIRM",
        "ACCEPTED, SERVED, 11, LOOK_AGAIN",
        "ACCEPTED, UNREADABLE, , LOOK_AGAIN",
        "UNKNOWN, SERVED, 11, LOOK_AGAIN",
        "UNKNOWN, SERVED, 12, CONFIRM",
        "UNKNOWN, SERVED, 13, LOOK_AGAIN",
        "LATER, SERVED, 11, RETURN",
    })
    void afterAReplacement(Outcome outcome, RoomState room, String inRoom, Step step) {
        AssignAnswer answer = new AssignAnswer(outcome, "words", null);

        assertThat(swap.afterReplacing(room, inRoom(inRoom), session(false), "12", answer))
                .isEqualTo(step);
    }

    /** An operator may move a session at once, while Qiscus still shows the room without its agent. */
    @Test
    void afterARefusalAnEmptyRoomIsNotBelievedIfAnOperatorMovesIt() {
        AssignAnswer refused = new AssignAnswer(Outcome.REFUSED, "Agent cannot be replaced", null);
        Move byHand = new Move("11", "Siti", "operator", 0, List.of("11"), 0, "dewi", false);
        Session session = new Session(
                "1", "wa", "wa", "Ayu", "1763882437123.456", null, 0, "why it was unclear", "claim", null, byHand);

        assertThat(swap.afterReplacing(RoomState.WAITING, inRoom("nobody"), session, "12", refused))
                .isEqualTo(Step.PARK);
    }

    @Test
    void theReasonIsForTheHumanWhoDecides() {
        AssignAnswer refused = new AssignAnswer(Outcome.REFUSED, "Qiscus answered 400: agent is offline", null);

        assertThat(swap.reason(Step.PARK, RoomState.SERVED, inRoom("11"), session(false), refused))
                .isEqualTo("cannot be taken from Siti: Qiscus answered 400: agent is offline");
        assertThat(swap.reason(Step.PARK, RoomState.SERVED, inRoom("11"), session(false), NO_ANSWER))
                .isEqualTo("cannot be taken from Siti: why it was unclear");
        assertThat(swap.reason(Step.PARK, RoomState.MISSING, null, session(false), NO_ANSWER))
                .isEqualTo("Qiscus does not know the room");
        assertThat(swap.reason(Step.END, RoomState.RESOLVED, null, session(false), null))
                .isEqualTo("it is resolved in Qiscus");
        assertThat(swap.reason(Step.END, RoomState.SERVED, inRoom("13"), session(false), null))
                .isEqualTo("another agent has it in Qiscus");
        assertThat(swap.reason(Step.END, RoomState.SERVED, inRoom("11"), session(false), null))
                .isEqualTo("the agent answered");
    }

    private static Session session(boolean replaced) {
        Move move = new Move("11", "Siti", "silent", 0, List.of("11"), 1, null, replaced);
        return new Session(
                "1", "wa", "wa", "Ayu", "1763882437123.456", null, 0, "why it was unclear", "claim", null, move);
    }

    /** Null for a room that is not open. */
    private static InRoom inRoom(String who) {
        if (who == null) {
            return null;
        }
        return switch (who) {
            case "nobody" -> InRoom.of(List.of(), List.of("12", "11"));
            case "not told" -> InRoom.NOT_ANSWERED;
            case "later" -> InRoom.LATER;
            default ->
                InRoom.of(
                        Arrays.stream(who.split(" "))
                                .map(id -> new Agent(id, id, 0, true, false, "agent"))
                                .toList(),
                        List.of("12", "11"));
        };
    }
}
