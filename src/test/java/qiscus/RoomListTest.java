package qiscus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assignment.NewSession;
import assignment.QiscusFault;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomListTest {
    private final RoomList.Reader reader = new RoomList.Reader(Clock.systemUTC());

    private RoomList read(String body) throws IOException {
        String rooms = body.replaceAll("ROOM (\\d)", "{\"room_id\":$1,\"is_resolved\":0,\"is_waiting\":\"true\"}");
        return reader.next(reader.start(), Json.mapper().readValue(rooms, CustomerRooms.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"customer_rooms\":[ROOM 1,null,ROOM 3]}}",
                "{\"data\":{\"customer_rooms\":{\"0\":ROOM 1,\"4\":ROOM 3}},\"meta\":[]}",
                "{\"data\":[ROOM 1,ROOM 3],\"meta\":{\"cursor_after\":{}}}"
            })
    void aListMayBeAnObjectOrTheWholeData(String body) throws IOException {
        RoomList list = read(body);

        assertThat(list.page()).extracting(NewSession::roomId).containsExactly("1", "3");
        assertThat(list.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"data\":null}", "{\"data\":[]}", "{\"data\":{}}", "{\"data\":{\"customer_rooms\":null}}"})
    void anEmptyListMayHaveManyForms(String body) throws IOException {
        RoomList list = read(body);

        assertThat(list.page()).isEmpty();
        assertThat(list.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"errors\":\"x\"}", "{\"data\":[],\"error\":\"x\"}", "{\"data\":\"<html>\"}"})
    void anAnswerWithoutAListIsAFault(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(QiscusFault.class)
                .hasMessage("Qiscus answered without a list of rooms");
    }
}
