package settings;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * All settings. Each name is the name of the environment variable, of the line in {@code .env} and of the system
 * property. {@code DocumentationTest} compares {@code docs/settings.md} and {@code .env.example} with them.
 */
public enum Setting {
    PORT(Kind.PORT, "8080", "port of the webhooks and of everything else"),
    WEBHOOK_SECRET(
            Kind.SEGMENT,
            null,
            "secret part of the webhook paths /webhook/{secret} and /resolve/{secret}; none: webhooks are open to everyone, the default in profile dev"),
    OPERATOR_TOKEN(
            Kind.TOKEN,
            null,
            "password of the operators; without it and OPERATOR_TOKENS, only callers on this machine are operators"),
    OPERATOR_TOKENS(
            Kind.OPERATORS,
            null,
            "password of each operator, so that the history tells who did what: name:token,name:token; the one of OPERATOR_TOKEN is called operator"),
    MANAGEMENT_PORT(Kind.PORT, null, "separate port for operators; PORT then serves only the webhooks and probes"),
    MANAGEMENT_HOST(Kind.HOST, "127.0.0.1", "address that MANAGEMENT_PORT listens on; 0.0.0.0: all addresses"),
    KEEP_ALIVE(
            Kind.DURATION,
            "11m",
            "how long an idle connection stays open; must be longer than the idle timeout of a proxy in front"),
    JOLOKIA_ENABLED(
            Kind.FLAG,
            "false",
            "true: serves Jolokia to operators, for hawtio; needs OPERATOR_TOKEN or OPERATOR_TOKENS"),

    QISCUS_BASE_URL(
            Kind.URL, null, "URL of Qiscus, for example https://omnichannel.qiscus.com; turns the simulator off"),
    QISCUS_MESSAGES_URL(
            Kind.URL,
            null,
            "URL of the messages of chats; by default https://api.qiscus.com if QISCUS_BASE_URL is at qiscus.com, else"
                    + " QISCUS_BASE_URL"),
    QISCUS_APP_ID(Kind.HEADER, null, "the app's id; required with QISCUS_BASE_URL"),
    QISCUS_SECRET_KEY(Kind.HEADER, null, "the app's secret key; required with QISCUS_BASE_URL"),
    QISCUS_EMAIL(Kind.TEXT, null, "an admin's login; check and register need it, assigning does not"),
    QISCUS_PASSWORD(Kind.TEXT, null, "password of QISCUS_EMAIL"),
    QISCUS_TIMEOUT(Kind.DURATION, "8s", "timeout of one call to Qiscus; half of it is the timeout for connecting"),
    HTTPS_PROXY(
            Kind.TEXT,
            null,
            "forward proxy for a QISCUS_BASE_URL with https://, as http://user:password@host:port; https_proxy works too"),
    HTTP_PROXY(Kind.TEXT, null, "forward proxy for a QISCUS_BASE_URL with http://; http_proxy works too"),
    NO_PROXY(
            Kind.TEXT,
            null,
            "hosts, domains and subnets to call without a proxy, separated by commas; no_proxy works too"),

    REDIS_HOST(Kind.HOST, null, "host of the Redis server; turns the embedded Redis off"),
    REDIS_PORT(Kind.PORT, null, "port of Redis; by default 6379, or 16379 for the embedded Redis"),
    REDIS_USER(Kind.TEXT, null, "ACL user"),
    REDIS_PASSWORD(Kind.TEXT, null, "password of the user"),
    REDIS_DATABASE(Kind.DATABASE, null, "database number, by default 0"),
    REDIS_TLS(Kind.FLAG, null, "true: connects with TLS and verifies the name of the server"),
    REDIS_CA_FILE(Kind.TEXT, null, "PEM file of the certificate authorities to trust, instead of Java's own"),
    REDIS_URL(
            Kind.TEXT,
            null,
            "all of the above in one URL: redis://user:password@host:port/database, or rediss:// for TLS"),
    REDIS_SENTINELS(Kind.ADDRESSES, null, "addresses of the Sentinels, instead of REDIS_HOST: host:port,host:port"),
    REDIS_SENTINEL_MASTER(Kind.TEXT, null, "name of the master at the Sentinels"),
    REDIS_SENTINEL_USER(Kind.TEXT, null, "ACL user of the Sentinels themselves"),
    REDIS_SENTINEL_PASSWORD(Kind.TEXT, null, "password of the Sentinels themselves"),
    REDIS_CLUSTER(
            Kind.ADDRESSES,
            null,
            "addresses of some nodes of a Redis Cluster, instead of REDIS_HOST: host:port,host:port"),
    REDIS_MAX_CONNECTIONS(
            Kind.CONNECTIONS,
            "8",
            "most connections to Redis that one instance opens; a call that needs another one waits"),
    KEY_PREFIX(Kind.PREFIX, "", "prefix of every key in Redis, for example {acme}:"),
    DATA_DIR(Kind.TEXT, "./data", "directory for the data of the embedded Redis and of the simulator"),

