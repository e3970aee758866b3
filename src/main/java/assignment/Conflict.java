package assignment;

/** The present state does not allow what a caller wants. The message describes that state. */
public class Conflict extends InvalidRequest {

    public Conflict(String sentence) {
        super(sentence);
    }

    @Override
    public int status() {
        return 409;
    }
}
