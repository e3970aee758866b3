package observe;

import assignment.DisplayNames;
import assignment.English;
import assignment.QiscusFault;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;
import qiscus.NetworkFailure;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Describes failures in words for operators. They know Qiscus, Redis and the network, but not our classes. An
 * unexpected failure is logged once with its place in the code, and after that only called unexpected.
 */
public class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String UNEXPECTED = English.say("reason.unexpected");
    private static final int LONGEST_MESSAGE = 200;
    private static final int DEEPEST = 20;

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** The rest of a sentence, without a full stop. */
    public String words(Exception failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QiscusFault) {
                return cause.getMessage();
            } else if (cause instanceof RedisConnectionFailureException) {
                return cause.getMessage().replaceAll("\\.$", "");
            } else if (cause instanceof HttpOperationFailedException answer) {
                return "the answer was " + answer.getStatusCode();
            } else if (cause instanceof JedisDataException) {
                return "Redis answered " + DisplayNames.printable(String.valueOf(cause.getMessage()), LONGEST_MESSAGE);
            }
            root = cause;
        }
        if (root instanceof IOException) {
            return NetworkFailure.of(root).toString();
        }
        log(root);
        return UNEXPECTED;
    }

    /** Without its message, which may quote data that was read. */
    private void log(Throwable failure) {
        String place = Arrays.stream(failure.getStackTrace())
                .limit(DEEPEST)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining("", failure.getClass().getName(), ""));
        if (logged.add(place)) {
            LOG.error("Please report this unexpected failure, which is logged once: {}", place);
        }
    }
}
