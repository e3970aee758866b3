package qiscus;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Stops a call that is late before it leaves: a process that was frozen must not send what it meant to send long ago. Bound as
 * a bean.
 */
public class CallLimit {
    private final long timeout;
    private final LongSupplier nanos;

    /** @param timeout how long a call may take, including the time before it is sent */
    public CallLimit(Duration timeout) {
        this(timeout, System::nanoTime);
    }

    CallLimit(Duration timeout, LongSupplier nanos) {
        this.timeout = timeout.toNanos();
        this.nanos = nanos;
    }

    /** @return when the call begins, in nanoseconds since an arbitrary time */
    public long begin() {
        return nanos.getAsLong();
    }

    /** @throws TimeoutException if the call should have ended by now */
    public void check(long begun) throws TimeoutException {
        if (nanos.getAsLong() - begun >= timeout) {
            throw new TimeoutException();
        }
    }
}
