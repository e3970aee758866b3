package qiscus;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Capacity;
import assignment.InvalidRequest;
import assignment.NewSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private final ObjectMapper json = Json.mapper();
    private final Reply.Writer replies = new Reply.Writer();

    @Test
    void aDoneActionIsASuccessWithoutData() throws JsonProcessingException {
        Reply reply = replies.queued(new NewSession("1", "default", null, null, null, null, BigDecimal.ONE));

        assertThat(json.writeValueAsString(reply))
                .isEqualTo("{\"success\":true,\"message\":\"Room 1 is in the queue.\"}");
    }

    @Test
    void theCapacityIsSpelledAsInTheOriginal() throws JsonProcessingException {
        Reply reply = replies.capacity(new Capacity(3));

        assertThat(json.writeValueAsString(reply))
                .isEqualTo("{\"success\":true,\"message\":\"Success\",\"data\":{\"maxCustomerPerAgent\":3}}");
    }

    @Test
    void aRefusalIsOurOwnSentence() {
        Reply reply = replies.refused(new InvalidRequest("room_id is missing."));

        assertThat(reply).isEqualTo(new Reply(false, "room_id is missing.", null));
    }

    @Test
    void aParserIsNotQuoted() {
        Reply reply = replies.refused(new IllegalStateException("Unexpected character at <token>"));

        assertThat(reply)
                .isEqualTo(new Reply(false, "The body must be a JSON object, sent as application/json.", null));
    }

    @Test
    void anUnstoredCallMayBeSentAgain() {
        Reply reply = replies.notStored();

        assertThat(reply.success()).isFalse();
        assertThat(reply.message()).endsWith("please try again.");
    }
}
