package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer.Outcome;
import assignment.Verdict.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private final Verdict verdict =
            new Verdict(Duration.ofSeconds(10), Clock.fixed(Instant.ofEpochMilli(1763882500000L), ZoneOffset.UTC));

    private static final Finding OPEN = new Finding(Whose.OPEN, false, Duration.ZERO);
    private static final Finding PROVEN = new Finding(Whose.THE_ROOMS, true, Duration.ZERO);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # room,     answer,  proven, doubted for, what to do
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
    void theRoomDecides(RoomState room, Outcome outcome, boolean isProven, long doubtedFor, Step expected) {
        AssignAnswer answer = new AssignAnswer(outcome, "Qiscus's words", null);
        Finding finding = room.isAnswer() ? null : isProven ? PROVEN : OPEN;

        Step step = verdict.on(room, session("1763882437123.456", null), answer, doubtedFor, finding);

        assertThat(step).isEqualTo(expected);
    }

    private static Session session(String firstAsked, String previousService) {
        return new Session("1", "wa", "wa", "Ayu", firstAsked, previousService, 9, null, "claim", null);
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
        Session session = session("1763882495000.456", null);

        Step step = verdict.on(RoomState.RESOLVED, session, new AssignAnswer(outcome, words, null), doubtedFor, null);

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
        Session session = session(firstAsked, previousService);

        Step step = verdict.on(RoomState.SERVED, session, new AssignAnswer(outcome, "no", null), doubtedFor, null);

        assertThat(step).isEqualTo(expected);
    }
}
