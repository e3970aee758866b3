package assignment;

/** Names that came from outside, made safe to print in a log line. */
final class Words {
    private static final int LONGEST = 60;

    private Words() {}

    static String customer(String name, String roomId) {
        return name == null || name.isBlank() ? "room " + roomId : printable(name) + " (room " + roomId + ")";
    }

    /** Without control and invisible format characters, which could forge a second log line, and not too long. */
    static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        int end = Math.min(clean.codePointCount(0, clean.length()), LONGEST);
        return clean.substring(0, clean.offsetByCodePoints(0, end));
    }
}
