package assignment;

/** A caller named an unknown room or agent. */
public class NotKnown extends InvalidRequest {

    public NotKnown(String sentence) {
        super(sentence);
    }

    @Override
    public int status() {
        return 404;
    }
}
