package qiscus;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.NewSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import support.MovableClock;

/** Which of the rooms that wait in Qiscus we serve, by age and by the bot's mark. Now is the first of January 2026. */
class OldRoomsTest {
    private static final ObjectMapper JSON = Json.mapper();

    private static final String YOUNG = customerWrote(1, "2025-12-31T23:00:00Z");
    private static final String OLD = customerWrote(2, "2025-07-01T00:00:00Z");

    private final MovableClock clock = new MovableClock();
    private final RoomList.Reader reader = new RoomList.Reader(clock, clock, Duration.ofDays(1));

    @Test
    void anOldRoomIsNotAdmitted() throws IOException {
        RoomList list = reader.next(reader.start(), page(null, YOUNG, OLD));

        assertThat(list.page()).extracting(NewSession::roomId).containsExactly("1");
        assertThat(list.old()).extracting(NewSession::roomId).containsExactly("2");
    }

    @Test
    void withoutALimitNoRoomIsOld() throws IOException {
        RoomList.Reader unlimited = new RoomList.Reader(clock);

        assertThat(unlimited.next(unlimited.start(), page(null, YOUNG, OLD)).page())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,                         -,                    false
            soon,                      -,                    false
            2026-01-01T09:00:00,       -,                    false
            2999-01-01T00:00:00Z,      2025-07-01T00:00:00Z, false
            2025-12-31T00:00:01Z,      -,                    false
            2025-12-30T23:59:59Z,      -,                    true
            2025-12-31 06:00:00 +0700, -,                    true
            2025-07-01 00:00:00,       2026-01-01T00:00:00Z, true
            -,                         2025-07-01T00:00:00Z, true
            soon,                      2025-12-31T23:00:00Z, false
            """)
    void anUnreadableOrFutureTimeCountsAsNowUnlessTheLastCommentIsOld(String customer, String anybody, boolean old)
            throws IOException {
        String room = "{\"room_id\":1,\"is_waiting\":true" + time("last_customer_timestamp", customer)
                + time("last_comment_timestamp", anybody) + "}";

        assertThat(reader.next(reader.start(), page(null, room)).old()).hasSize(old ? 1 : 0);
    }

    private static String time(String name, String value) {
        return value == null ? "" : ",\"" + name + "\":\"" + value.replace("0 +", "0+") + "\"";
    }

    @Test
    void afterACompletePassTheNextOnesStopAtTheFirstPageOfOldRooms() throws IOException {
        assertThat(pagesRead(OLD, OLD)).isEqualTo(2);
        assertThat(pagesRead(OLD, OLD)).isEqualTo(1);
        assertThat(pagesRead(YOUNG, OLD, OLD)).isEqualTo(2);

        clock.pass(Duration.ofMinutes(10));

        assertThat(pagesRead(OLD, OLD)).isEqualTo(2);
    }

    @Test
    void ifPagesAreNotInOrderAllAreAlwaysRead() throws IOException {
        assertThat(pagesRead(OLD, YOUNG)).isEqualTo(2);
        assertThat(pagesRead(OLD, YOUNG)).isEqualTo(2);
    }

    @Test
    void aPageWithARecentRoomIsNotTheLast() throws IOException {
        assertThat(pagesRead(OLD, OLD)).isEqualTo(2);
        String resolvedToday =
                "{\"room_id\":3,\"is_resolved\":true,\"last_comment_timestamp\":\"2026-01-01T00:00:00Z\"}";

        assertThat(pagesRead(OLD + "," + resolvedToday, OLD)).isEqualTo(2);
    }

    @Test
    void anOldRoomWithAMessageOfTodayDoesNotEndThePass() throws IOException {
        assertThat(pagesRead(OLD, OLD)).isEqualTo(2);
        String broadcast = "{\"room_id\":4,\"is_waiting\":true,\"last_customer_timestamp\":\"2025-07-01T00:00:00Z\","
                + "\"last_comment_timestamp\":\"2026-01-01T00:00:00Z\"}";

        assertThat(pagesRead(broadcast, YOUNG)).isEqualTo(2);
    }

    @Test
    void theCountIsKnownAfterACompletePassOnly() throws IOException {
        assertThat(lastOf(OLD, OLD).whole()).isTrue();
        assertThat(lastOf(OLD, OLD).whole()).isFalse();
    }

    @Test
    void roomsOfTheBotAreLeftToItOnlyIfConfigured() throws IOException {
        String ofBot = "{\"room_id\":1,\"is_waiting\":true,\"is_handled_by_bot\":true}";

        RoomList served = reader.next(reader.start(false), page(null, ofBot));
        RoomList left = reader.next(reader.start(true), page(null, ofBot, YOUNG.replace("1", "5")));

        assertThat(served.page()).hasSize(1);
        assertThat(left.page()).extracting(NewSession::roomId).containsExactly("5");
        assertThat(left.ofBot()).extracting(NewSession::roomId).containsExactly("1");
    }

    private int pagesRead(String... pages) throws IOException {
        return lastOf(pages).pages();
    }

    private RoomList lastOf(String... pages) throws IOException {
        RoomList list = reader.start();
        for (int i = 0; list.hasMore(); i++) {
            list = reader.next(list, page(i + 1 < pages.length ? "after-" + i : null, pages[i]));
        }
        return list;
    }

    private static String customerWrote(int room, String when) {
        return "{\"room_id\":" + room + ",\"is_waiting\":true,\"last_customer_timestamp\":\"" + when + "\"}";
    }

    private static CustomerRooms page(String cursor, String... rooms) throws IOException {
        return JSON.readValue(
                "{\"data\":{\"customer_rooms\":" + List.of(String.join(",", rooms)) + "},\"meta\":{\"cursor_after\":"
                        + (cursor == null ? null : "\"" + cursor + "\"") + "}}",
                CustomerRooms.class);
    }
}
