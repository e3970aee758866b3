package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import assignment.Verdict.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private final Verdict verdict =
            new Verdict(Duration.ofSeconds(10), Clock.fixed(Instant.ofEpochMilli(1763882500000L), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(textBlock = """
            # room,     answer,  attempts, doubted for, what to do
            RESOLVED,   UNKNOWN, 0,        0,           DROP
            RESOLVED,   UNKNOWN, 9,        99999,       DROP
            RESOLVED,   REFUSED, 0,        0,           DROP
            RESOLVED,   REFUSED, 9,        0,           DROP

            MISSING,    UNKNOWN, 0,        0,           PARK
            MISSING,    UNKNOWN, 0,        99999,       PARK
            MISSING,    REFUSED, 0,        0,           PARK

            SERVED,     UNKNOWN, 0,        0,           CONFIRM
            SERVED,     UNKNOWN, 9,        99999,       CONFIRM
            SERVED,     REFUSED, 0,        0,           DROP
            SERVED,     REFUSED, 9,        0,           DROP

            WAITING,    UNKNOWN, 0,        0,           LOOK_AGAIN
            WAITING,    UNKNOWN, 9,        9999,        LOOK_AGAIN
            WAITING,    UNKNOWN, 0,        10000,       RETURN
            WAITING,    UNKNOWN, 9,        99999,       RETURN
            WAITING,    REFUSED, 0,        0,           RETURN
            WAITING,    REFUSED, 3,        0,           RETURN
            WAITING,    REFUSED, 4,        0,           PARK
            WAITING,    REFUSED, 9,        0,           PARK

            UNCLEAR,    UNKNOWN, 0,        0,           LOOK_AGAIN
            UNCLEAR,    UNKNOWN, 9,        9999,        LOOK_AGAIN
            UNCLEAR,    UNKNOWN, 0,        10000,       RETURN
            UNCLEAR,    REFUSED, 3,        0,           RETURN
            UNCLEAR,    REFUSED, 4,        0,           PARK

            WITHHELD,   UNKNOWN, 0,        0,           LOOK_AGAIN
            WITHHELD,   UNKNOWN, 0,        600000,      PARK
            WITHHELD,   REFUSED, 9,        0,           RETURN

            UNREADABLE, UNKNOWN, 0,        0,           LOOK_AGAIN
            UNREADABLE, UNKNOWN, 9,        599999,      LOOK_AGAIN
            UNREADABLE, UNKNOWN, 0,        600000,      PARK
            UNREADABLE, REFUSED, 0,        0,           RETURN
            UNREADABLE, REFUSED, 9,        0,           RETURN
            """)
    void theRoomDecides(RoomState room, Outcome outcome, int attempts, long doubtedFor, Step expected) {
        Session session =
                new Session("1", "wa", "wa", "Ayu", "1763882437123.456", null, attempts, attempts, null, "claim");
        AssignAnswer answer = new AssignAnswer(outcome, "Qiscus's words", null);

        Step step = verdict.on(room, session, answer, doubtedFor);

        assertThat(step).isEqualTo(expected);
    }

    @Test
    void anUnansweredCallIsNeverReturnedBeforeTheRoomWasRead() {
        Session session = new Session("1", "wa", "wa", "Ayu", "1763882437123.456", null, 0, 0, null, "claim");
        AssignAnswer unanswered = new AssignAnswer(Outcome.UNKNOWN, "Qiscus did not answer", null);

        Step step = verdict.on(RoomState.UNREADABLE, session, unanswered, Long.MAX_VALUE);

        assertThat(step).isEqualTo(Step.PARK);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"MISSING, Qiscus does not know the room", "WAITING, Qiscus's words", "UNCLEAR, Qiscus's words"})
    void whoeverLooksAtAParkedSessionIsToldWhy(RoomState room, String expected) {
        AssignAnswer answer = new AssignAnswer(Outcome.REFUSED, "Qiscus's words", null);

        String reason = verdict.reason(room, answer);

        assertThat(reason).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, no, 0, LOOK_AGAIN",
        "UNKNOWN, no, 10000, RETURN",
        "REFUSED, exceed max agents, 0, RETURN",
        "REFUSED, room already resolved, 0, DROP"
    })
    void whoAskedJustNowIsNotDroppedBecauseTheRoomStillShowsTheServiceBefore(
            Outcome outcome, String words, long doubtedFor, Step expected) {
        Session session = new Session("1", "wa", "wa", "Ayu", "1763882495000.456", null, 9, 9, null, "claim");

        Step step = verdict.on(RoomState.RESOLVED, session, new AssignAnswer(outcome, words, null), doubtedFor);

        assertThat(step).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 1763882495000.456, 99, 0, LOOK_AGAIN",
        "UNKNOWN, 1763882495000.456, 99, 10000, CONFIRM",
        "REFUSED, 1763882495000.456, 99, 0, RETURN",
        "UNKNOWN, 1763882489999.456, 99, 0, CONFIRM",
        "REFUSED, 1763882489999.456, 99, 0, DROP",
        // Before the clock was set back an hour.
        "REFUSED, 1763886089999.456, 99, 0, DROP",
        "UNKNOWN, 1763882495000.456, , 0, CONFIRM",
        "REFUSED, 1763882495000.456, , 0, DROP"
    })
    void whoCameBackJustNowMayStillBeShownWithTheAgentBefore(
            Outcome outcome, String firstAsked, String previousService, long doubtedFor, Step expected) {
        Session session = new Session("1", "wa", "wa", "Ayu", firstAsked, previousService, 0, 0, null, "claim");

        Step step = verdict.on(RoomState.SERVED, session, new AssignAnswer(outcome, "no", null), doubtedFor);

        assertThat(step).isEqualTo(expected);
    }
}
