package assignment;

import java.util.regex.Pattern;

/** Makes words from outside safe to print in a log line. */
public final class DisplayNames {
    private static final int LONGEST_NAME = 60;
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>()\\[\\]\",;:]{1,64}@[^\\s@<>()\\[\\]\",;:]{1,255}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private DisplayNames() {}

    static String customer(String name, String roomId) {
        String printed = name == null ? "" : printable(name, LONGEST_NAME);
        return printed.isEmpty()
                ? English.say("name.room", "room", roomId)
                : English.say("name.customer", "name", printed, "room", roomId);
    }

    static String agent(String name, String id) {
        String printed = name == null ? "" : printable(name, LONGEST_NAME);
        return printed.isEmpty() ? English.say("name.agent", "id", id) : printed;
    }

    /** E-mail addresses identify people, and the reader of the log does not need them. */
    public static String withoutAddresses(String text) {
        return text.indexOf('@') < 0 ? text : ADDRESS.matcher(text).replaceAll("[e-mail]");
    }

    /**
     * Removes addresses, control characters and invisible format characters, which could forge a log line; cuts the
     * text.
     */
    public static String printable(String text, int longest) {
        String clean =
                withoutAddresses(UNPRINTABLE.matcher(text).replaceAll(" ").strip());
        int end = Math.min(clean.codePointCount(0, clean.length()), longest);
        return clean.substring(0, clean.offsetByCodePoints(0, end));
    }
}
