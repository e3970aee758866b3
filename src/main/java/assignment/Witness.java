package assignment;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether Qiscus served anybody with one kind of call since it last failed there in a way that may meet everybody. */
public class Witness {
    private final AtomicBoolean served = new AtomicBoolean();

    /** A call of this kind was a success. */
    public void served() {
        served.set(true);
    }

    /** Such a call failed. @return whether one succeeded since the one that failed before */
    boolean sawOthersServed() {
        return served.getAndSet(false);
    }
}
