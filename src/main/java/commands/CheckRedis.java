package commands;

import assignment.DisplayNames;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import store.RedisAccess;
import store.RedisFacts;

/** Checks whether a Redis may be trusted with the waiting customers. */
class CheckRedis {
    private static final String SUBJECT = "redis";
    private static final int LONGEST_MESSAGE = 400;
    /** Waiting times use both clocks, and leases are longer than this. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

    private final RedisFacts redis;
    private final RedisAccess access;
    private final Report report;

    CheckRedis(RedisFacts redis, RedisAccess access, Report report) {
        this.redis = redis;
        this.access = access;
        this.report = report;
    }

    void run() {
        try {
            redis.ping();
        } catch (DataAccessException failure) {
            report.wrong(SUBJECT, access + " " + words(failure));
            return;
        }
        examine(() -> settings(redis.info()));
        examine(this::clock);
        examine(this::mayBeUsed);
    }

    private void examine(Runnable question) {
        try {
            question.run();
        } catch (DataAccessException failure) {
            report.wrong(SUBJECT, words(failure));
        }
    }

    private void settings(RedisFacts.Info info) {
        List<String> versions = info.of("redis_version");
        boolean valkey = info.of("server_name").contains("valkey");
        String version = valkey
                ? "Valkey " + String.join(", ", info.of("valkey_version"))
                : "version " + String.join(", ", versions);
        if (versions.stream().allMatch(CheckRedis::isNewEnough)) {
            report.right(SUBJECT, access + " answers, " + version);
        } else {
            report.wrong(SUBJECT, access + " answers, " + version, "use Redis 6.2 or newer, or Valkey");
        }
        demand(
                info,
                "aof_enabled",
                "1",
                "writes every change to disk",
                "loses waiting customers when it stops: appendonly is off",
                access.cli("config set appendonly yes"),
                "and in its configuration file: appendonly yes");
        demand(
                info,
                "aof_last_write_status",
                "ok",
                null,
                "could not write its append-only file",
                "see its log; the disk may be full");
        demand(
                info,
                "maxmemory_policy",
                "noeviction",
                "refuses writes when its memory is full, and evicts nothing",
                "evicts keys when its memory is full: maxmemory-policy is "
                        + String.join(", ", info.of("maxmemory_policy")),
                access.cli("config set maxmemory-policy noeviction"),
                "and in its configuration file: maxmemory-policy noeviction");
        if (info.of("cluster_enabled").contains("1")) {
            return;
        }
        demand(info, "role", "master", null, "is a replica, which accepts no writes", "set REDIS_HOST to the primary");
    }

    private void demand(
            RedisFacts.Info info, String name, String wanted, String right, String wrong, String... remedies) {
        List<String> values = info.of(name);
        if (!values.stream().allMatch(wanted::equals)) {
            report.wrong(SUBJECT, wrong, remedies);
        } else if (values.isEmpty()) {
            report.open(SUBJECT, "does not show " + name + ", which should be " + wanted);
        } else if (right != null) {
            report.right(SUBJECT, right);
        }
    }

    private static boolean isNewEnough(String version) {
        int[] parts = Stream.of(version.split("\\D"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        return parts.length > 1 && (parts[0] > 6 || parts[0] == 6 && parts[1] >= 2);
    }

    private void clock() {
        Duration ahead = redis.clockAhead();
        if (ahead.abs().compareTo(CLOCKS_APART) <= 0) {
            report.right(SUBJECT, "has the same time as this machine");
        } else {
            report.wrong(
                    SUBJECT,
                    "has a clock that is " + ahead.abs().toSeconds() + " s "
                            + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's",
                    "let both machines follow NTP");
        }
    }

    private void mayBeUsed() {
        redis.demandRights();
        report.right(SUBJECT, "lets us do what we need");
        redis.demandOwnKeys();
        report.right(SUBJECT, "has no keys with our names that another program wrote");
    }

    private String words(DataAccessException failure) {
        return DisplayNames.printable(redis.words(failure), LONGEST_MESSAGE);
    }
}
