package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.Message;
import assignment.Message.Sender;
import assignment.QiscusFault;
import assignment.RoomPage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.MovableClock;

class RoomMessagesTest {
    private final MovableClock clock = new MovableClock();
    private final RoomMessages messages = new RoomMessages(clock);

    @ParameterizedTest
    @CsvSource(nullValues = "-", quoteCharacter = '`', textBlock = """
            system_event, "x@example.com",  {},                     SYSTEM
            system_event, "cust",           {},                     SYSTEM
            text,         "cust",           {},                     CUSTOMER
            text,         "cust",           {"type":"agent"},       CUSTOMER
            text,         "x@example.com",  {"type":"Customer"},    CUSTOMER
            text,         "x@example.com",  {"type":"agent"},       ANSWER
            text,         "x@example.com",  {"type":"unheard of"},  ANSWER
            text,         "x@example.com",  {},                     ANSWER
            text,         "x@example.com",  null,                   ANSWER
            text,         null,             [],                     ANSWER
            """)
    void allSendersButTheCustomerAndQiscusAnswer(String type, String user, String extras, Sender sender)
            throws Exception {
        String comment = "{\"id\":1,\"timestamp\":\"2026-11-28T10:00:00Z\",\"type\":\"" + type
                + "\",\"user\":{\"user_id\":" + user + ",\"extras\":" + extras + "}}";

        RoomPage page = page("{\"results\":{\"comments\":[" + comment + "]}}", "cust");

        assertThat(page.conversation())
                .containsExactly(new Message(
                        sender, Instant.parse("2026-11-28T10:00:00Z").toEpochMilli()));
    }

    @Test
    void theNewestMessageComesFirstInAnyOrder() throws Exception {
        RoomPage page = page("""
                {"results":{"comments":[
                 {"id":7,"timestamp":"2026-11-28 10:00:00","type":"text","user":{"user_id":"cust"}},
                 {"id":9,"timestamp":"2026-11-28T10:00:05Z","type":"text","user":{"user_id":"cust"}},
                 {"id":8,"timestamp":"2026-11-28T10:00:05Z","type":"text","user":{"user_id":"agent"}}]}}""", "cust");

        assertThat(page.conversation())
                .extracting(Message::sender)
                .containsExactly(Sender.CUSTOMER, Sender.ANSWER, Sender.CUSTOMER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"timestamp\":\"yesterday\",\"type\":\"text\",\"user\":{\"user_id\":\"cust\"}}",
                "{\"id\":1,\"type\":\"text\",\"user\":{\"user_id\":\"cust\"}}",
                "{}"
            })
    void oneUnreadableMessageMakesAllUseless(String comment) throws Exception {
        assertThat(page("{\"results\":{\"comments\":[" + comment + "]}}", "cust"))
                .isNull();
    }

    @Test
    void anUnknownSenderMayBeTheCustomer() throws Exception {
        assertThat(page("""
                {"results":{"comments":[{"timestamp":"2026-11-28T10:00:00Z","type":"text","user":{"user_id":"a"}}]}}""", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"results\":null}", "{\"results\":{\"comments\":[]}}", "{\"data\":{}}"})
    void anAnswerWithoutMessagesIsAFault(String answer) {
        assertThatThrownBy(() -> page(answer, "cust")).isInstanceOf(QiscusFault.class);
    }

    @Test
    void afterARefusalMessagesAreNotRequestedForAWhile() {
        assertThat(messages.mayAsk()).isTrue();

        messages.notTold(new QiscusFault(404, "Qiscus answered 404", null));

        assertThat(messages.mayAsk()).isFalse();
        clock.pass(Duration.ofMinutes(59));
        assertThat(messages.mayAsk()).isFalse();
        clock.pass(Duration.ofMinutes(1));
        assertThat(messages.mayAsk()).isTrue();
        messages.notTold(new QiscusFault(QiscusFault.NO_ANSWER, "no answer", null));
        clock.pass(Duration.ofMinutes(10));
        assertThat(messages.mayAsk()).isTrue();
    }

    private RoomPage page(String answer, String customerId) throws Exception {
        return messages.page(new ObjectMapper().readTree(answer), "1", customerId, null);
    }
}
