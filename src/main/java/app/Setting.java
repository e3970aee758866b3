package app;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * Every setting: its name is the name of the environment variable, of the line in {@code .env} and of the system
 * property. README's table and {@code .env.example} list the same, a test sees to it.
 */
public enum Setting {
    PORT(Kind.PORT, "8080", "port of the webhooks and of everything else that is served"),
    WEBHOOK_SECRET(
            Kind.SEGMENT,
            null,
            "the webhooks are at /webhook/{it} and /resolve/{it}; none: open to all, the default of dev"),
    OPERATOR_TOKEN(Kind.TOKEN, null, "what operators log in with; without it they are served on this machine only"),
    MANAGEMENT_PORT(Kind.PORT, null, "a port of its own for operators; PORT then serves the webhooks and probes only"),
    MANAGEMENT_HOST(Kind.HOST, "127.0.0.1", "the address that MANAGEMENT_PORT listens on; 0.0.0.0: all"),
    KEEP_ALIVE(
            Kind.DURATION,
            "11m",
            "how long a connection may rest between two calls; must be longer than a proxy in front keeps it"),
    JOLOKIA_ENABLED(Kind.FLAG, "false", "true: serves Jolokia to operators, for hawtio; needs OPERATOR_TOKEN"),

    QISCUS_BASE_URL(Kind.URL, null, "Qiscus, for instance https://omnichannel.qiscus.com; turns the simulator off"),
    QISCUS_SDK_URL(
            Kind.URL,
            null,
            "where Qiscus keeps the messages of chats; https://api.qiscus.com where QISCUS_BASE_URL is at qiscus.com, else"
                    + " the same as that"),
    QISCUS_APP_ID(Kind.HEADER, null, "the app's code; needed with QISCUS_BASE_URL"),
    QISCUS_SECRET_KEY(Kind.HEADER, null, "the app's secret key; needed with QISCUS_BASE_URL"),
    QISCUS_EMAIL(Kind.TEXT, null, "an admin's login; assigning does not need it"),
    QISCUS_PASSWORD(Kind.TEXT, null, "the password of QISCUS_EMAIL"),
    QISCUS_TIMEOUT(Kind.DURATION, "8s", "how long one call to Qiscus may take, half of it to connect"),
    HTTPS_PROXY(
            Kind.TEXT,
            null,
            "a forward proxy to a Qiscus of https://, as http://user:password@host:port; https_proxy too"),
    HTTP_PROXY(Kind.TEXT, null, "the same to a Qiscus of http://; http_proxy too"),
    NO_PROXY(
            Kind.TEXT,
            null,
            "hosts, domains and subnets that are called directly in spite of these, with commas between; no_proxy too"),

    REDIS_HOST(Kind.HOST, null, "a redis-server; turns the embedded one off"),
    REDIS_PORT(Kind.PORT, null, "its port: 6379, or 16379 for the embedded one"),
    REDIS_USER(Kind.TEXT, null, "its ACL user"),
    REDIS_PASSWORD(Kind.TEXT, null, "its password"),
    REDIS_DATABASE(Kind.DATABASE, null, "the number of its database, 0 unless set"),
    REDIS_TLS(Kind.FLAG, null, "true: it is spoken to by TLS, and its name verified"),
    REDIS_CA_FILE(Kind.TEXT, null, "a PEM file with the authorities to trust for it, instead of those of Java"),
    REDIS_URL(
            Kind.TEXT,
            null,
            "all of this in one, instead: redis://user:password@host:port/database, or rediss:// for TLS"),
    REDIS_SENTINELS(
            Kind.ADDRESSES, null, "the Sentinels who know the server, instead of REDIS_HOST: host:port,host:port"),
    REDIS_SENTINEL_MASTER(Kind.TEXT, null, "the name by which they know it"),
    REDIS_SENTINEL_USER(Kind.TEXT, null, "the ACL user at the Sentinels themselves"),
    REDIS_SENTINEL_PASSWORD(Kind.TEXT, null, "the password at the Sentinels themselves"),
    REDIS_CLUSTER(Kind.ADDRESSES, null, "some nodes of a Redis Cluster, instead of REDIS_HOST: host:port,host:port"),
    REDIS_MAX_CONNECTIONS(
            Kind.CONNECTIONS, "8", "how many connections to Redis one instance opens; who needs one more waits"),
    KEY_PREFIX(Kind.PREFIX, "", "put before every key in Redis, for instance {acme}:"),
    DATA_DIR(Kind.TEXT, "./data", "where the embedded Redis and the simulator keep their data"),

