package access;

import static org.assertj.core.api.Assertions.assertThat;
import static support.RealRedis.REDIS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import support.RealRedis;
import support.RunningApplication;
import support.Wire;

/** Who may call what, tested on the running program. */
class GateTest {
    private static final String SECRET = "a-secret-of_Qiscus-only";
    private static final String TOKEN = "an-operators:token+1";
    private static final String NOT_FOUND = "{\"success\":false,\"message\":\"Nothing is served at this path.\"}";

    /** The answer to an outsider, whether the path exists or not; this one does not. */
    private static void isNotFound(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(NOT_FOUND);
    }

    @Nested
    class WithSecrets {

        @RegisterExtension
        static final RunningApplication APP = new RunningApplication()
                .with("ASSIGN_ENABLED", "false")
                .with("WEBHOOK_SECRET", SECRET)
                .with("OPERATOR_TOKEN", TOKEN);

        @Test
        void aCallerWithTheSecretIsQiscus() throws Exception {
            assertThat(APP.post("/webhook/" + SECRET, RunningApplication.newSession("1", "wa"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(APP.post("/resolve/" + SECRET, RunningApplication.resolve("1", 7))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(REDIS.client().llen("new_session_queue")).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%77ebhook/" + SECRET,
                    "//webhook//" + SECRET,
                    "/a/../webhook/./" + SECRET,
                    "/webhook/" + SECRET + "?a=b"
                })
        void anotherSpellingOfTheSamePathIsTheSamePath(String path) throws Exception {
            assertThat(APP.post(path, RunningApplication.newSession("1", "wa")).statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/webhook",
                    "/webhook/",
                    "/webhook//",
                    "/webhook/%20",
                    "/webhook/none",
                    "/webhook/a-secret-of_Qiscus-onl",
                    "/webhook/A-secret-of_qiscus-only",
                    "/webhook/" + SECRET + "x",
                    "/webhook/" + SECRET + "/x",
                    "/webhook/" + SECRET + "%00",
                    "/webhook/" + SECRET + ";a=b",
                    "/webhook/x/../../webhook",
                    "/webhook/?" + SECRET,
                    "/resolve",
                    "/resolve/wrong-secret-wrong"
                })
        void aCallerWithoutTheSecretFindsNothingAndChangesNothing(String path) throws Exception {
            isNotFound(APP.post(path, RunningApplication.newSession("1", "wa")));
            isNotFound(APP.get(path));
            assertThat(REDIS.client().keys("*")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Webhook/" + SECRET,
                    "/webhook;a=b/" + SECRET,
                    "/webhook%2F" + SECRET,
                    "/webhook\\" + SECRET,
                    "/",
                    "/config",
                    "/config/",
                    "//config",
                    "/webhook/../config",
                    "/observe/health/live/../../../config",
                    "/observe/health/live/..%2f../config",
                    "/parked",
                    "/%70arked",
                    "/parked;a=b",
                    "/PARKED",
                    "/observe/health",
                    "/observe/metrics",
                    "/simulator",
                    "/what-does-not-exist"
                })
        void everythingElseIsForOperators(String path) throws Exception {
            Wire.Answer answer =
                    Wire.ask(APP.port(), "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.head())
                    .contains("\r\nWWW-Authenticate: Basic realm=")
                    .contains("\r\nWWW-Authenticate: Bearer realm=");
            assertThat(answer.body())
                    .contains("\"success\":false", "OPERATOR_TOKEN")
                    .doesNotContain(TOKEN);
        }

        @Test
        void anOperatorLogsInAsAProgramOrAsABrowserDoes() throws Exception {
            assertThat(authorized("Bearer " + TOKEN)).isEqualTo(200);
            assertThat(authorized("bearer   " + TOKEN)).isEqualTo(200);
            assertThat(authorized("Basic " + base64("anybody:" + TOKEN))).isEqualTo(200);
            assertThat(authorized("Basic " + base64(":" + TOKEN))).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer",
                    "Bearer ",
                    "Bearer wrong",
                    "Bearer an-operators:token+2",
                    "Bearer " + SECRET,
                    "Basic",
                    "Basic not base64!",
                    "Basic YQ==",
                    "Digest " + TOKEN,
                    TOKEN
                })
        void aCallerWithoutATokenIsNotAnOperator(String authorization) throws Exception {
            assertThat(authorized(authorization)).isEqualTo(401);
        }

        @Test
        void theTokenInTheUserNameIsNotThePassword() throws Exception {
            assertThat(authorized("Basic " + base64(SECRET + ":"))).isEqualTo(401);
        }

        @Test
        void anOperatorStillNeedsTheSecretOfTheWebhooks() throws Exception {
            isNotFound(APP.send(APP.request("/webhook")
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(RunningApplication.newSession("1", "wa")))));
        }

        @ParameterizedTest
        @CsvSource({
            "Sec-Fetch-Site, cross-site",
            "Sec-Fetch-Site, same-site",
            "Origin, https://evil.example",
            "Origin, null"
        })
        void aPageOfAnotherSiteCannotUseTheLoginOfTheBrowser(String header, String value) throws Exception {
            assertThat(APP.send(APP.request("/config")
                                    .header("Authorization", "Bearer " + TOKEN)
                                    .header("Content-Type", "application/json")
                                    .header(header, value)
                                    .PUT(BodyPublishers.ofString("{\"max_customer_per_agent\":9}")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(REDIS.client().exists("config")).isFalse();
        }

        @Test
        void ourOwnPageMayUseIt() throws Exception {
            assertThat(APP.send(APP.request("/config")
                                    .header("Authorization", "Bearer " + TOKEN)
                                    .header("Content-Type", "application/json")
                                    .header("Origin", "http://127.0.0.1:" + APP.port())
                                    .PUT(BodyPublishers.ofString("{\"max_customer_per_agent\":9}")))
                            .statusCode())
                    .isEqualTo(200);
        }

        private int authorized(String authorization) throws Exception {
            return APP.send(APP.request("/config")
                            .header("Authorization", authorization)
                            .GET())
                    .statusCode();
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Nested
    class WithoutSecrets {

        @RegisterExtension
        static final RunningApplication APP = new RunningApplication().with("ASSIGN_ENABLED", "false");

        @Test
        void theWebhooksAreOpenAndAPathWithASecretIsUnknown() throws Exception {
            assertThat(APP.customerWrites("1").statusCode()).isEqualTo(200);
            isNotFound(APP.post("/webhook/" + SECRET, RunningApplication.newSession("1", "wa")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.9.9.9:8080", "[::1]", "[::1]:8080"})
        void programsOnThisMachineAreOperators(String host) throws Exception {
            assertThat(Wire.ask(APP.port(), "GET /config HTTP/1.1\nHost: " + host + "\n\n")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /config HTTP/1.1\nHost: evil.example\n\n",
                    "GET /config HTTP/1.1\nHost: localhost.evil.example\n\n",
                    "GET /config HTTP/1.1\nHost: 127.0.0.1.evil.example\n\n",
                    "GET /config HTTP/1.1\nHost: 192.0.2.1\n\n",
                    "GET /config HTTP/1.0\nHost: localhost\n\n",
                    "GET /config HTTP/1.1\nHost: localhost\nX-Forwarded-For: 127.0.0.1\n\n",
                    "GET /config HTTP/1.1\nHost: localhost\nx-forwarded-proto: https\n\n",
                    "GET /config HTTP/1.1\nHost: localhost\nForwarded: for=127.0.0.1\n\n",
                    "GET /config HTTP/1.1\nHost: localhost\nX-REAL-IP: 127.0.0.1\n\n",
                    "GET /config HTTP/1.1\nHost: localhost\nVia: 1.1 proxy\n\n"
                })
        void otherCallersAreToldHowToBecomeOperators(String request) throws Exception {
            Wire.Answer answer = Wire.ask(APP.port(), request);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo("{\"success\":false,\"message\":\"Only callers on this machine may do this, unless"
                            + " OPERATOR_TOKEN is set.\"}");
        }

        @Test
        void aPageOfAnotherSiteInTheOperatorsBrowserChangesNothing() throws Exception {
            assertThat(APP.send(APP.request("/parked/1/retry")
                                    .header("Origin", "https://evil.example")
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Nested
    class WithNamedOperators {
        @RegisterExtension
        static final RunningApplication APP = new RunningApplication()
                .with("ASSIGN_ENABLED", "false")
                .with("OPERATOR_TOKENS", "dewi:token1,budi:token:2");

        @ParameterizedTest
        @CsvSource({
            "Bearer, token1, 200",
            "Bearer, token:2, 200",
            "Basic, anybody:token1, 200",
            "Basic, dewi:token:2, 200",
            "Bearer, dewi:token1, 401",
            "Bearer, token3, 401",
            "Basic, dewi, 401"
        })
        void eachTokenBelongsToAnOperator(String scheme, String given, int status) throws Exception {
            String credentials = scheme.equals("Basic")
                    ? Base64.getEncoder().encodeToString(given.getBytes(StandardCharsets.UTF_8))
                    : given;

            assertThat(APP.send(APP.request("/config").header("Authorization", scheme + " " + credentials))
                            .statusCode())
                    .isEqualTo(status);
        }

        @Test
        void aCallerOnThisMachineNeedsATokenToo() throws Exception {
            assertThat(APP.get("/config").statusCode()).isEqualTo(401);
        }
    }

    @Nested
    class WithAPortForOperators {
        private static final int MANAGEMENT_PORT = RealRedis.freePort();

        @RegisterExtension
        static final RunningApplication APP = new RunningApplication()
                .with("ASSIGN_ENABLED", "false")
                .with("MANAGEMENT_PORT", Integer.toString(MANAGEMENT_PORT));

        @ParameterizedTest
        @ValueSource(strings = {"/config", "/parked", "/", "/observe/metrics", "/simulator"})
        void thePublicPortDoesNotServeOperators(String path) throws Exception {
            isNotFound(APP.get(path));
        }

        @Test
        void theOperatorsPortServesOnlyOperators() throws Exception {
            assertThat(management("GET /config").status()).isEqualTo(200);
            assertThat(management("POST /webhook").body()).isEqualTo(NOT_FOUND);
            assertThat(management("POST /resolve").status()).isEqualTo(404);
            assertThat(APP.customerWrites("1").statusCode()).isEqualTo(200);
        }

        @Test
        void theOperatorsPortListensOnThisMachineOnly() throws Exception {
            assertThat(NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .filter(address -> !address.isLoopbackAddress())
                            .filter(this::accepts))
                    .isEmpty();
        }

        private boolean accepts(InetAddress address) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, MANAGEMENT_PORT), 1000);
                return true;
            } catch (IOException refused) {
                return false;
            }
        }

        private Wire.Answer management(String methodAndPath) throws Exception {
            return Wire.ask(MANAGEMENT_PORT, methodAndPath + " HTTP/1.1\nHost: localhost\n\n");
        }
    }
}
