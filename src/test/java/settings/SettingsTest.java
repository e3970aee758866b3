package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Map<String, String> REAL_QISCUS = Map.of(
            "QISCUS_BASE_URL",
            "https://omnichannel.qiscus.com",
            "QISCUS_APP_ID",
            "app-code",
            "QISCUS_SECRET_KEY",
            "secret");
    private static final Map<String, String> REAL_REDIS = Map.of("REDIS_HOST", "redis.example.com");

    // ---- defaults

    @Test
    void withoutSettingsQiscusIsSimulatedAndRedisIsEmbedded() {
        Settings settings = new Settings(Map.of());

        assertThat(settings.profile()).isEqualTo("dev");
        assertThat(settings.simulated()).isTrue();
        assertThat(settings.embeddedRedis()).isTrue();
        assertThat(settings.text(Setting.QISCUS_BASE_URL)).isEqualTo("http://127.0.0.1:8080/simulator");
        assertThat(settings.text(Setting.REDIS_HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.number(Setting.REDIS_PORT)).isEqualTo(16379);
        assertThat(settings.has(Setting.REDIS_PASSWORD)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            PORT,                           8080
            QISCUS_EMAIL,                   -
            QISCUS_PASSWORD,                -
            QISCUS_TIMEOUT,                 8s
            REDIS_USER,                     -
            REDIS_PASSWORD,                 -
            KEY_PREFIX,                     ''
            DATA_DIR,                       ./data
            MAX_CUSTOMERS_PER_AGENT,        2
            DISPATCH_PERIOD,                1s
            WORKERS,                        8
            CLAIM_LEASE,                    25s
            SETTLE_TIME,                    10s
            SWEEP_MAX_AGE,                  24h
            MOVES,                          3
            SILENT_PAUSE_AFTER,             2
            BOT_ROOMS,                      serve
            AWAY_ANSWER_WITHIN,             2m
            ANSWER_WITHIN,                  10m
            WATCH_PERIOD,                   15s
            WEBHOOK_ENABLED,                true
            RESOLVE_ENABLED,                true
            ASSIGN_ENABLED,                 true
            SIMULATOR_AGENTS,               4
            SIMULATOR_CUSTOMERS_PER_MINUTE, 30
            SIMULATOR_HANDLING_TIME,        12s
            SIMULATOR_FIRST_ANSWER,         2s
            """)
    void anUnsetSettingHasItsDefault(Setting setting, String value) {
        Settings settings = new Settings(Map.of());

        assertThat(settings.text(setting)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void anEmptyValueCountsAsNone(Setting setting) {
        Map<String, String> given = Map.of(setting.name(), " \t");

        Settings settings = new Settings(given);

        assertThat(texts(settings)).isEqualTo(texts(new Settings(Map.of())));
    }

    @Test
    void blanksAroundAValueAreNotPartOfIt() {
        Settings settings = new Settings(Map.of("PORT", " 9090 "));

        assertThat(settings.number(Setting.PORT)).isEqualTo(9090);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultIsItselfAValidValue(Setting setting) {
        String defaultValue = setting.defaultValue();

        assertThat(defaultValue == null ? null : setting.checked(defaultValue)).isEqualTo(defaultValue);
    }

    @ParameterizedTest
    @CsvSource({
        "https://omnichannel.qiscus.com, https://api.qiscus.com",
        "https://multichannel.qiscus.com/, https://api.qiscus.com",
        "https://notqiscus.com, https://notqiscus.com",
        "http://127.0.0.1:8081/, http://127.0.0.1:8081"
    })
    void messagesAreReadFromQiscussOwnHostForThemOrTheBaseUrl(String url, String expected) {
        assertThat(new Settings(with(REAL_QISCUS, "QISCUS_BASE_URL", url)).text(Setting.QISCUS_MESSAGES_URL))
                .isEqualTo(expected);
        assertThat(new Settings(with(REAL_QISCUS, "QISCUS_MESSAGES_URL", "https://messages.example.com/"))
                        .text(Setting.QISCUS_MESSAGES_URL))
                .isEqualTo("https://messages.example.com");
    }

    @ParameterizedTest
    @CsvSource({"off, -", "10ms, 10", "90s, 90000", "2m, 120000", "24h, 86400000"})
    void theAnswerLimitsMayBeOff(String value, String millis) {
        for (Setting setting : List.of(Setting.AWAY_ANSWER_WITHIN, Setting.ANSWER_WITHIN)) {
            assertThat(new Settings(Map.of(setting.name(), value)).limit(setting))
                    .isEqualTo(millis.equals("-") ? null : Duration.ofMillis(Long.parseLong(millis)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "500", "9ms", "25h", "OFF", "never", "-1m", "2 m", "1d"})
    void anInvalidAnswerLimitIsRefused(String value) {
        for (Setting setting : List.of(Setting.AWAY_ANSWER_WITHIN, Setting.ANSWER_WITHIN)) {
            assertThatThrownBy(() -> new Settings(Map.of(setting.name(), value)))
                    .isInstanceOf(WrongSetting.class)
                    .hasMessage(setting + " must be a duration from 10ms to 24h, such as 30s, 2m or 1h, or off.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2m, 10m, true, true",
        "off, 10m, true, true",
        "2m, off, true, true",
        "off, off, true, false",
        "2m, 10m, false, false"
    })
    void answersAreWatchedIfSessionsAreAssignedAndALimitIsSet(
            String away, String silent, String assigns, String watches) {
        Settings settings =
                new Settings(Map.of("AWAY_ANSWER_WITHIN", away, "ANSWER_WITHIN", silent, "ASSIGN_ENABLED", assigns));

        assertThat(settings.placeholders().getProperty("WATCH_ENABLED")).isEqualTo(watches);
    }

    @Test
    void otherEnvironmentVariablesAreIgnored() {
        Settings settings = new Settings(Map.of("PATH", "/bin", "port", "x", "JAVA_HOME", ""));

        assertThat(texts(settings)).isEqualTo(texts(new Settings(Map.of())));
    }

    // ---- the kinds

    @ParameterizedTest
    @EnumSource(Setting.class)
    void noValueContainsControlOrInvisibleCharacters(Setting setting) {
        for (int character : "\n\r\t\0\u000b\u001b\u007f\u0085\u200b\u200e\u2028\u2029\u2060\ufeff"
                .chars()
                .toArray()) {
            String value = valid(setting) + Character.toString(character) + valid(setting);

            assertThatThrownBy(() -> setting.checked(value))
                    .as("U+%04x", character)
                    .isInstanceOf(WrongSetting.class)
                    .hasMessageStartingWith(setting + " must be ")
                    .hasMessageNotContaining(Character.toString(character));
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void charactersAroundAValueAreRemovedOrRefused(Setting setting) {
        String value = valid(setting);

        assertThat(setting.checked(value)).isEqualTo(value);
        assertThatThrownBy(() -> new Settings(Map.of(setting.name(), value + "\u200b")))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(setting + " must be ");
        assertThat(outcome(setting, "\r\n\t " + value + " \t\r\n")).isEqualTo(outcome(setting, value));
    }

    /** The value in force, or the sentence of the refusal. */
    private static String outcome(Setting setting, String value) {
        try {
            return new Settings(Map.of(setting.name(), value)).text(setting);
        } catch (WrongSetting alone) {
            return alone.getMessage();
        }
    }

    private static String valid(Setting setting) {
        return switch (setting) {
            case QISCUS_BASE_URL, QISCUS_MESSAGES_URL -> "https://omnichannel.qiscus.com";
            case REDIS_URL -> "redis://127.0.0.1";
            case REDIS_SENTINELS, REDIS_CLUSTER -> "127.0.0.1:7000";
            case REDIS_PORT, MANAGEMENT_PORT -> "7000";
            case REDIS_DATABASE -> "1";
            case REDIS_TLS -> "true";
            case LOG_FORMAT -> "json";
            case OPERATOR_TOKENS -> "dewi:value-0";
            default ->
                setting.defaultValue() == null || setting.defaultValue().isEmpty() ? "value-0" : setting.defaultValue();
        };
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aValueThatCamelCouldInterpretIsNotAPlaceholder(Setting setting) {
        for (String special : List.of("{{x}}", "${x}", "RAW(x)", "?x", "#x", "&x", "%41", "\\x", "bean:x", "a b")) {
            String value = valid(setting) + special;
            try {
                setting.checked(value);
            } catch (WrongSetting refused) {
                continue;
            }

            assertThat(setting.isPlaceholder()).as(special).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PORT                           | 1
            PORT                           | 65535
            QISCUS_TIMEOUT                 | 10ms
            QISCUS_TIMEOUT                 | 500ms
            DISPATCH_PERIOD                | 1h
            DISPATCH_PERIOD                | 60m
            DISPATCH_PERIOD                | 3600000ms
            MAX_CUSTOMERS_PER_AGENT        | 1
            MAX_CUSTOMERS_PER_AGENT        | 1000
            WORKERS                        | 200
            SIMULATOR_AGENTS               | 10000
            SIMULATOR_CUSTOMERS_PER_MINUTE | 1
            KEY_PREFIX                     | {acme}:
            KEY_PREFIX                     | a.b-c_d:
            ASSIGN_ENABLED                 | false
            DATA_DIR                       | /var/lib/with blanks/data
            WEBHOOK_SECRET                 | none
            WEBHOOK_SECRET                 | abcdef-ABCDEF_0123456789
            OPERATOR_TOKEN                 | !"#$%&'()*+,-./:=~
            MANAGEMENT_HOST                | 0.0.0.0
            """)
    void aValidValueIsAccepted(Setting setting, String value) {
        Settings settings = new Settings(Map.of(setting.name(), value));

        assertThat(settings.text(setting)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PORT                           | 0           | a port from 1 to 65535
            PORT                           | 65536       | a port from 1 to 65535
            PORT                           | 080         | a port from 1 to 65535
            PORT                           | -1          | a port from 1 to 65535
            PORT                           | 99999999999 | a port from 1 to 65535
            PORT                           | http        | a port from 1 to 65535
            REDIS_PORT                     | tcp://1.2:6 | a port from 1 to 65535
            MAX_CUSTOMERS_PER_AGENT        | 0           | a whole number from 1 to 1000
            MAX_CUSTOMERS_PER_AGENT        | 1001        | a whole number from 1 to 1000
            MAX_CUSTOMERS_PER_AGENT        | 2.5         | a whole number from 1 to 1000
            MAX_CUSTOMERS_PER_AGENT        | two         | a whole number from 1 to 1000
            WORKERS                        | 0           | a whole number from 1 to 200
            WORKERS                        | 201         | a whole number from 1 to 200
            SIMULATOR_AGENTS               | 10001       | a whole number from 1 to 10000
            SIMULATOR_CUSTOMERS_PER_MINUTE | 0           | a whole number from 1 to 10000
            DISPATCH_PERIOD                | 9ms         | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 61m         | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 0s          | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | -1s         | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 1 s         | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 1.5s        | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 1d          | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | 9999999h    | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            DISPATCH_PERIOD                | PT1S        | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            SETTLE_TIME                    | soon        | a duration from 10ms to 1h, such as 500ms, 1s or 2m
            ASSIGN_ENABLED                 | yes         | true or false
            WEBHOOK_ENABLED                | TRUE        | true or false
            RESOLVE_ENABLED                | 1           | true or false
            KEY_PREFIX                     | a b         | up to 50 letters, digits, or any of _ - . : { }, and no {{ or }}
            KEY_PREFIX                     | a?x=1       | up to 50 letters, digits, or any of _ - . : { }, and no {{ or }}
            KEY_PREFIX                     | {{PORT}}    | up to 50 letters, digits, or any of _ - . : { }, and no {{ or }}
            KEY_PREFIX                     | a}}         | up to 50 letters, digits, or any of _ - . : { }, and no {{ or }}
            REDIS_HOST                     | redis:6379  | a host name or an IPv4 address, without a port
            REDIS_HOST                     | redis://r   | a host name or an IPv4 address, without a port
            REDIS_HOST                     | a b         | a host name or an IPv4 address, without a port
            REDIS_HOST                     | a?x=1       | a host name or an IPv4 address, without a port
            """)
    void anInvalidValueIsRefusedWithOneSentence(Setting setting, String value, String kind) {
        Map<String, String> given = Map.of(setting.name(), value);

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(setting + " must be " + kind + ".");
    }

    @Test
    void aPrefixOfMoreThanFiftyCharactersIsRefused() {
        Map<String, String> given = Map.of("KEY_PREFIX", "x".repeat(51));

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("KEY_PREFIX ");
    }

    @Test
    void eachOperatorHasAToken() {
        Settings settings =
                new Settings(Map.of("OPERATOR_TOKEN", "token0", "OPERATOR_TOKENS", "dewi:token:1,Budi-2_b:token2"));

        assertThat(settings.operators())
                .isEqualTo(Map.of("operator", "token0", "dewi", "token:1", "Budi-2_b", "token2"));
        assertThat(settings.masked("of token:1, token2 and token0")).isEqualTo("of ***, *** and ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dewi",
                "dewi:",
                ":token1",
                "dewi:five5",
                "dewi:token1,",
                ",dewi:token1",
                "dewi:token1,,budi:token2",
                "dewi:token1, budi:token2",
                "de wi:token1",
                "dewi:token1,dewi:token2",
                "dewi:token1,budi:token1",
                "dewi:token1,budi:with blank"
            })
    void ambiguousOperatorsAreRefusedInOneSentence(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("OPERATOR_TOKENS", value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("OPERATOR_TOKENS must be one or more of name:token")
                .hasMessageNotContaining("token1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dewi:token0", "operator:token1"})
    void theOneTokenAndItsNameBelongToOneOperator(String value) {
        assertThatThrownBy(() -> new Settings(Map.of("OPERATOR_TOKEN", "token0", "OPERATOR_TOKENS", value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "OPERATOR_TOKENS must not have the token of OPERATOR_TOKEN, nor its name, which is operator.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"five5", "NONE", "an/other/segment/", "an.other.segment.", "sixteen and blank"})
    void aSecretThatIsNotAPathSegmentIsRefusedAndNotQuoted(String secret) {
        assertThatThrownBy(() -> new Settings(Map.of("WEBHOOK_SECRET", secret)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "WEBHOOK_SECRET must be 6 to 128 letters, digits, - or _ (openssl rand -hex 24 makes a good one),"
                                + " or none.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"five5", "sixteen and blank", "sixteen\tand-a-tab", "sixteen-und-größer"})
    void anUnusableTokenIsRefusedAndNotQuoted(String token) {
        assertThatThrownBy(() -> new Settings(Map.of("OPERATOR_TOKEN", token)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("OPERATOR_TOKEN must be at least 6 printable characters without blanks.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"QISCUS_SECRET_KEY", "QISCUS_PASSWORD", "REDIS_PASSWORD"})
    void aSecretIsNotQuotedWhenItIsRefused(Setting secret) {
        Map<String, String> given = Map.of(secret.name(), "first line\nsecond line");

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(secret + " must be one line of ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "omnichannel.qiscus.com",
                "ftp://qiscus.com",
                "https://",
                "https:///path",
                "https://a b",
                "https://qiscus.com?x=1",
                "https://qiscus.com#x",
                "https://qiscus.com/a?b",
                "http:/qiscus.com",
                "https://:443",
                "https://qiscus.com:port",
                "https://qiscus.com:65536",
                "https://{{PORT}}",
                "https://qiscus.com/{{PORT}}",
                "https://qiscus.com/a%7Bb",
                "https://qiscus.com/RAW(a)",
                "https://qiscus.com/a&b",
                "https://qiscus.com/a\\b",
                "https://login:password@qiscus.com",
                "javascript:alert(1)",
                "/simulator"
            })
    void anInvalidUrlIsRefused(String url) {
        Map<String, String> given = with(REAL_QISCUS, "QISCUS_BASE_URL", url);

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "QISCUS_BASE_URL must be a URL that starts with http:// or https:// and has no query, login or"
                                + " special characters.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://omnichannel.qiscus.com, https://omnichannel.qiscus.com",
        "https://omnichannel.qiscus.com/, https://omnichannel.qiscus.com",
        "https://omnichannel.qiscus.com//, https://omnichannel.qiscus.com",
        "http://localhost:9000/qiscus/, http://localhost:9000/qiscus",
        "http://127.0.0.1:1, http://127.0.0.1:1"
    })
    void theUrlLosesItsTrailingSlash(String url, String expected) {
        Settings settings = new Settings(with(REAL_QISCUS, "QISCUS_BASE_URL", url));

        assertThat(settings.text(Setting.QISCUS_BASE_URL)).isEqualTo(expected);
        assertThat(settings.placeholders().getProperty("QISCUS_BASE_URL")).isEqualTo(expected);
    }

    // ---- combinations

    @Test
    void withARealQiscusAndARealRedisItIsProduction() {
        Settings settings = new Settings(with(with(REAL_QISCUS, REAL_REDIS), "WEBHOOK_SECRET", "none"));

        assertThat(settings.profile()).isEqualTo("prod");
        assertThat(settings.simulated()).isFalse();
        assertThat(settings.embeddedRedis()).isFalse();
        assertThat(settings.number(Setting.REDIS_PORT)).isEqualTo(6379);
    }

    @Test
    void aRealQiscusAloneIsStillDevelopment() {
        Settings settings = new Settings(REAL_QISCUS);

        assertThat(settings.profile()).isEqualTo("dev");
        assertThat(settings.simulated()).isFalse();
        assertThat(settings.embeddedRedis()).isTrue();
    }

    @Test
    void aRealRedisAloneIsStillDevelopment() {
        Settings settings = new Settings(REAL_REDIS);

        assertThat(settings.profile()).isEqualTo("dev");
        assertThat(settings.simulated()).isTrue();
        assertThat(settings.embeddedRedis()).isFalse();
    }

    @Test
    void theSimulatorIsServedOnOurOwnPort() {
        Settings settings = new Settings(Map.of("PORT", "9191"));

        assertThat(settings.text(Setting.QISCUS_BASE_URL)).isEqualTo("http://127.0.0.1:9191/simulator");
    }

    @Test
    void bothKindsOfRedisUseRedisPort() {
        Settings embedded = new Settings(Map.of("REDIS_PORT", "7000"));
        Settings real = new Settings(with(REAL_REDIS, "REDIS_PORT", "7000"));

        assertThat(embedded.number(Setting.REDIS_PORT)).isEqualTo(7000);
        assertThat(real.number(Setting.REDIS_PORT)).isEqualTo(7000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QISCUS_APP_ID", "QISCUS_SECRET_KEY"})
    void aRealQiscusNeedsItsCredentials(String missing) {
        Map<String, String> given = new HashMap<>(REAL_QISCUS);
        given.remove(missing);

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(missing + " must be set too when QISCUS_BASE_URL is set.");
    }

    @ParameterizedTest
    @CsvSource({
        "QISCUS_APP_ID, QISCUS_BASE_URL",
        "QISCUS_SECRET_KEY, QISCUS_BASE_URL",
        "REDIS_USER, REDIS_HOST",
        "REDIS_PASSWORD, REDIS_HOST"
    })
    void credentialsWithoutTheirSystemAreRefused(String useless, String without) {
        Map<String, String> given = Map.of(useless, "x");

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(useless + " is set, but " + without + " is not: set both or neither.");
    }

    @Test
    void aUserOfRedisHasAPassword() {
        Map<String, String> given = with(REAL_REDIS, "REDIS_USER", "app");

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("REDIS_PASSWORD must be set too when REDIS_USER is set.");
    }

    @Test
    void aPasswordOfRedisNeedsNoUser() {
        Settings settings = new Settings(with(REAL_REDIS, "REDIS_PASSWORD", "p w#1"));

        assertThat(settings.text(Setting.REDIS_PASSWORD)).isEqualTo("p w#1");
        assertThat(settings.has(Setting.REDIS_USER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"QISCUS_EMAIL, QISCUS_PASSWORD", "QISCUS_PASSWORD, QISCUS_EMAIL"})
    void anAdminHasALoginAndAPassword(String given, String missing) {
        Map<String, String> one = with(REAL_QISCUS, given, "x");

        assertThatThrownBy(() -> new Settings(one))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(missing + " must be set too when " + given + " is set.");
    }

    @ParameterizedTest
    @CsvSource({"24s, 8s", "25s, 8333ms", "30ms, 10ms", "3m, 1m"})
    void aLeaseOutlivesThreeCalls(String lease, String timeout) {
        Settings settings = new Settings(Map.of("CLAIM_LEASE", lease, "QISCUS_TIMEOUT", timeout, "SETTLE_TIME", "5m"));

        assertThat(settings.text(Setting.CLAIM_LEASE)).isEqualTo(lease);
    }

    @Test
    void theSettleTimeIsAtLeastTheTimeout() {
        assertThatThrownBy(() -> new Settings(Map.of("SETTLE_TIME", "7s")))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("SETTLE_TIME must be at least QISCUS_TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({"23999ms, 8s", "25s, 9s", "29ms, 10ms"})
    void aShorterLeaseIsRefused(String lease, String timeout) {
        Map<String, String> given = Map.of("CLAIM_LEASE", lease, "QISCUS_TIMEOUT", timeout, "SETTLE_TIME", "5m");

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("CLAIM_LEASE must be at least three times QISCUS_TIMEOUT");
    }

    @Test
    void theEmbeddedRedisAndTheWebhooksCannotShareAPort() {
        Map<String, String> given = Map.of("PORT", "16379");

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("PORT and REDIS_PORT must differ, both are served here.");
    }

    @Test
    void inProductionTheWebhooksNeedASecretOrNone() {
        assertThatThrownBy(() -> new Settings(with(REAL_QISCUS, REAL_REDIS)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("WEBHOOK_SECRET must be set, or anyone could call the webhooks. Set it to none if something"
                        + " in front of this program protects them.");
    }

    @ParameterizedTest
    @CsvSource({"none, ", "a-secret_of-16-ch, a-secret_of-16-ch"})
    void noneMeansNoSecret(String set, String secret) {
        Settings settings = new Settings(Map.of("WEBHOOK_SECRET", set));

        assertThat(settings.webhookSecret()).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource({"PORT, 8080", "REDIS_PORT, 16379"})
    void theManagementPortDiffersFromOtherPorts(Setting other, String port) {
        assertThatThrownBy(() -> new Settings(Map.of("MANAGEMENT_PORT", port)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("MANAGEMENT_PORT and " + other + " must differ, both are served here.");
    }

    // ---- for the rest of the program

    @ParameterizedTest
    @ValueSource(strings = {"30s", "366d", "no", "OFF", "-1h"})
    void anInvalidAgeIsRefused(String age) {
        Map<String, String> given = Map.of("SWEEP_MAX_AGE", age);

        assertThatThrownBy(() -> new Settings(given))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("SWEEP_MAX_AGE must be a duration from 1m to 365d, such as 90m, 24h or 7d, or off.");
    }

    @Test
    void anAgeMayBeOff() {
        assertThat(new Settings(Map.of("SWEEP_MAX_AGE", "off")).limit(Setting.SWEEP_MAX_AGE))
                .isNull();
        assertThat(new Settings(Map.of("SWEEP_MAX_AGE", "90d")).limit(Setting.SWEEP_MAX_AGE))
                .isEqualTo(Duration.ofDays(90));
    }

    @ParameterizedTest
    @CsvSource({"MOVES, 0, 0", "MOVES, 100, 100", "SILENT_PAUSE_AFTER, off, 0", "SILENT_PAUSE_AFTER, 1, 1"})
    void movesAndTheSilencePauseAreCounted(Setting setting, String value, int number) {
        assertThat(new Settings(Map.of(setting.name(), value)).numberOrOff(setting))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "MOVES, off, MOVES must be a whole number from 0 to 100.",
        "MOVES, -1, MOVES must be a whole number from 0 to 100.",
        "MOVES, 101, MOVES must be a whole number from 0 to 100.",
        "SILENT_PAUSE_AFTER, 0, 'SILENT_PAUSE_AFTER must be a whole number from 1 to 100, or off.'",
        "SILENT_PAUSE_AFTER, 2.5, 'SILENT_PAUSE_AFTER must be a whole number from 1 to 100, or off.'"
    })
    void invalidMovesAndSilencePausesAreRefused(Setting setting, String value, String sentence) {
        assertThatThrownBy(() -> new Settings(Map.of(setting.name(), value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(sentence);
    }

    @Test
    void aDurationIsReadWithItsUnit() {
        Settings settings = new Settings(
                Map.of("DISPATCH_PERIOD", "250ms", "SETTLE_TIME", "2m", "SIMULATOR_HANDLING_TIME", "700ms"));

        assertThat(settings.duration(Setting.DISPATCH_PERIOD)).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.duration(Setting.SETTLE_TIME)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.duration(Setting.SIMULATOR_HANDLING_TIME)).isEqualTo(Duration.ofMillis(700));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE_GOAL, 60",
        "DISPATCH_PERIOD, 10",
        "DISPATCH_PERIOD, 0",
        "KEEP_ALIVE, 660000",
        "QISCUS_TIMEOUT, 8000",
        "CLAIM_LEASE, 25",
        "SETTLE_TIME, 10000",
        "RECONCILE_PERIOD, 60000",
        "SWEEP_MAX_AGE, 86400000",
        "HISTORY_RETENTION, 86400000",
        "SIMULATOR_HANDLING_TIME, 12",
        "SIMULATOR_FIRST_ANSWER, 2000",
        "SERVICE_GOAL, 99999999999"
    })
    void aDurationWithoutAUnitIsRefusedByName(Setting setting, String number) {
        assertThatThrownBy(() -> new Settings(Map.of(setting.name(), number)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(setting + " must be a duration from ")
                .hasMessageEndingWith(": " + number + " has no unit.");
    }

    @Test
    void theRoutesGetTheirPlaceholdersAndNoSecret() {
        Settings settings = new Settings(
                with(REAL_QISCUS, Map.of("QISCUS_TIMEOUT", "2s", "KEY_PREFIX", "{acme}:", "WORKERS", "9")));

        Properties placeholders = settings.placeholders();

        assertThat(placeholders)
                .containsEntry("WORKERS", "9")
                .containsEntry("ASSIGN_ENABLED", "true")
                .containsEntry("WAKE_CHANNEL", "{acme}:wake")
                .containsEntry("QISCUS_CALL_TIMEOUT", "2000")
                .containsEntry("QISCUS_CONNECT_TIMEOUT", "1000")
                .doesNotContainKeys("QISCUS_APP_ID", "QISCUS_SECRET_KEY", "KEY_PREFIX", "OPERATOR_TOKEN", "DATA_DIR");
    }

    // ---- sources: only another process can have another environment

    @Test
    void aPropertyWinsOverTheEnvironmentWhichWinsOverTheFile(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve(".env"), """
                # a comment
                PORT=7001
                WORKERS=11
                DATA_DIR="with blanks"
                KEY_PREFIX={acme}:
                #SIMULATOR_AGENTS=9
                QISCUS_BASE_URL=
                """);

        String printed = java(directory, Map.of("PORT", "7002", "WORKERS", "12"), List.of("-DPORT=7003"), Print.class);

        assertThat(printed).isEqualTo("7003 12 with blanks {acme}: 4 dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankValueWinsOverNothing(String blank, @TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=7001\nWORKERS=11\nKEY_PREFIX=" + blank + "\n");

        String printed = java(
                directory,
                Map.of("PORT", blank, "WORKERS", "12", "KEY_PREFIX", blank),
                List.of("-DPORT=" + blank, "-DWORKERS=" + blank),
                Print.class);

        assertThat(printed).isEqualTo("7001 12 ./data  4 dev");
    }

    @Test
    void aFileMayReferToTheEnvironmentAndItsOwnValues(@TempDir Path directory) throws Exception {
        Files.writeString(
                directory.resolve(".env"), "PORT=${BASE}1\nDATA_DIR=\"$PORT ${NAME:-x}\"\nKEY_PREFIX='{acme}:'");

        String printed = java(directory, Map.of("BASE", "700"), List.of(), Print.class);

        assertThat(printed).isEqualTo("7001 8 7001 x {acme}: 4 dev");
    }

    @Test
    void aDirectoryInPlaceOfTheFileStopsTheProgram(@TempDir Path directory) throws Exception {
        Files.createDirectory(directory.resolve(".env"));

        String printed = java(directory, Map.of(), List.of(), Application.class);

        assertThat(printed).isEqualTo(".env is a directory, not a file.");
    }

    @Test
    void withoutAFileTheEnvironmentIsRead(@TempDir Path directory) throws Exception {
        String printed = java(directory, Map.of("PORT", "7002"), List.of(), Print.class);

        assertThat(printed).isEqualTo("7002 8 ./data  4 dev");
    }

    @Test
    void aWrongSettingStopsTheProgramWithOneSentence(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve(".env"), "QISCUS_BASE_URL=https://omnichannel.qiscus.com\n");

        String printed = java(directory, Map.of(), List.of(), Application.class);

        assertThat(printed).isEqualTo("QISCUS_APP_ID must be set too when QISCUS_BASE_URL is set.");
    }

    @Test
    void aMalformedFileStopsTheProgramToo(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=8080\n<secret>\n");

        String printed = java(directory, Map.of(), List.of(), Application.class);

        assertThat(printed).isEqualTo(".env has a line that is not NAME=value: line 2.");
    }

    static class Print {
        public static void main(String[] args) {
            Settings settings = Settings.load();
            System.out.printf(
                    "%s %s %s %s %s %s",
                    settings.text(Setting.PORT),
                    settings.text(Setting.WORKERS),
                    settings.text(Setting.DATA_DIR),
                    settings.text(Setting.KEY_PREFIX),
                    settings.text(Setting.SIMULATOR_AGENTS),
                    settings.profile());
        }
    }

    private static String java(Path directory, Map<String, String> environment, List<String> options, Class<?> main)
            throws IOException, InterruptedException {
        Path printed = directory.resolve("printed");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"));
        java.command().addAll(options);
        java.command().add(main.getName());
        java.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
        java.environment().clear();
        java.environment().putAll(environment);
        Process process = java.start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).isEqualTo(main == Print.class ? 0 : 1);
        return Files.readString(printed).strip();
    }

    private static List<String> texts(Settings settings) {
        return Stream.of(Setting.values())
                .map(setting -> setting + "=" + settings.text(setting))
                .toList();
    }

    private static Map<String, String> with(Map<String, String> given, String name, String value) {
        return with(given, Map.of(name, value));
    }

    private static Map<String, String> with(Map<String, String> given, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(given);
        both.putAll(more);
        return both;
    }
}
