package store;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Logs in one line why Redis cannot be used and which setting to check, each reason once; and when it is over. */
class RedisTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTrouble.class);
    /** Some commands may succeed while others still fail, so a trouble is over only after this long. */
    private static final long QUIET = Duration.ofSeconds(3).toNanos();

    static final String FULL = "max number of clients reached";

    private final RedisAccess access;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private volatile long metAt;
    private volatile boolean everUsed;

    RedisTrouble(RedisAccess access) {
        this.access = access;
    }

    void isThere(Throwable failure) {
        String why = words(failure);
        if (why == null) {
            return;
        }
        metAt = System.nanoTime();
        if (said.add(why)) {
            LOG.warn("{} {}. Calls are answered with 503 until it can be used", access, why);
        }
    }

    /** @return whether it was not over before */
    boolean isOver() {
        everUsed = true;
        boolean news = !said.isEmpty() && System.nanoTime() - metAt > QUIET && forgetWhatWasSaid();
        if (news) {
            LOG.info("{} can be used again", access);
        }
        return news;
    }

    private synchronized boolean forgetWhatWasSaid() {
        boolean any = !said.isEmpty();
        said.clear();
        return any;
    }

    /** The connections are dead, or lead to a replica: new ones may lead to the new master. */
    static boolean isOfTheConnection(Throwable failure) {
        return isAway(failure)
                || causes(failure).stream().anyMatch(cause -> message(cause).contains("READONLY"));
    }

    /** Redis accepts no more connections: those that we have are good. */
    static boolean isFull(Throwable failure) {
        return causes(failure).stream().anyMatch(cause -> message(cause).contains(FULL));
    }

    static boolean hangsUp(Throwable failure) {
        return causes(failure).stream().anyMatch(RedisTrouble::isHangingUp);
    }

    private static boolean isHangingUp(Throwable cause) {
        return message(cause).startsWith("Unexpected end of stream")
                || message(cause).startsWith("Connection reset")
                || message(cause).startsWith("Broken pipe");
    }

    /** Redis does not answer. The next one that does may be another Redis. */
    static boolean isAway(Throwable failure) {
        return !isFull(failure)
                && causes(failure).stream()
                        .anyMatch(cause -> cause instanceof IOException
                                || cause instanceof JedisConnectionException
                                || cause instanceof JedisClusterOperationException);
    }

    /** Redis refused the command. */
    static boolean isAnAnswer(Throwable failure) {
        return causes(failure).stream().anyMatch(cause -> cause instanceof JedisDataException);
    }

    /** Redis refused the command to our user. */
    static boolean isOfTheUser(Throwable failure) {
        return causes(failure).stream()
                .map(RedisTrouble::message)
                .anyMatch(message -> message.contains("NOPERM")
                        || message.contains("ACL failure in script")
                        || message.contains("The user executing the script"));
    }

    /** The same failure with a message for operators. If it concerns only one command, it keeps the words of Redis. */
    RuntimeException inWords(RuntimeException failure) {
        String words = words(failure);
        return words == null || failure instanceof UnusableRedis
                ? failure
                : new UnusableRedis(access, words, false, failure);
    }

    /** What is wrong, as the rest of a sentence that begins with Redis; null if it concerns only one command. */
    String words(Throwable failure) {
        if (failure instanceof UnusableRedis unusable) {
            return unusable.words();
        }
        List<Throwable> causes = causes(failure);
        if (isFull(failure)) {
            return "takes no more connections from us, lower REDIS_MAX_CONNECTIONS or raise its maxclients";
        }
        for (Throwable cause : causes) {
            if (cause instanceof CertificateException) {
                return ofTheCertificate(message(cause));
            }
        }
        for (Throwable cause : causes) {
            String words = ofTheConnection(cause);
            if (words != null) {
                return words;
            }
        }
        for (Throwable cause : causes) {
            String words = ofTheAnswer(message(cause));
            if (words != null) {
                return words;
            }
        }
        return isAway(failure)
                ? "cannot be reached, " + look("REDIS_HOST and REDIS_PORT", "REDIS_SENTINELS", "REDIS_CLUSTER")
                : null;
    }

    private String ofTheCertificate(String message) {
        return message.contains("ubject alternative") || message.startsWith("No name matching")
                ? "shows a certificate of another name, " + look("REDIS_HOST", "REDIS_SENTINELS", "REDIS_CLUSTER")
                : "shows a certificate that is not trusted here, check REDIS_CA_FILE";
    }

    private String ofTheConnection(Throwable cause) {
        String message = message(cause);
        if (cause instanceof UnknownHostException) {
            return "cannot be found by that name, " + look("REDIS_HOST", "REDIS_SENTINELS", "REDIS_CLUSTER");
        }
        boolean silent = cause instanceof SocketTimeoutException && message.startsWith("Read timed out");
        if (access.tls() && (cause instanceof SSLException || silent && !everUsed)) {
            return "does not speak TLS as it should, " + check("REDIS_TLS and REDIS_PORT");
        }
        if (isHangingUp(cause) && !access.tls() && !everUsed) {
            return "hangs up, as a server that expects TLS does, " + check("REDIS_TLS and REDIS_PORT");
        }
        return null;
    }

    private String ofTheAnswer(String message) {
        String code = message.split(" ", 2)[0];
        return switch (code) {
            case "WRONGPASS" -> "refuses the user or the password, " + check("REDIS_USER and REDIS_PASSWORD");
            case "NOAUTH" -> "requires a password, " + check("REDIS_USER and REDIS_PASSWORD");
            case "NOPERM" -> "does not permit our user what it needs, " + check("REDIS_USER") + ": " + message;
            case "READONLY" ->
                "is a replica that takes no writes, " + look("REDIS_HOST", "REDIS_SENTINELS", "REDIS_CLUSTER");
            case "MOVED", "CROSSSLOT" -> "is a Cluster, set REDIS_CLUSTER";
            case "LOADING", "OOM", "MISCONF", "NOREPLICAS", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN" ->
                "refuses: " + message;
            default -> ofTheText(message.toLowerCase(Locale.ROOT));
        };
    }

    private String ofTheText(String message) {
        if (message.contains("db index is out of range") || message.contains("invalid db index")) {
            return "has no such database, " + check("REDIS_DATABASE");
        }
        if (message.contains("without any password configured")) {
            return "asks the default user for no password, " + check("REDIS_PASSWORD");
        }
        if (message.contains("cluster support disabled")) {
            return "is not a Cluster, set REDIS_HOST instead of REDIS_CLUSTER";
        }
        if (message.contains("seems to be not monitored")) {
            return "is not known to them by this name, check REDIS_SENTINEL_MASTER";
        }
        if (message.contains("all sentinels down")) {
            return "cannot be found, none of them answers, check REDIS_SENTINELS and their login";
        }
        if (message.contains("wrongtype")) {
            return "holds something else under the names of our keys, set KEY_PREFIX";
        }
        return null;
    }

    private String look(String server, String sentinels, String cluster) {
        return switch (access.kind()) {
            case SERVER -> check(server);
            case SENTINELS -> check(sentinels);
            case CLUSTER -> check(cluster);
        };
    }

    String check(String settings) {
        return "check " + (access.byUrl() ? "REDIS_URL" : settings);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
            for (Throwable hidden : cause.getSuppressed()) {
                causes.add(hidden);
            }
        }
        return causes;
    }

    private static String message(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
