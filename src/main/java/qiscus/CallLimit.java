package qiscus;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.camel.clock.Clock;

/**
 * Stops a call that is late before it leaves: a process that was frozen must not send what it meant to send long ago. Bound as
 * a bean.
 */
public class CallLimit {
    private final Duration timeout;

    /** @param timeout how long a call may take, including the time before it is sent */
    public CallLimit(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * @param call runs since the call began
     * @throws TimeoutException if the call should have ended by now
     */
    public void check(Clock call) throws TimeoutException {
        if (call.elapsed() >= timeout.toMillis()) {
            throw new TimeoutException();
        }
    }
}
