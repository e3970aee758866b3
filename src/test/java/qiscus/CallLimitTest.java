package qiscus;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallLimitTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final CallLimit limit = new CallLimit(Duration.ofNanos(10), now::get);
    private final long begun = limit.begin();

    @Test
    void aCallInTimeMayLeave() {
        now.addAndGet(9);

        assertThatNoException().isThrownBy(() -> limit.check(begun));
    }

    @Test
    void aCallOfAProcessThatWasFrozenMeanwhileDoesNotLeave() {
        now.addAndGet(10);

        assertThatThrownBy(() -> limit.check(begun)).isInstanceOf(TimeoutException.class);
    }
}
