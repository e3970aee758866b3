package assignment;

/** A caller sent something that we cannot use. The message is the one sentence that they are told. */
public class InvalidRequest extends RuntimeException {

    public InvalidRequest(String sentence) {
        super(sentence, null, false, false);
    }

    /** Of the HTTP answer. */
    public int status() {
        return 400;
    }
}
