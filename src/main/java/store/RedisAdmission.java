package store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.commands.KeyCommands;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Decides whether we may use this Redis: its keys are ours, and our user has the rights that we need. It examines Redis
 * before our first command, again after Redis was away or refused something, and from time to time.
 */
public class RedisAdmission {
    private static final long EXAMINED_FOR = Duration.ofSeconds(5).toNanos();
    private static final long REFUSED_FOR = Duration.ofMillis(900).toNanos();
    private static final int SCAN_AT_ONCE = 1000;
    private static final int MOST_SHOWN = 100;

    /**
     * Who uses Redis.
     *
     * @param app the id of the app whose sessions are kept there
     * @param claims false: only examine, and write no marker
     * @param remedy the settings to change if the keys are not ours
     */
    public record Owner(Keys keys, String app, boolean claims, String remedy) {}

    private final StringRedisTemplate redis;
    private final Owner owner;
    private final RedisAccess access;
    private final RedisTrouble trouble;
    private final Supplier<String> subscribeRefused;
    private final Scripts scripts;
    private final OwnKeys ownKeys;

    private final AtomicInteger doubts = new AtomicInteger();
    private volatile boolean admitted;
    private volatile boolean ours;
    private volatile long examinedAt;
    private volatile long refusedAt;
    private volatile UnusableRedis refusal;

    RedisAdmission(
            StringRedisTemplate redis,
            Owner owner,
            RedisAccess access,
            RedisTrouble trouble,
            Supplier<String> subscribeRefused) {
        this.redis = redis;
        this.owner = owner;
        this.access = access;
        this.trouble = trouble;
        this.subscribeRefused = subscribeRefused;
        this.scripts = new Scripts(redis, new ObjectMapper(), owner.keys(), Duration.ZERO, event -> {});
        this.ownKeys = new OwnKeys(redis, new ObjectMapper(), owner.keys());
    }

    /** @throws UnusableRedis if we may not use it; DataAccessException if we cannot tell */
    void demand() {
        if (admitted) {
            return;
        }
        UnusableRedis known = refusal;
        if (known != null && System.nanoTime() - refusedAt < REFUSED_FOR) {
            throw known;
        }
        examine();
    }

    /** Like {@link #demand}, and checks that Redis answers now. */
    void ask() {
        if (admitted && System.nanoTime() - examinedAt < EXAMINED_FOR) {
            // This is one of the examined rights. A user with all the rights that we need may lack the right to PING.
            redis.hasKey(owner.keys().check());
        } else {
            examine();
        }
    }

    /** Redis was away, and may be another one when it is back. */
    void forget() {
        doubt();
        ours = false;
    }

    /** Redis refused something and may refuse more. */
    void doubt() {
        doubts.incrementAndGet();
        admitted = false;
        refusal = null;
    }

    private void examine() {
        // If this fails, the next caller examines it again.
        examinedAt = System.nanoTime() - EXAMINED_FOR;
        int before = doubts.get();
        try {
            demandRights();
            demandOwnKeys();
            // A doubt may have come up during the examination.
            admitted = doubts.get() == before;
            refusal = null;
            examinedAt = System.nanoTime();
        } catch (UnusableRedis found) {
            admitted = false;
            refusal = found;
            refusedAt = System.nanoTime();
            throw found;
        }
    }

    /** @throws UnusableRedis if our user lacks a right */
    void demandRights() {
        Set<String> missing = missingRights();
        if (!missing.isEmpty()) {
            throw new UnusableRedis(
                    access,
                    "does not permit our user what it needs, " + trouble.check("REDIS_USER") + ": it lacks "
                            + String.join(" ", missing),
                    false);
        }
    }

