package qiscus;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.camel.clock.Clock;
import org.junit.jupiter.api.Test;

class CallLimitTest {
    private final CallLimit limit = new CallLimit(Duration.ofMillis(1500));

    @Test
    void aCallInTimeMayLeave() {
        assertThatNoException().isThrownBy(() -> limit.check(after(1499)));
    }

    @Test
    void aCallOfAProcessThatWasFrozenMeanwhileDoesNotLeave() {
        assertThatThrownBy(() -> limit.check(after(1500))).isInstanceOf(TimeoutException.class);
    }

    private static Clock after(long millis) {
        return new Clock() {
            @Override
            public long elapsed() {
                return millis;
            }

            @Override
            public long getCreated() {
                return 0;
            }
        };
    }
}
