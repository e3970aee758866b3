package store;

import org.springframework.data.redis.RedisConnectionFailureException;

/** As good as away: this Redis answers, but is none that this program may use. The message is one sentence. */
public class UnusableRedis extends RedisConnectionFailureException {
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
