package qiscus;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.AssignAnswer;
import assignment.AssignAnswer.Outcome;
import assignment.QiscusFault;
import assignment.RoomState;
import assignment.Session;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private final ObjectMapper json = Json.mapper();
    private static final Session ROOM = Session.ofRoom("187250792");
    private static final String AGENT = "164868";

    private final AnswerReader reader = new AnswerReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"added_agent\":{\"id\":164868},\"service\":{\"room_id\":\"187250792\",\"user_id\":164868}}}",
                "{\"data\":{\"added_agent\":{\"id\":164868}}}",
                "{\"data\":{\"added_agent\":{\"id\":\"164868\"}}}",
                "{\"data\":{\"service\":{\"room_id\":187250792}},\"status\":200}"
            })
    void aSuccessWithDataMeansThatTheAgentIsInTheRoom(String body) throws IOException {
        AssignAnswer answer = reader.assigned(json.readTree(body), ROOM, AGENT);

        assertThat(answer.isAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"OK\"",
                "{}",
                "{\"status\":200}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":[]}",
                "{\"data\":{\"added_agent\":{\"id\":1}}}",
                "{\"data\":{\"added_agent\":{\"id\":164868},\"service\":{\"room_id\":\"1\"}}}",
                "{\"errors\":{\"message\":\"x\"},\"status\":400}"
            })
    void aSuccessWithoutDataIsUnknown(String body) throws IOException {
        AssignAnswer answer = reader.assigned(json.readTree(body), ROOM, AGENT);

        assertThat(answer)
                .isEqualTo(new AssignAnswer(Outcome.UNKNOWN, "Qiscus answered a success without its data", null));
    }

    @Test
    void aSuccessWithoutABodyIsUnknown() {
        AssignAnswer answer = reader.assigned(null, ROOM, AGENT);

        assertThat(answer.isUnknown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // It was never sent, or was rejected before it was processed.
        "0, LATER",
        "429, LATER",
        // Unknown.
        "-1, UNKNOWN",
        "408, UNKNOWN",
        "500, UNKNOWN",
        "501, UNKNOWN",
        "502, UNKNOWN",
        "503, UNKNOWN",
        "504, UNKNOWN",
        "520, UNKNOWN",
        "599, UNKNOWN",
        "200, UNKNOWN",
        "301, UNKNOWN",
        "302, UNKNOWN",
        "304, UNKNOWN",
        "307, UNKNOWN",
        // Only the room tells what a refusal means.
        "400, REFUSED",
        "401, REFUSED",
        "402, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "405, REFUSED",
        "406, REFUSED",
        "409, REFUSED",
        "410, REFUSED",
        "413, REFUSED",
        "415, REFUSED",
        "422, REFUSED",
        "451, REFUSED"
    })
    void everyStatusOfAnAssignCallHasItsMeaning(int status, Outcome outcome) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", Duration.ofSeconds(7));

        AssignAnswer answer = reader.notAssigned(fault);

        assertThat(answer).isEqualTo(new AssignAnswer(outcome, "Qiscus's words", Duration.ofSeconds(7)));
    }

    @Test
    void anUnreadableAnswerIsUnknownAndNotQuoted() {
        Exception notJson = new IllegalStateException("Unexpected character: <token>");

        AssignAnswer answer = reader.notAssigned(notJson);

        assertThat(answer).isEqualTo(new AssignAnswer(Outcome.UNKNOWN, "Qiscus's answer cannot be read", null));
    }

    @Test
    void theOutcomeOfAStoppedWorkerIsUnknown() {
        AssignAnswer answer = reader.abandoned();

        assertThat(answer.isUnknown()).isTrue();
        assertThat(answer.reason()).isEqualTo("the assign call stayed unanswered");
    }

    @ParameterizedTest
    @CsvSource({
        "true,  true,  RESOLVED",
        "true,  false, RESOLVED",
        "true,  null,  RESOLVED",
        "false, true,  WAITING",
        "null,  true,  WAITING",
        "false, false, SERVED",
        "null,  false, SERVED",
        "false, null,  UNCLEAR",
        "null,  null,  UNCLEAR",
        // In a document of 2019 is_waiting is a string.
        "false, '\"false\"', SERVED",
        "false, '\"true\"',  WAITING",
        "0,     1,         WAITING",
        "'\"0\"', '\"1\"',     WAITING",
        "1,     {},        RESOLVED",
        "{},    [],        UNCLEAR",
        "'\"\"',  '\"no\"',    UNCLEAR"
    })
    void aRoomIsWhatItsTwoFlagsSay(String isResolved, String isWaiting, RoomState expected) throws IOException {
        CustomerRoom answer = room("{\"data\":{\"customer_room\":{\"room_id\":\"1\",\"is_resolved\":" + isResolved
                + ",\"is_waiting\":" + isWaiting + "}}}");

        RoomState room = reader.room(answer, Session.ofRoom("1"));

        assertThat(room).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":[]}",
                "{\"data\":\"x\"}",
                "{\"data\":{\"customer_room\":[]}}",
                "{\"data\":{\"customer_room\":null}}",
                "{\"data\":{\"customer_room\":{}}}",
                "{\"data\":{\"customer_room\":{\"is_resolved\":true,\"is_waiting\":false}}}",
                "{\"data\":{\"customer_room\":{\"room_id\":\"2\",\"is_resolved\":true,\"is_waiting\":false}}}",
                "{\"data\":{\"customer_room\":{\"room_id\":{},\"is_resolved\":true}}}",
                "{\"errors\":\"x\"}"
            })
    void anAnswerAboutAnotherRoomSaysNothing(String body) throws IOException {
        CustomerRoom answer = room(body);

        RoomState room = reader.room(answer, Session.ofRoom("1"));

        assertThat(room).isEqualTo(RoomState.WITHHELD);
    }

    @ParameterizedTest
    @CsvSource({
        "404, MISSING",
        "400, WITHHELD",
        "401, UNREADABLE",
        "403, WITHHELD",
        "410, WITHHELD",
        "429, UNREADABLE",
        "500, WITHHELD",
        "503, UNREADABLE",
        "0, UNREADABLE",
        "-1, UNREADABLE"
    })
    void onlyANotFoundMeansThatThereIsNoRoom(int status, RoomState expected) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        RoomState room = reader.noRoom(fault);

        assertThat(room).isEqualTo(expected);
    }

    @Test
    void aRoomThatCannotBeParsedCannotBeRead() {
        Exception notJson = new IllegalStateException("not JSON");

        RoomState room = reader.noRoom(notJson);

        assertThat(room).isEqualTo(RoomState.WITHHELD);
    }

    private CustomerRoom room(String body) throws IOException {
        return json.readValue(body, CustomerRoom.class);
    }
}
