package assignment;

import java.time.Duration;

/**
 * What is known of a failure.
 *
 * @param isProven it stayed this room's fault several times over, for the settle time at least
 * @param failingFor how long nobody has been served by this kind of call
 */
public record Finding(Whose whose, boolean isProven, Duration failingFor) {

    public boolean isEverybodys() {
        return whose == Whose.EVERYBODYS;
    }

    public boolean isTheRooms() {
        return whose == Whose.THE_ROOMS;
    }
}