    MAX_CUSTOMERS_PER_AGENT(
            Kind.CAPACITY, "2", "how many customers an agent may have, unless PUT /config says otherwise"),
    DISPATCH_PERIOD(Kind.DURATION, "1s", "how often those who wait are tried again when nothing was heard"),
    WORKERS(Kind.WORKERS, "8", "how many sessions one instance places at the same time"),
    CLAIM_LEASE(
            Kind.DURATION, "25s", "when a session is taken up again whose worker died; at least three QISCUS_TIMEOUT"),
    SETTLE_TIME(Kind.DURATION, "10s", "how long Qiscus may take to show what was done; at least QISCUS_TIMEOUT"),
    RECONCILE_PERIOD(Kind.DURATION, "1m", "how often what we hold is compared with what Qiscus says"),
    SWEEP_MAX_AGE(
            Kind.AGE,
            "24h",
            "the comparison with Qiscus ignores waiting customers who last wrote longer ago than this; off: no limit"),
    BOT_ROOMS(
            Kind.BOT_ROOMS,
            "serve",
            "wait: while the app's bot is on, rooms that it handles are taken from a webhook only; serve: from the"
                    + " comparison with Qiscus too"),
    AWAY_ANSWER_WITHIN(
            Kind.PATIENCE,
            "2m",
            "how long a customer waits for an answer of an agent who is offline, before another agent gets the chat; off:"
                    + " without end"),
    ANSWER_WITHIN(Kind.PATIENCE, "10m", "the same while the agent is online"),
    WATCH_PERIOD(Kind.DURATION, "15s", "how often Qiscus is asked in which chats something was written"),
    HISTORY_RETENTION(Kind.LONG_DURATION, "24h", "how long it is kept why each room went where it went"),

    SERVICE_GOAL(Kind.DURATION, "60s", "within what time a customer should have an agent, for the wallboard"),

    LOG_FORMAT(Kind.FORMAT, null, "text for people, json for programs; json in profile prod, else text"),

    WEBHOOK_ENABLED(Kind.FLAG, "true", "false: this instance does not serve POST /webhook"),
    RESOLVE_ENABLED(Kind.FLAG, "true", "false: this instance does not serve POST /resolve"),
    ASSIGN_ENABLED(
            Kind.FLAG,
            "true",
            "false: this instance neither decides nor compares anything with Qiscus; at least one instance must have true"),

    SIMULATOR_AGENTS(Kind.COUNT, "4", "how many agents the simulator has"),
    SIMULATOR_CUSTOMERS_PER_MINUTE(Kind.COUNT, "30", "how many customers come to the simulator"),
    SIMULATOR_HANDLING_TIME(Kind.DURATION, "12s", "how long a simulated agent takes for a customer, on average"),
    SIMULATOR_FIRST_ANSWER(
            Kind.DURATION, "2s", "when a simulated agent answers first; until then the room is shown as waiting");

    /** In the place of a duration: without a limit. */
    static final String OFF = "off";

    private static final String ADDRESS = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[1-9]\\d{0,4}";

    /** What a value must look like, and how to say so. */
    enum Kind {
        TEXT("one line of text without control or invisible characters", "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+"),
        HEADER("one line of printable ASCII characters", "[\\x20-\\x7e]+"),
        FLAG("true or false", "true|false"),
        FORMAT("text or json", "text|json"),
        SEGMENT(
                "6 to 128 letters, digits, - or _ (openssl rand -hex 24 makes a good one), or none",
                "[A-Za-z0-9_-]{6,128}|none"),
        TOKEN("at least 6 printable characters without blanks", "[\\x21-\\x7e]{6,}"),
        PORT("a port from 1 to 65535", "[1-9]\\d{0,4}"),
        COUNT("a whole number from 1 to 10000", "[1-9]\\d{0,4}"),
        CAPACITY("a whole number from 1 to 1000", "[1-9]\\d{0,3}"),
        WORKERS("a whole number from 1 to 200", "[1-9]\\d{0,2}"),
        CONNECTIONS("a whole number from 2 to 500", "[1-9]\\d{0,2}"),
        DURATION("a duration from 10ms to 1h, such as 500ms, 1s or 2m", "\\d{1,7}(ms|s|m|h)?"),
        LONG_DURATION("a duration from 1m to 30d, such as 90m, 24h or 7d", "\\d{1,7}(ms|s|m|h|d)?"),
        AGE("a duration from 1m to 365d, such as 90m, 24h or 7d, or off", "\\d{1,7}(ms|s|m|h|d)?|off"),
        PATIENCE("a duration from 10ms to 24h, such as 30s, 2m or 1h, or off", "\\d{1,8}(ms|s|m|h)?|off"),
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
    private final String fallback;
    private final String meaning;

    Setting(Kind kind, String fallback, String meaning) {
        this.kind = kind;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    /** The value if nothing is set; null if there is none. */
    public String fallback() {
        return fallback;
    }

    public String meaning() {
        return meaning;
    }

    /** Camel finds nothing to interpret in any of its values: they are words, numbers, and a URL of plain characters. */
    boolean isPlaceholder() {
        return Kind.PLACEHOLDERS.contains(kind);
    }

    /** @throws WrongSetting if the value is not of this setting's kind */
    String checked(String value) {
        if (!kind.accepts(value)) {
            throw new WrongSetting(name() + " must be " + kind.words + ".");
        }
        return value;
    }
}
