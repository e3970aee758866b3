package store;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a session in its line: a member of {@link Keys#waiting()}.
 *
 * @param firstAsked epoch milliseconds, 13 digits and 3 decimals, because places are sorted as text
 */
public record Place(String channel, String firstAsked, String roomId) {
    private static final Pattern FORM = Pattern.compile("([\\w-]+):(\\d{13,15}\\.\\d{3}):([^:]+)");

    static Place of(String channel, double firstAsked, String roomId) {
        return new Place(channel, time(firstAsked), roomId);
    }

    /** @return null if the member is not a place, as after an edit by hand */
    public static Place read(String member) {
        Matcher parts = FORM.matcher(member);
        return parts.matches() ? new Place(parts.group(1), parts.group(2), parts.group(3)) : null;
    }

    static String time(double epochMilliseconds) {
        return String.format(Locale.ROOT, "%017.3f", epochMilliseconds);
    }

    long askedAt() {
        return (long) Double.parseDouble(firstAsked);
    }

    /** The member. */
    @Override
    public String toString() {
        return channel + ":" + firstAsked + ":" + roomId;
    }
}
