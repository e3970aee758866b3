package assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QiscusFaultTest {

    @ParameterizedTest
    @ValueSource(ints = {QiscusFault.NOT_SENT, QiscusFault.NO_ANSWER, 301, 302, 308, 401, 403, 429, 502, 503, 504})
    void whatIsWrongForEverybodyIsNoRefusalOfThisRequest(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.concernsEverybody()).isTrue();
        assertThat(fault.isRefusal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 404, 405, 409, 410, 413, 415, 422, 451, 499})
    void aNoToThisRequestIsARefusal(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.isRefusal()).isTrue();
        assertThat(fault.concernsEverybody()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 408, 500, 501, 505, 520})
    void anythingElseIsNeither(int status) {
        QiscusFault fault = new QiscusFault(status, "Qiscus's words", null);

        assertThat(fault.isRefusal()).isFalse();
        assertThat(fault.concernsEverybody()).isFalse();
    }

    @Test
    void itCarriesNothingButItsSentence() {
        QiscusFault fault = new QiscusFault(500, "Qiscus answered 500", null);

        assertThat(fault.getStackTrace()).isEmpty();
        assertThat(fault.getCause()).isNull();
    }
}
