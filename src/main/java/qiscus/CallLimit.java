package qiscus;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Stops a call that is late before it leaves: a process that was frozen must not send what it meant to send long ago. Bound as
 * a bean.
 */
public class CallLimit {
    private final long nanos;
    private final LongSupplier clock;

    /** @param timeout how long a call may take, including the time before it is sent */
    public CallLimit(Duration timeout) {
        this(timeout, System::nanoTime);
    }

    CallLimit(Duration timeout, LongSupplier clock) {
        this.nanos = timeout.toNanos();
        this.clock = clock;
    }

    /** @return when the call began, in nanoseconds of an arbitrary origin */
    public long begin() {
        return clock.getAsLong();
    }

    /** @throws TimeoutException if the call should have ended by now */
    public void check(long begun) throws TimeoutException {
        if (clock.getAsLong() - begun >= nanos) {
            throw new TimeoutException();
        }
    }
}
