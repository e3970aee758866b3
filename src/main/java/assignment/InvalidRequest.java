package assignment;

/** A caller sent something that we cannot use. The message is the sentence that we answer. */
public class InvalidRequest extends RuntimeException {

    public InvalidRequest(String sentence) {
        super(sentence, null, false, false);
    }

    /** The status of the HTTP answer. */
    public int status() {
        return 400;
    }
}
