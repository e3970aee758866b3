package settings;

import static settings.Setting.ANSWER_WITHIN;
import static settings.Setting.ASSIGN_ENABLED;
import static settings.Setting.AWAY_ANSWER_WITHIN;
import static settings.Setting.CLAIM_LEASE;
import static settings.Setting.HTTPS_PROXY;
import static settings.Setting.HTTP_PROXY;
import static settings.Setting.JOLOKIA_ENABLED;
import static settings.Setting.KEY_PREFIX;
import static settings.Setting.LOG_FORMAT;
import static settings.Setting.MANAGEMENT_HOST;
import static settings.Setting.MANAGEMENT_PORT;
import static settings.Setting.NO_PROXY;
import static settings.Setting.OPERATOR_TOKEN;
import static settings.Setting.OPERATOR_TOKENS;
import static settings.Setting.PORT;
import static settings.Setting.QISCUS_APP_ID;
import static settings.Setting.QISCUS_BASE_URL;
import static settings.Setting.QISCUS_EMAIL;
import static settings.Setting.QISCUS_MESSAGES_URL;
import static settings.Setting.QISCUS_PASSWORD;
import static settings.Setting.QISCUS_SECRET_KEY;
import static settings.Setting.QISCUS_TIMEOUT;
import static settings.Setting.REDIS_PASSWORD;
import static settings.Setting.REDIS_PORT;
import static settings.Setting.REDIS_SENTINEL_PASSWORD;
import static settings.Setting.SETTLE_TIME;
import static settings.Setting.SIMULATOR_AGENTS;
import static settings.Setting.WEBHOOK_SECRET;

import access.Gate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;
import qiscus.ForwardProxy;
import store.Keys;
import store.RedisAccess;

/** The settings in force. System properties win over the environment, which wins over {@code .env}. */
public class Settings {
    /** The value of WEBHOOK_SECRET that leaves the webhooks open to all. */
    private static final String NO_SECRET = "none";

