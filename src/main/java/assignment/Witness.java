package assignment;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether Qiscus served another room with one kind of call since that kind last failed in a way that may meet everybody.
 * Bound as a bean: routes tell it of each whole success.
 */
public class Witness {
    private final AtomicReference<String> servedRoom = new AtomicReference<>();

    /** Qiscus did for this session what it was asked to, to the end. */
    public void served(Session session) {
        servedRoom.set(session.roomId());
    }

    /** It did not do it for this one. @return whether it did for another since it failed before */
    boolean sawOthersServed(Session session) {
        String room = servedRoom.getAndSet(null);
        return room != null && !room.equals(session.roomId());
    }
}
