package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QiscusFaultTest {

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NOT_SENT, 429, 301, 302, 308})
    void someFaultsConcernAllRoomsByTheirStatus(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.concernsAllRooms()).isTrue();
        assertThat(fault.isRefusal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 405, 409, 410, 413, 415, 422, 451, 499})
    void otherClientErrorsAreRefusals(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.isRefusal()).isTrue();
        assertThat(fault.concernsAllRooms()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NO_ANSWER, 200, 408, 500, 501, 502, 503, 504, 505, 520})
    void otherFaultsAreNeither(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.isRefusal()).isFalse();
        assertThat(fault.concernsAllRooms()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NOT_SENT, QiscusFault.NO_ANSWER, 401, 429, 502, 503, 504})
    void someFaultsPutOffTheNextRoom(int status) {
        assertThat(new QiscusFault(status, "no", null).meetsTheNextRoom()).isTrue();
        assertThat(new QiscusFault(404, "no", null).meetsTheNextRoom()).isFalse();
    }

    @Test
    void aFaultHasNothingButItsSentence() {
        QiscusFault fault = new QiscusFault(500, "Qiscus answered 500", null);

        assertThat(fault.getStackTrace()).isEmpty();
        assertThat(fault.getCause()).isNull();
    }
}
