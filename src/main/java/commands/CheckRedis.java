package commands;

import assignment.Words;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import store.RedisFacts;

/** Whether a Redis can be trusted with those who wait. */
class CheckRedis {
    private static final String SUBJECT = "redis";
    private static final int LONGEST_MESSAGE = 160;
    /** Waiting times are told from both clocks, and leases are long. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

    private final RedisFacts redis;
    private final String address;
    private final Report report;

    CheckRedis(RedisFacts redis, String address, Report report) {
        this.redis = redis;
        this.address = address;
        this.report = report;
    }

    void run() {
        try {
            redis.ping();
        } catch (DataAccessException failure) {
            report.wrong(SUBJECT, "does not serve us at " + address + ": " + words(failure), remedy(words(failure)));
            return;
        }
        examine(() -> settings(redis.info()), "tells nothing of its settings");
        examine(this::clock, "does not tell its time");
        examine(this::rights, "does not let us write");
        examine(this::scripts, "does not run our scripts");
    }

    private void examine(Runnable question, String failed) {
        try {
            question.run();
        } catch (DataAccessException failure) {
            report.wrong(SUBJECT, failed + ": " + words(failure), remedy(words(failure)));
        }
    }

    private void settings(RedisFacts.Info info) {
        List<String> versions = info.of("redis_version");
        boolean valkey = info.of("server_name").contains("valkey");
        String name = valkey ? "Valkey " + info.of("valkey_version") : "Redis " + versions;
        name = name.replaceAll("[\\[\\]]", "");
        if (versions.stream().allMatch(CheckRedis::isNewEnough)) {
            report.right(SUBJECT, name + " answers at " + address);
        } else {
            report.wrong(SUBJECT, name + " answers at " + address, "use Redis 6.2 or newer, or Valkey");
        }
        demand(
                info,
                "aof_enabled",
                "1",
                "writes every change to disk",
                "forgets who waits when it stops: appendonly is off",
                "redis-cli config set appendonly yes, and in its configuration: appendonly yes");
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
                "refuses rather than forgets when its memory is full",
                "throws keys away when its memory is full: maxmemory-policy is " + info.of("maxmemory_policy"),
                "redis-cli config set maxmemory-policy noeviction, and in its configuration: maxmemory-policy"
                        + " noeviction");
        if (info.of("cluster_enabled").contains("1")) {
            return;
        }
        demand(info, "role", "master", null, "is a replica, and takes nothing", "name the primary in REDIS_HOST");
    }

    private void demand(RedisFacts.Info info, String name, String wanted, String right, String wrong, String remedy) {
        List<String> values = info.of(name);
        if (!values.stream().allMatch(wanted::equals)) {
            report.wrong(SUBJECT, wrong, remedy);
        } else if (values.isEmpty()) {
            report.open(SUBJECT, "does not tell " + name + ", which should be " + wanted);
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

    private void rights() {
        redis.write();
        report.right(SUBJECT, "lets us write");
    }

    private void scripts() {
        redis.runScript();
        report.right(SUBJECT, "runs our scripts");
    }

    private static String words(DataAccessException failure) {
        return Words.printable(RedisFacts.words(failure), LONGEST_MESSAGE);
    }

    private static String remedy(String words) {
        String kind = words.split(" ", 2)[0];
        return switch (kind) {
            case "NOAUTH", "WRONGPASS" -> "check REDIS_USER and REDIS_PASSWORD";
            case "NOPERM" -> "give our ACL user all commands on our keys and channels, and INFO";
            case "READONLY" -> "name the primary in REDIS_HOST, this is a replica";
            case "MISCONF" -> "Redis cannot write to its disk, see its log";
            case "LOADING" -> "Redis reads its data at present, try again";
            default -> "check REDIS_HOST and REDIS_PORT, and that redis-server runs and may be reached from here";
        };
    }
}