    /**
     * The missing rights, as an ACL rule names them, for instance {@code +lpush}.
     *
     * @throws DataAccessException if Redis refuses for another reason
     */
    private Set<String> missingRights() {
        Set<String> missing = new TreeSet<>();
        // This channel has no subscribers.
        tryTo("publish", () -> redis.convertAndSend(owner.keys().check(), "check"), missing);
        String subscribe = subscribeRefused.get();
        if (subscribe != null && right("subscribe", subscribe) != null) {
            missing.add(right("subscribe", subscribe));
        }
        List<String> others = new ArrayList<>();
        tryTo(
                "evalsha +eval (scripting)",
                () -> scripts.run("examine", Map.of()).path("refused").forEach(refused -> {
                    String said = refused.get(1).asText();
                    String right = right(refused.get(0).asText().toLowerCase(Locale.ROOT), said);
                    if (right != null) {
                        missing.add(right);
                    } else {
                        others.add(said);
                    }
                }),
                missing);
        if (missing.isEmpty() && !others.isEmpty()) {
            throw new RedisSaid(others.get(0));
        }
        return missing;
    }

    /**
     * The marker says whose keys these are. Without a marker they are ours if there are none, or if all of them have
     * the form in which we write them. Then the marker is written.
     *
     * @throws UnusableRedis if there are keys with our names that are not ours
     */
    void demandOwnKeys() {
        String app = marked();
        if (app == null) {
            // The keys were ours in the last examination, so only the marker was lost.
            String foreign = ours ? null : ownKeys.foreign(linesOfEarlierVersions());
            if (foreign != null) {
                refuse("holds " + foreign + ", which another program wrote");
            }
            if (owner.claims()) {
                redis.opsForValue().setIfAbsent(owner.keys().owner(), owner.app());
                app = marked();
            }
        }
        if (app != null && !app.equals(owner.app())) {
            refuse("holds the sessions of another app, " + app.substring(0, Math.min(MOST_SHOWN, app.length())));
        }
        ours = true;
    }

    private String marked() {
        String marker = owner.keys().owner();
        return redis.type(marker) == DataType.STRING ? redis.opsForValue().get(marker) : null;
    }

    private void refuse(String what) {
        ours = false;
        throw new UnusableRedis(access, what + ": set " + owner.remedy(), true);
    }

    /** Called only if there is no marker, because it scans all keys. */
    private List<String> linesOfEarlierVersions() {
        ScanParams lines =
                new ScanParams().match(owner.keys().earlierLine("") + "*").count(SCAN_AT_ONCE);
        return redis.execute((RedisCallback<List<String>>) connection -> {
            Set<String> found = new TreeSet<>();
            // In a Cluster this asks the node that has the keys of the hash tag.
            KeyCommands keys = (KeyCommands) connection.getNativeConnection();
            ScanResult<String> page = new ScanResult<>(ScanParams.SCAN_POINTER_START, List.of());
            do {
                page = keys.scan(page.getCursor(), lines);
                found.addAll(page.getResult());
            } while (!page.isCompleteIteration());
            return List.copyOf(found);
        });
    }

    /** @throws DataAccessException if it fails for a reason other than a missing right */
    private void tryTo(String command, Runnable action, Set<String> missing) {
        try {
            action.run();
        } catch (DataAccessException refused) {
            Throwable said = refused.getMostSpecificCause();
            // TIME is the only command whose failure a script does not handle, and it comes first.
            String refusedCommand = isOfAScript(String.valueOf(said.getMessage())) ? "time" : command;
            String right = said instanceof JedisDataException ? right(refusedCommand, said.getMessage()) : null;
            if (right == null) {
                throw refused;
            }
            missing.add(right);
        }
    }

    /** Epoch milliseconds, by the clock of Redis. */
    long now() {
        return redis.execute(
                (RedisCallback<Long>) connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
    }

    /** Null if the failure is not about a right. Versions of Redis word it differently, above all in scripts. */
    private String right(String command, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("unknown redis command") || text.contains("unknown command")) {
            return "+" + command;
        }
        if (!text.contains("noperm") && !isOfAScript(said)) {
            return null;
        }
        // The name of a user may be any text.
        if (text.contains("permissions to run") || text.contains("can't run")) {
            return "+" + command;
        }
        return (text.contains("channel") ? "&" : "~") + owner.keys().prefix() + "*";
    }

    private static boolean isOfAScript(String said) {
        return said.contains("ACL failure in script") || said.contains("The user executing the script");
    }

    /** What Redis answered to a command within a script. */
    private static class RedisSaid extends DataAccessException {
        RedisSaid(String said) {
            super(said.replaceFirst(" script: .*", ""));
        }
    }
}