    MAX_CUSTOMERS_PER_AGENT(Kind.CAPACITY, "2", "capacity of each agent, unless PUT /config sets another one"),
    DISPATCH_PERIOD(Kind.DURATION, "1s", "how often the program tries waiting sessions again when no event wakes it"),
    WORKERS(
            Kind.WORKERS,
            "8",
            "how many agent lists, and rooms without an answer, one instance reads at the same time, and how many assign calls it makes"),
    CLAIM_LEASE(
            Kind.DURATION,
            "25s",
            "when another worker takes over a session whose worker died; at least three times QISCUS_TIMEOUT"),
    SETTLE_TIME(Kind.DURATION, "10s", "how late Qiscus may show a change; at least QISCUS_TIMEOUT"),
    RECONCILE_PERIOD(Kind.DURATION, "1m", "how often the program compares its state with Qiscus"),
    SWEEP_MAX_AGE(
            Kind.AGE,
            "24h",
            "the comparison with Qiscus ignores waiting customers who last wrote longer ago than this; off: no limit"),
    BOT_ROOMS(
            Kind.BOT_ROOMS,
            "serve",
            "rooms that the app's bot handles, while the bot is on; wait: served after a webhook only; serve: the comparison with Qiscus finds them too"),
    AWAY_ANSWER_WITHIN(
            Kind.PATIENCE,
            "2m",
            "how long a customer waits for the answer of an offline agent before another agent gets the chat; off:"
                    + " for ever"),
    ANSWER_WITHIN(Kind.PATIENCE, "10m", "the same for the answer of an online agent"),
    WATCH_PERIOD(Kind.DURATION, "15s", "how often the program asks Qiscus which chats have new messages"),
    MOVES(Kind.MOVES, "3", "how often a session may move to another agent because the one before did not answer"),
    SILENT_PAUSE_AFTER(
            Kind.STREAK,
            "2",
            "how many chats in a row may leave a silent agent before that agent is paused, until they answer or are resumed; off:"
                    + " no limit"),
    HISTORY_RETENTION(Kind.LONG_DURATION, "24h", "how long the program keeps the history of each room"),

    SERVICE_GOAL(
            Kind.DURATION,
            "60s",
            "how soon a customer should get an agent; the wallboard shows how often that happens"),

    LOG_FORMAT(
            Kind.FORMAT, null, "text for people, json for programs; by default json in profile prod and text in dev"),

    WEBHOOK_ENABLED(Kind.FLAG, "true", "false: this instance does not serve POST /webhook"),
    RESOLVE_ENABLED(Kind.FLAG, "true", "false: this instance does not serve POST /resolve"),
    ASSIGN_ENABLED(
            Kind.FLAG,
            "true",
            "false: this instance neither assigns nor compares with Qiscus; at least one instance must do so"),

    SIMULATOR_AGENTS(Kind.COUNT, "4", "number of simulated agents"),
    SIMULATOR_CUSTOMERS_PER_MINUTE(Kind.COUNT, "30", "number of simulated customers who write per minute"),
    SIMULATOR_HANDLING_TIME(Kind.DURATION, "12s", "how long a simulated agent takes for a customer, on average"),
    SIMULATOR_FIRST_ANSWER(
            Kind.DURATION,
            "2s",
            "how soon a simulated agent first answers; until then Qiscus shows the room as waiting");

    /** Instead of a duration: no limit. */
    static final String OFF = "off";

    private static final String ADDRESS = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[1-9]\\d{0,4}";

