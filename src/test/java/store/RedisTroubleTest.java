package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import store.RedisAccess.Kind;
import store.RedisAccess.Login;
import support.LogLines;
import support.RealRedis;
import support.RedisNode;
import support.RunningApplication;
import support.SelfSigned;

/** One line says why Redis cannot be used, and which setting to check. */
class RedisTroubleTest {
    private static final Login OPEN = new Login(null, null);
    private static final RedisAdmission.Owner OWNER =
            new RedisAdmission.Owner(new Keys(""), "app-code", true, "a KEY_PREFIX of its own");
    private static final int TLS_PORT = RealRedis.freePort();

    @TempDir
    static Path directory;

    private static SelfSigned files;
    private static RedisNode redis;

    @RegisterExtension
    final LogLines log = new LogLines();

    @RegisterExtension
    final RunningApplication app = RunningApplication.onAnotherRedis();

    @BeforeAll
    static void startRedis() throws Exception {
        files = SelfSigned.in(directory);
        redis = RedisNode.launch(
                "--tls-port",
                Integer.toString(TLS_PORT),
                "--tls-cert-file",
                files.certificate().toString(),
                "--tls-key-file",
                files.key().toString(),
                "--tls-auth-clients",
                "no");
        redis.ask(node -> node.aclSetUser("reader", "on", ">secret", "~*", "+@read"));
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void noServerListens() throws Exception {
        HostAndPort nobody = new HostAndPort("127.0.0.1", RealRedis.freePort());

        assertThat(wordsFor(server(nobody, OPEN, 0, false, null)))
                .isEqualTo("cannot be reached, check REDIS_HOST and REDIS_PORT");
    }

    @Test
    void aReportedTroubleIsNotRepeated() throws Exception {
        HostAndPort nobody = new HostAndPort("127.0.0.1", RealRedis.freePort());
        try (RedisConnections connections = new RedisConnections(server(nobody, OPEN, 0, false, null), 2, OWNER)) {
            for (int i = 0; i < 5; i++) {
                connections.check();
            }
        }

        assertThat(log.of(RedisTrouble.class)).hasSize(1);
    }

    @Test
    void theNameIsUnknown() throws Exception {
        assertThat(wordsFor(server(new HostAndPort("redis.invalid", 6379), OPEN, 0, false, null)))
                .isEqualTo("cannot be found by that name, check REDIS_HOST");
    }

    @Test
    void theUserOrThePasswordIsWrong() throws Exception {
        assertThat(wordsFor(server(plain(), new Login("reader", "wrong"), 0, false, null)))
                .isEqualTo("refuses the user or the password, check REDIS_USER and REDIS_PASSWORD");
    }

    @Test
    void thePasswordIsNotNeeded() throws Exception {
        assertThat(wordsFor(server(plain(), new Login(null, "secret"), 0, false, null)))
                .isEqualTo("asks the default user for no password, check REDIS_PASSWORD");
    }

    @Test
    void theUserLacksARight() throws Exception {
        assertThat(wordsFor(server(plain(), new Login("reader", "secret"), 0, false, null)))
                .startsWith("does not permit our user what it needs, check REDIS_USER: it lacks +")
                .contains("+evalsha +eval (scripting)", "+publish");
    }

    @Test
    void theDatabaseDoesNotExist() throws Exception {
        assertThat(wordsFor(server(plain(), OPEN, 99, false, null)))
                .isEqualTo("has no such database, check REDIS_DATABASE");
    }

    @Test
    void theCertificateIsNotTrusted() throws Exception {
        assertThat(wordsFor(server(new HostAndPort("localhost", TLS_PORT), OPEN, 0, true, null)))
                .isEqualTo("shows a certificate that is not trusted here, check REDIS_CA_FILE");
    }

    @Test
    void theCertificateIsForAnotherName() throws Exception {
        assertThat(wordsFor(server(new HostAndPort("127.0.0.1", TLS_PORT), OPEN, 0, true, files.certificate())))
                .isEqualTo("shows a certificate of another name, check REDIS_HOST");
    }

    @Test
    void theServerDoesNotSpeakTls() throws Exception {
        assertThat(wordsFor(server(plain(), OPEN, 0, true, files.certificate())))
                .isEqualTo("does not speak TLS as it should, check REDIS_TLS and REDIS_PORT");
    }

    @Test
    void theServerExpectsTls() throws Exception {
        assertThat(wordsFor(server(new HostAndPort("127.0.0.1", TLS_PORT), OPEN, 0, false, null)))
                .isEqualTo("hangs up, as a server that expects TLS does, check REDIS_TLS and REDIS_PORT");
    }

    @Test
    void theServerIsNotACluster() throws Exception {
        assertThat(wordsFor(new RedisAccess(Kind.CLUSTER, List.of(plain()), null, OPEN, OPEN, 0, false, null, false)))
                .isEqualTo("is not a Cluster, set REDIS_HOST instead of REDIS_CLUSTER");
    }

    @Test
    void noSentinelAnswers() throws Exception {
        assertThat(wordsFor(
                        new RedisAccess(Kind.SENTINELS, List.of(plain()), "chats", OPEN, OPEN, 0, false, null, false)))
                .isEqualTo("cannot be found, none of them answers, check REDIS_SENTINELS and their login");
    }

    @Test
    void theSentinelsDoNotKnowTheName() throws Exception {
        try (RedisNode sentinel = RedisNode.launchSentinel("chats", redis)) {
            HostAndPort node = new HostAndPort("127.0.0.1", sentinel.port());

            assertThat(wordsFor(
                            new RedisAccess(Kind.SENTINELS, List.of(node), "other", OPEN, OPEN, 0, false, null, false)))
                    .isEqualTo("is not known to them by this name, check REDIS_SENTINEL_MASTER");
        }
    }

    /** A managed Redis has one address. When the master behind it changes, open connections stay on the old one. */
    @Test
    void connectionsToAFormerMasterAreDropped() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisNode first = RedisNode.launch();
                RedisNode second = RedisNode.launch()) {
            app.qiscus().hasAgents("11");
            AtomicInteger behind = new AtomicInteger(first.port());
            int address = switchTo(behind, vertx);
            app.with("REDIS_HOST", "127.0.0.1")
                    .with("REDIS_PORT", Integer.toString(address))
                    .start();
            assertThat(app.customerWrites("1").statusCode()).isEqualTo(200);
            await().until(() -> app.qiscus().agentOf("1") != null);

            behind.set(second.port());
            first.ask(node -> node.replicaof("127.0.0.1", second.port()));

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> app.customerWrites("2").statusCode() == 200);
            await().until(() -> app.qiscus().agentOf("2") != null);
            assertThat(log.of(RedisTrouble.class).get(0))
                    .contains("is a replica that takes no writes, check REDIS_HOST");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static int switchTo(AtomicInteger port, Vertx vertx) throws Exception {
        NetClient client = vertx.createNetClient();
        return vertx.createNetServer()
                .connectHandler(in -> {
                    in.pause();
                    client.connect(port.get(), "127.0.0.1")
                            .onFailure(gone -> in.close())
                            .onSuccess(out -> {
                                in.pipeTo(out);
                                out.pipeTo(in);
                            });
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static HostAndPort plain() {
        return new HostAndPort("127.0.0.1", redis.port());
    }

    private static RedisAccess server(HostAndPort node, Login login, int database, boolean tls, Path authorities) {
        return new RedisAccess(Kind.SERVER, List.of(node), null, login, OPEN, database, tls, authorities, false);
    }

    /** The rest of the single log line. */
    private String wordsFor(RedisAccess access) throws Exception {
        try (RedisConnections connections = new RedisConnections(access, 2, OWNER)) {
            connections.check();
        }
        List<String> lines = log.of(RedisTrouble.class);
        assertThat(lines).singleElement().asString().startsWith("WARN " + access + " ");
        return lines.get(0)
                .substring(("WARN " + access + " ").length())
                .replace(". Calls are answered with 503 until it can be used", "");
    }
}