    /** Addresses at which this machine reaches itself. */
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "0.0.0.0", "localhost");

    private static final Set<Setting> PROXIES = EnumSet.of(HTTPS_PROXY, HTTP_PROXY, NO_PROXY);

    private static final Set<String> NAMES = Stream.of(Setting.values())
            .flatMap(setting -> namesOf(setting).stream())
            .collect(Collectors.toSet());

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final boolean simulated;
    private final RedisAccess redis;
    private final List<String> remarks;
    private final ForwardProxy proxy;
    private final Map<String, String> operators;

    /** @throws WrongSetting if one is missing, malformed, or contradicts another one */
    public static Settings load() {
        EnvFile file = EnvFile.read(Path.of(".env"), System.getenv());
        Map<String, String> given = new HashMap<>();
        for (Setting setting : Setting.values()) {
            for (String name : namesOf(setting)) {
                Stream.of(file.values().get(name), System.getenv(name), System.getProperty(name))
                        .filter(value -> value != null && !value.isBlank())
                        .forEach(value -> given.put(name, value));
            }
        }
        List<String> remarks = new ArrayList<>(file.remarks());
        Map<String, String> all = new HashMap<>(file.values());
        all.putAll(System.getenv());
        System.getProperties().stringPropertyNames().forEach(name -> all.put(name, System.getProperty(name)));
        UnknownSettings.warning(all, NAMES).ifPresent(remarks::add);
        return new Settings(given, remarks);
    }

    /** @param given name to value; a blank value counts as absent */
    public Settings(Map<String, String> given) {
        this(given, List.of());
    }

    private Settings(Map<String, String> given, List<String> remarks) {
        this.remarks = remarks;
        for (Setting setting : Setting.values()) {
            String value = given(given, setting);
            if (!value.isEmpty()) {
                values.put(setting, setting.checked(value));
            } else if (setting.defaultValue() != null) {
                values.put(setting, setting.defaultValue());
            }
        }
        simulated = !has(QISCUS_BASE_URL);
        redis = RedisSettings.settle(values);
        proxy = simulated ? null : ProxySettings.settle(values, text(QISCUS_BASE_URL));
        if (simulated) {
            forbidWithout(QISCUS_APP_ID, QISCUS_BASE_URL);
            forbidWithout(QISCUS_SECRET_KEY, QISCUS_BASE_URL);
            forbidWithout(QISCUS_MESSAGES_URL, QISCUS_BASE_URL);
            values.put(QISCUS_BASE_URL, "http://127.0.0.1:" + text(PORT) + "/simulator");
            values.put(QISCUS_APP_ID, "simulator");
            values.put(QISCUS_SECRET_KEY, "simulator");
        } else {
            requireTogether(QISCUS_APP_ID, QISCUS_BASE_URL);
            requireTogether(QISCUS_SECRET_KEY, QISCUS_BASE_URL);
            values.computeIfPresent(QISCUS_BASE_URL, (setting, url) -> url.replaceAll("/+$", ""));
            values.computeIfPresent(QISCUS_MESSAGES_URL, (setting, url) -> url.replaceAll("/+$", ""));
        }
        values.putIfAbsent(QISCUS_MESSAGES_URL, sdkOf(text(QISCUS_BASE_URL)));
        if (has(QISCUS_EMAIL) != has(QISCUS_PASSWORD)) {
            requireTogether(QISCUS_EMAIL, QISCUS_PASSWORD);
            requireTogether(QISCUS_PASSWORD, QISCUS_EMAIL);
        }
        if (profile().equals("prod") && !has(WEBHOOK_SECRET)) {
            throw new WrongSetting("WEBHOOK_SECRET must be set, or anyone could call the webhooks. Set it to "
                    + NO_SECRET + " if something in front of this program protects them.");
        }
        operators = Operators.of(text(OPERATOR_TOKEN), text(OPERATOR_TOKENS));
        if (flag(JOLOKIA_ENABLED) && operators.isEmpty()) {
            throw new WrongSetting("OPERATOR_TOKEN must be set too when JOLOKIA_ENABLED is true.");
        }
        demandOther(MANAGEMENT_PORT, PORT);
        if (embeddedRedis()) {
            demandOther(PORT, REDIS_PORT);
            demandOther(MANAGEMENT_PORT, REDIS_PORT);
        }
        if (duration(SETTLE_TIME).compareTo(duration(QISCUS_TIMEOUT)) < 0) {
            throw new WrongSetting("SETTLE_TIME must be at least QISCUS_TIMEOUT, or a call that takes effect late could"
                    + " be missed.");
        }
        if (duration(CLAIM_LEASE).compareTo(duration(QISCUS_TIMEOUT).multipliedBy(3)) < 0) {
            throw new WrongSetting("CLAIM_LEASE must be at least three times QISCUS_TIMEOUT, or two instances could"
                    + " work on the same session.");
        }
    }

    private static String sdkOf(String url) {
        return ("." + URI.create(url).getHost()).endsWith(".qiscus.com") ? "https://api.qiscus.com" : url;
    }

    private static String given(Map<String, String> given, Setting setting) {
        return namesOf(setting).stream()
                .map(name -> given.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Other programs also read the proxy settings in lower case. */
    private static List<String> namesOf(Setting setting) {
        return PROXIES.contains(setting)
                ? List.of(setting.name(), setting.name().toLowerCase(Locale.ROOT))
                : List.of(setting.name());
    }

    private void requireTogether(Setting needed, Setting because) {
        requireTogether(values, needed, because);
    }

    static void requireTogether(Map<Setting, String> values, Setting needed, Setting because) {
        if (!values.containsKey(needed)) {
            throw new WrongSetting(needed + " must be set too when " + because + " is set.");
        }
    }

    private void demandOther(Setting port, Setting than) {
        if (has(port) && text(port).equals(text(than))) {
            throw new WrongSetting(port + " and " + than + " must differ, both are served here.");
        }
    }

    private void forbidWithout(Setting useless, Setting without) {
        forbidWithout(values, useless, without);
    }

    static void forbidWithout(Map<Setting, String> values, Setting useless, Setting without) {
        if (values.containsKey(useless) && !values.containsKey(without)) {
            throw new WrongSetting(useless + " is set, but " + without + " is not: set both or neither.");
        }
    }

    public boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    /** The value; null if there is none. */
    public String text(Setting setting) {
        return values.get(setting);
    }

    public int number(Setting setting) {
        return Integer.parseInt(values.get(setting));
    }

    public Duration duration(Setting setting) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(values.get(setting)));
    }

    /** Null if there is no limit. */
    public Duration limit(Setting setting) {
        return Setting.OFF.equals(text(setting)) ? null : duration(setting);
    }

    /** 0 if there is no limit. */
    public int numberOrOff(Setting setting) {
        return Setting.OFF.equals(text(setting)) ? 0 : number(setting);
    }

    /** Whether this instance looks for customers without an answer. */
    private boolean watches() {
        return flag(ASSIGN_ENABLED) && (limit(AWAY_ANSWER_WITHIN) != null || limit(ANSWER_WITHIN) != null);
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(values.get(setting));
    }

    /** Whether Qiscus is the simulator. */
    public boolean simulated() {
        return simulated;
    }

    /** The forward proxy to Qiscus; null if it is called directly. */
    public ForwardProxy proxy() {
        return proxy;
    }

    public boolean embeddedRedis() {
        return redis == null;
    }

    /** The real Redis, or the embedded one. */
    public RedisAccess redis() {
        return redis == null ? RedisAccess.server("127.0.0.1", number(REDIS_PORT)) : redis;
    }

    /** {@code prod} if both outside systems are real, else {@code dev}. */
    public String profile() {
        return simulated || embeddedRedis() ? "dev" : "prod";
    }

    /** Whether log lines are JSON for a program. */
    public boolean jsonLogs() {
        return has(LOG_FORMAT) ? "json".equals(text(LOG_FORMAT)) : "prod".equals(profile());
    }

    /** The address of the wallboard for operators on this machine. */
    public String wallboard() {
        boolean separate = has(MANAGEMENT_PORT);
        String host = text(MANAGEMENT_HOST);
        return "http://" + (separate && !LOCAL.contains(host) ? host : "localhost") + ":"
                + text(separate ? MANAGEMENT_PORT : PORT) + "/";
    }

    /** A name for this Qiscus, to be used within a sentence. */
    public String qiscus() {
        if (!simulated) {
            return "Qiscus at " + text(QISCUS_BASE_URL);
        }
        int agents = number(SIMULATOR_AGENTS);
        return "simulated Qiscus with " + agents + (agents == 1 ? " agent" : " agents");
    }

    /** The rules for who may call what. */
    public Gate.Rules access() {
        return new Gate.Rules(
                webhookSecret(), operators, has(MANAGEMENT_PORT) ? number(MANAGEMENT_PORT) : null, simulated);
    }

    /** Name to token; empty if only callers on this machine are operators. */
    public Map<String, String> operators() {
        return operators;
    }

    /** The last segment of the webhooks' paths; null if there is none. */
    public String webhookSecret() {
        return NO_SECRET.equals(text(WEBHOOK_SECRET)) ? null : text(WEBHOOK_SECRET);
    }

    /** Sentences for the log about values that may not mean what they say. */
    public List<String> remarks() {
        return remarks;
    }

    /**
     * The text without any of our secrets.
     *
     * @param text written by a library, and about to be printed
     */
    public String masked(String text) {
        Stream<String> tokens = operators.values().stream();
        Stream<String> others = Stream.of(
                webhookSecret(),
                simulated ? null : text(QISCUS_SECRET_KEY),
                text(QISCUS_PASSWORD),
                text(REDIS_PASSWORD),
                text(REDIS_SENTINEL_PASSWORD),
                proxy == null ? null : proxy.password());
        return Stream.concat(tokens, others)
                .filter(Objects::nonNull)
                .reduce(text, (masked, secret) -> masked.replace(secret, "***"));
    }

    /**
     * The placeholders of the routes and of application.properties. Camel interprets their values, so these are only
     * the settings whose check allows no special character. The others reach the routes as beans.
     */
    public Properties placeholders() {
        Properties properties = new Properties();
        values.forEach((setting, value) -> {
            if (setting.isPlaceholder()) {
                properties.setProperty(setting.name(), value);
            }
        });
        properties.setProperty("WAKE_CHANNEL", new Keys(text(KEY_PREFIX)).wake());
        properties.setProperty("SIMULATOR_CALLS", "http://127.0.0.1:" + text(PORT));
        properties.setProperty("WEBHOOK_PATH_END", webhookSecret() == null ? "" : "/" + webhookSecret());
        properties.setProperty("WATCH_ENABLED", Boolean.toString(watches()));
        long timeout = duration(QISCUS_TIMEOUT).toMillis();
        properties.setProperty("QISCUS_CALL_TIMEOUT", Long.toString(timeout));
        properties.setProperty("QISCUS_CONNECT_TIMEOUT", Long.toString(timeout / 2));
        return properties;
    }
}
