package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.Message.Sender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final long RESERVED = 1_000_000;
    private static final long ASSIGNED = 1_003_000;
    private static final WatchedRoom ROOM = new WatchedRoom("1", "11", RESERVED, ASSIGNED, false);

    /** Newest first: C the customer, A an answer, S Qiscus itself; seconds since the reservation. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", emptyValue = "", textBlock = """
            C100,               100
            C-5,                3
            C2,                 3
            C5,                 5
            C9 C5,              9
            S3,                 3
            S7,                 3
            S9,                 -
            A100,               -
            A-5,                -
            S3 A-1 C-9,         3
            S3 C-1 A-9,         3
            S3 A1 C-9,          -
            C100 A50,           100
            C100 C90 A50,       100
            C100 C90 S3,        3
            C100 C90 C-8,       3
            S200 C100 A50,      100
            S200 C100 C90 S3,   3
            S200 C100,          100
            S200 A100 C90,      -
            A200 C100 S3,       -
            S200 S100,          -
            C2 A1,              3
            """)
    void theWaitBeginsWithTheAssignmentOrTheLastMessageAfterAnAnswer(String messages, Long seconds) {
        List<Message> newest = new ArrayList<>();
        for (String message : messages.strip().split(" +")) {
            Sender sender =
                    switch (message.charAt(0)) {
                        case 'C' -> Sender.CUSTOMER;
                        case 'A' -> Sender.ANSWER;
                        default -> Sender.SYSTEM;
                    };
            newest.add(new Message(sender, RESERVED + 1000 * Long.parseLong(message.substring(1))));
        }

        Long since = new Conversation(newest).unansweredSince(ROOM);

        assertThat(since).isEqualTo(seconds == null ? null : Long.valueOf(RESERVED + 1000 * seconds));
    }

    @Test
    void noMessagesProveNothing() {
        assertThat(new Conversation(List.of()).unansweredSince(ROOM)).isNull();
    }
}
