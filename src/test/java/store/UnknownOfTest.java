package store;

import static org.assertj.core.api.Assertions.assertThat;

import assignment.NewSession;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import support.RealRedis;

@Timeout(30)
class UnknownOfTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final StoreInTest given = new StoreInTest(REDIS);

    @Test
    void aSessionIsKnownInEveryStateAndInTheQueue() {
        given.assign("ayu", "a1");
        given.store().park(given.comes("budi"), "no such room");
        given.comes("citra");
        given.asks("dewi");

        assertThat(given.store()
                        .unknownOf(Stream.of("ayu", "budi", "citra", "dewi", "eka")
                                .map(UnknownOfTest::waitingInQiscus)
                                .toList()))
                .extracting(NewSession::roomId)
                .containsExactly("eka");
    }

    private static NewSession waitingInQiscus(String room) {
        return new NewSession(room, "qiscus", "wa", room, null, null, BigDecimal.ONE);
    }
}
