package wallboard;

/**
 * Something is wrong, in words for whoever stands in front of the board.
 *
 * @param text one sentence or two, without the time
 * @param since epoch milliseconds; null if it is of no moment
 */
public record Trouble(Severity severity, String text, Long since) {

    public enum Severity {
        /** Customers wait because of it. */
        BAD,
        /** Somebody should look. */
        WARNING,
        /** It healed itself. */
        NOTE
    }
}