    /** The pattern of a value, and its description. */
    enum Kind {
        TEXT("one line of text without control or invisible characters", "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+"),
        HEADER("one line of printable ASCII characters", "[\\x20-\\x7e]+"),
        FLAG("true or false", "true|false"),
        FORMAT("text or json", "text|json"),
        SEGMENT(
                "6 to 128 letters, digits, - or _ (openssl rand -hex 24 makes a good one), or none",
                "[A-Za-z0-9_-]{6,128}|none"),
        TOKEN("at least 6 printable characters without blanks", "[\\x21-\\x7e]{6,}"),
        OPERATORS(
                "one or more of name:token with names and tokens that differ, separated by commas; a name is 1 to 40 letters, digits, - or _, a token is at least 6 printable characters without blanks and commas",
                Operators.ONE + "(," + Operators.ONE + ")*+"),
        PORT("a port from 1 to 65535", "[1-9]\\d{0,4}"),
        COUNT("a whole number from 1 to 10000", "[1-9]\\d{0,4}"),
        CAPACITY("a whole number from 1 to 1000", "[1-9]\\d{0,3}"),
        MOVES("a whole number from 0 to 100", "0|[1-9]\\d?|100"),
        STREAK("a whole number from 1 to 100, or off", "[1-9]\\d?|100|off"),
        WORKERS("a whole number from 1 to 200", "[1-9]\\d{0,2}"),
        CONNECTIONS("a whole number from 2 to 500", "[1-9]\\d{0,2}"),
        DURATION("a duration from 10ms to 1h, such as 500ms, 1s or 2m", "\\d{1,7}(ms|s|m|h)"),
        LONG_DURATION("a duration from 1m to 30d, such as 90m, 24h or 7d", "\\d{1,7}(ms|s|m|h|d)"),
        AGE("a duration from 1m to 365d, such as 90m, 24h or 7d, or off", "\\d{1,7}(ms|s|m|h|d)|off"),
        PATIENCE("a duration from 10ms to 24h, such as 30s, 2m or 1h, or off", "\\d{1,8}(ms|s|m|h)|off"),
        BOT_ROOMS("serve or wait", "serve|wait"),
        URL(
                "a URL that starts with http:// or https:// and has no query, login or special characters",
                "https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?"),
        HOST("a host name or an IPv4 address, without a port", "[A-Za-z0-9._-]+"),
        DATABASE("a whole number from 0 to 9999", "0|[1-9]\\d{0,3}"),
        ADDRESSES(
                "one or more of host:port, separated by commas", Setting.ADDRESS + "( *, *" + Setting.ADDRESS + ")*+"),
        PREFIX(
                "up to 50 letters, digits, or any of _ - . : { }, and no {{ or }}",
                "(?!.*(\\{\\{|}}))[A-Za-z0-9_.:{}-]{0,50}");

        private static final Set<Kind> DURATIONS = EnumSet.of(DURATION, LONG_DURATION, AGE);

        private static final Set<Kind> PLACEHOLDERS =
                EnumSet.of(FLAG, PORT, COUNT, CAPACITY, WORKERS, DURATION, LONG_DURATION, URL);

        private final String words;
        private final Pattern pattern;

        Kind(String words, String pattern) {
            this.words = words;
            this.pattern = Pattern.compile(pattern);
        }

        private boolean accepts(String value) {
            if (!pattern.matcher(value).matches()) {
                return false;
            }
            return switch (this) {
                case PORT -> Integer.parseInt(value) <= 65535;
                case COUNT -> Integer.parseInt(value) <= 10000;
                case CAPACITY -> Integer.parseInt(value) <= 1000;
                case WORKERS -> Integer.parseInt(value) <= 200;
                case CONNECTIONS -> Integer.parseInt(value) >= 2 && Integer.parseInt(value) <= 500;
                case DURATION -> isBetween(value, Duration.ofMillis(10), Duration.ofHours(1));
                case LONG_DURATION -> isBetween(value, Duration.ofMinutes(1), Duration.ofDays(30));
                case AGE -> value.equals(OFF) || isBetween(value, Duration.ofMinutes(1), Duration.ofDays(365));
                case PATIENCE -> value.equals(OFF) || isBetween(value, Duration.ofMillis(10), Duration.ofDays(1));
                case OPERATORS -> Operators.differ(value);
                case URL -> isUrl(value);
                case ADDRESSES ->
                    RedisSettings.addresses(value).stream().allMatch(address -> address.getPort() <= 65535);
                default -> true;
            };
        }

        private static boolean isBetween(String value, Duration least, Duration most) {
            long millis = TimeUtils.toMilliSeconds(value);
            return millis >= least.toMillis() && millis <= most.toMillis();
        }

        private static boolean isUrl(String value) {
            try {
                URI url = URI.create(value);
                return url.getHost() != null && url.getPort() <= 65535;
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
    }

    private final Kind kind;
    private final String defaultValue;
    private final String description;

    Setting(Kind kind, String defaultValue, String description) {
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The value if nothing is set; null if there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    /** Whether Camel finds nothing to interpret in any valid value, as in words, numbers and plain URLs. */
    boolean isPlaceholder() {
        return Kind.PLACEHOLDERS.contains(kind);
    }

    /** @throws WrongSetting if the value is not of this setting's kind */
    String checked(String value) {
        if (!kind.accepts(value)) {
            boolean lacksUnit = Kind.DURATIONS.contains(kind) && value.matches("\\d+");
            throw new WrongSetting(
                    name() + " must be " + kind.words + (lacksUnit ? ": " + value + " has no unit." : "."));
        }
        return value;
    }
}
