package assignment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many rooms wait in Qiscus that no webhook reported and that we leave alone, as this instance last counted them.
 */
public class IgnoredRooms {
    /** After that, another instance does the counting. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(30);

    private final String maxAge;
    private final Clock steady;
    private int old;
    private int ofBot;
    private Counted counted = new Counted(0, 0, Instant.MIN);

    private record Counted(int old, int ofBot, Instant at) {}

    /** @param maxAge as SWEEP_MAX_AGE says */
    public IgnoredRooms(String maxAge, Clock steady) {
        this.maxAge = maxAge;
        this.steady = steady;
    }

    public void begin() {
        old = 0;
        ofBot = 0;
    }

    /** Adds to the numbers of the present count. */
    public void add(int moreOld, int moreOfBot) {
        old += moreOld;
        ofBot += moreOfBot;
    }

    /** The count is complete. @return a sentence if the numbers changed, else null */
    public synchronized String end() {
        Counted before = counted;
        counted = new Counted(old, ofBot, steady.instant());
        if (before.old() == old && before.ofBot() == ofBot) {
            return null;
        }
        List<String> words = new ArrayList<>();
        if (old != before.old()) {
            words.add(rooms(old) + " in Qiscus whose customer last wrote more than " + maxAge
                    + " ago (SWEEP_MAX_AGE): left alone");
        }
        if (ofBot != before.ofBot()) {
            words.add(rooms(ofBot) + " in Qiscus that the bot handles (BOT_ROOMS): left to it");
        }
        return String.join("; ", words);
    }

    private static String rooms(int rooms) {
        return rooms == 1 ? "1 room waits" : rooms + " rooms wait";
    }

    /** NaN if this instance has not counted lately. */
    public synchronized double old() {
        return isKnown() ? counted.old() : Double.NaN;
    }

    public synchronized double ofBot() {
        return isKnown() ? counted.ofBot() : Double.NaN;
    }

    private boolean isKnown() {
        return steady.instant().isBefore(counted.at().plus(KNOWN_FOR));
    }
}
