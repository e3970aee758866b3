package assignment;

/** What a caller wants cannot be done as things stand. The message tells how they stand. */
public class Conflict extends InvalidRequest {

    public Conflict(String sentence) {
        super(sentence);
    }

    @Override
    public int status() {
        return 409;
    }
}
