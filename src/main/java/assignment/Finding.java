package assignment;

import java.time.Duration;

/**
 * What is known of a failure.
 *
 * @param isProven it stayed this room's fault several times over, for the settle time at least
 * @param failingFor how long nobody has been served by this kind of call
 */
public record Finding(FaultScope whose, boolean isProven, Duration failingFor) {

    public boolean concernsAllRooms() {
        return whose == FaultScope.ALL_ROOMS;
    }

    public boolean concernsThisRoom() {
        return whose == FaultScope.THIS_ROOM;
    }
}
