package assignment;

import java.time.Duration;

/**
 * What is known of a failure.
 *
 * @param isProven it was this room's own fault several times, for at least the settle time
 * @param failingFor how long this kind of call has served no session
 */
public record Finding(FaultScope scope, boolean isProven, Duration failingFor) {

    public boolean concernsAllRooms() {
        return scope == FaultScope.ALL_ROOMS;
    }

    public boolean concernsThisRoom() {
        return scope == FaultScope.THIS_ROOM;
    }
}
