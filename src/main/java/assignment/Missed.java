package assignment;

/**
 * Sessions that one comparison with Qiscus found and no webhook reported. However many there are, one log line is
 * enough.
 */
public class Missed {
    private int sessions;
    private NewSession last;

    public void begin() {
        sessions = 0;
    }

    /** @return the same */
    public NewSession add(NewSession session) {
        sessions++;
        last = session;
        return session;
    }

    /** @return what to log; null if there were none */
    public String end() {
        return switch (sessions) {
            case 0 -> null;
            case 1 -> last + " waits in Qiscus, but no webhook told us";
            default -> sessions + " customers wait in Qiscus, but no webhook told us";
        };
    }
}
