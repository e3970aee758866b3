package wallboard;

/**
 * A trouble, in words for people who watch the board.
 *
 * @param text one or two sentences, without the time
 * @param since epoch milliseconds; null if the time does not matter
 */
public record Trouble(Severity severity, String text, Long since) {

    public enum Severity {
        /** Customers wait because of it. */
        BAD,
        /** A person must act. */
        WARNING,
        /** The program repaired it. */
        NOTE
    }
}
