package assignment;

/** A caller named a room or an agent of which nothing is known. */
public class NotKnown extends InvalidRequest {

    public NotKnown(String sentence) {
        super(sentence);
    }

    @Override
    public int status() {
        return 404;
    }
}
