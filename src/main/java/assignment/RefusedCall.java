package assignment;

/** Somebody called us with something that we cannot use. The message is the one sentence that he is told. */
public class RefusedCall extends RuntimeException {

    public RefusedCall(String sentence) {
        super(sentence, null, false, false);
    }
}
