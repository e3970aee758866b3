package store;

import org.springframework.data.redis.RedisConnectionFailureException;

/** This Redis is away, or this program must not use it. The message is one sentence for operators. */
public class UnusableRedis extends RedisConnectionFailureException {
    private final String words;
    private final boolean foreign;

    UnusableRedis(RedisAccess access, String words, boolean foreign) {
        this(access, words, foreign, null);
    }

    /** @param cause what the client threw; its message is not for operators */
    UnusableRedis(RedisAccess access, String words, boolean foreign, Throwable cause) {
        super(access + " " + words + ".", cause);
        this.words = words;
        this.foreign = foreign;
    }

    /** The rest of a sentence that begins with Redis. */
    String words() {
        return words;
    }

    /** Its keys belong to another program or app. */
    public boolean isForeign() {
        return foreign;
    }
}
