package store;

import org.springframework.dao.DataAccessException;

/** This Redis answers, and is still none that this program may use. The message is one sentence. */
public class UnusableRedis extends DataAccessException {
    private final String words;
    private final boolean foreign;

    UnusableRedis(RedisAccess access, String words, boolean foreign) {
        super(access + " " + words + ".");
        this.words = words;
        this.foreign = foreign;
    }

    /** The rest of a sentence that begins with Redis. */
    String words() {
        return words;
    }

    /** Its keys are not ours. */
    public boolean isForeign() {
        return foreign;
    }
}
