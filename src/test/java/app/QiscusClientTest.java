package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import support.FakeQiscus;
import support.LocalProxy;
import support.LogLines;
import support.QiscusServer.Fault;
import support.RunningApplication;
import support.SelfSigned;

/** The connection to Qiscus: through a proxy, with a redirect, after a rest. */
class QiscusClientTest {
    private static final String LOGIN = "ops:p@ss-w0rd+1";

    @RegisterExtension
    final RunningApplication app = new RunningApplication().startedByTest();

    @RegisterExtension
    final LogLines log = new LogLines();

    private final FakeQiscus qiscus = app.qiscus();
    private LocalProxy proxy;

    @AfterEach
    void stop() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
    }

    private int qiscusPort() {
        return URI.create(qiscus.url()).getPort();
    }

    private void isServed(String room) throws Exception {
        qiscus.hasAgents("11");
        app.start();
        app.customerWrites(room);
        await().until(() -> "11".equals(qiscus.agentOf(room)));
    }

    private void noOtherServerSawTheLogin() throws Exception {
        assertThat(log.all()).noneMatch(line -> line.contains("p@ss") || line.contains("p%40ss"));
        assertThat(app.get("/sessions/1").body()).doesNotContain("p@ss", "p%40ss");
    }

    private static String loginHeader() {
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_PROXY", "http_proxy"})
    void qiscusIsCalledThroughTheProxy(String name) throws Exception {
        proxy = new LocalProxy(qiscusPort(), null);
        app.with("QISCUS_BASE_URL", "http://qiscus.example")
                .with("HTTPS_PROXY", "http://127.0.0.1:1")
                .with("NO_PROXY", "localhost, other.example")
                .with(name, "http://ops:p%40ss-w0rd+1@127.0.0.1:" + proxy.port());

        isServed("1");

        assertThat(proxy.heads())
                .isNotEmpty()
                .allMatch(head -> head.split(" ")[1].startsWith("http://qiscus.example/api/"))
                .allMatch(head -> head.contains(loginHeader()));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        assertThat(log.all()).anyMatch(line -> line.contains("http://127.0.0.1:" + proxy.port()));
        noOtherServerSawTheLogin();
    }

    @Test
    void anHttpsUrlIsCalledThroughATunnelWithoutTheProxysLogin(@TempDir Path directory) throws Exception {
        SelfSigned.in(directory);
        proxy = new LocalProxy(qiscusPort(), serverOf(directory.resolve("redis.p12")));
        System.setProperty(
                "javax.net.ssl.trustStore", directory.resolve("redis.p12").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try {
            app.with("QISCUS_BASE_URL", "https://localhost:4433")
                    .with("HTTPS_PROXY", "ops:p%40ss-w0rd+1@127.0.0.1:" + proxy.port());

            isServed("1");
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }

        assertThat(proxy.heads())
                .isNotEmpty()
                .allMatch(head -> head.startsWith("CONNECT localhost:4433 ") && head.contains(loginHeader()))
                .noneMatch(head -> head.contains(FakeQiscus.SECRET));
        assertThat(proxy.tunnelled()).isNotEmpty().noneMatch(head -> head.contains("Proxy-Authorization"));
        assertThat(qiscus.calls("assign_agent")).hasSize(1);
        noOtherServerSawTheLogin();
    }

    private static SSLContext serverOf(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://qiscus.example", "http://qiscus.example"})
    void aRefusalByTheProxyIsNotAnAnswerOfQiscus(String url) throws Exception {
        proxy = new LocalProxy(qiscusPort(), null);
        proxy.refuses("407 Proxy Authentication Required");
        String server = "http://127.0.0.1:" + proxy.port();
        app.with("QISCUS_BASE_URL", url).with("HTTPS_PROXY", server).with("HTTP_PROXY", server);
        app.start();

        app.customerWrites("1");

        await().untilAsserted(() -> assertThat(app.get("/sessions/1").body())
                .contains("Qiscus cannot be reached, the proxy of HTTPS_PROXY or HTTP_PROXY answered 407"));
        assertThat(app.get("/parked").body()).doesNotContain("\"1\"");
    }

    @Test
    void aForbiddenTunnelIsNotARefusalOfOurCredentials() throws Exception {
        proxy = new LocalProxy(qiscusPort(), null);
        proxy.refuses("403 Forbidden");
        app.with("QISCUS_BASE_URL", "https://qiscus.example").with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
        app.start();

        app.customerWrites("1");

        await().untilAsserted(() -> assertThat(app.get("/sessions/1").body()).contains("answered 403"));
        assertThat(app.get("/observe/health").body()).doesNotContain("refuses our credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "*", "other.example,127.0.0.1:PORT", "10.0.0.0/8 127.0.0.0/8"})
    void aHostInNoProxyIsCalledDirectly(String exempt) throws Exception {
        proxy = new LocalProxy(qiscusPort(), null);
        app.with("HTTP_PROXY", "http://127.0.0.1:" + proxy.port())
                .with("no_proxy", exempt.replace("PORT", Integer.toString(qiscusPort())));

        isServed("1");

        assertThat(proxy.heads()).isEmpty();
    }

    @Test
    void aRedirectIsReportedAndNotFollowed() throws Exception {
        try (FakeQiscus elsewhere = new FakeQiscus().start()) {
            for (int i = 0; i < 100; i++) {
                qiscus.nextTo("/api/", Fault.answering(301, "").with("Location", elsewhere.url() + "/api/x?token=t0p"));
            }
            app.start();

            app.customerWrites("1");

            await().untilAsserted(() -> assertThat(app.get("/sessions/1").body())
                    .contains("QISCUS_BASE_URL redirects to " + elsewhere.url() + ", "));
            assertThat(app.get("/sessions/1").body()).doesNotContain("t0p");
            assertThat(elsewhere.calls("/")).isEmpty();
            assertThat(app.get("/parked").body()).doesNotContain("\"1\"");
        }
    }

    /** A server, and the client as Camel makes it. */
    private static class Calls implements AutoCloseable {
        private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        private final CloseableHttpClient client;

        private Calls(Duration longestRest, String keepAlive) throws IOException {
            server.createContext("/", call -> {
                connections.add(call.getRemoteAddress());
                if (keepAlive != null) {
                    call.getResponseHeaders().add("Keep-Alive", keepAlive);
                }
                call.sendResponseHeaders(200, -1);
                call.close();
            });
            server.start();
            HttpClientBuilder builder =
                    HttpClientBuilder.create().setConnectionManager(new PoolingHttpClientConnectionManager());
            new QiscusClient((request, scope, chain) -> chain.proceed(request, scope), null, longestRest)
                    .configureHttpClient(builder);
            client = builder.build();
        }

        /** @return the number of connections so far */
        private int call() throws IOException {
            client.execute(
                    new HttpPost("http://127.0.0.1:" + server.getAddress().getPort()), ClassicHttpResponse::getCode);
            return connections.size();
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.stop(0);
        }
    }

    @Test
    void aConnectionIsReusedAfterAShortRest() throws Exception {
        try (Calls calls = new Calls(Duration.ofMinutes(1), null)) {
            assertThat(calls.call()).isOne();
            assertThat(calls.call()).isOne();
        }
    }

    @Test
    void aConnectionIsNotReusedAfterALongRest() throws Exception {
        try (Calls calls = new Calls(Duration.ofMillis(200), "timeout=60")) {
            calls.call();

            await().pollDelay(Duration.ofMillis(300)).until(() -> calls.call() >= 2);
        }
    }

    @Test
    void aConnectionIsNotReusedAfterTheServersKeepAlive() throws Exception {
        try (Calls calls = new Calls(Duration.ofMinutes(1), "timeout=1")) {
            calls.call();

            await().pollDelay(Duration.ofMillis(1100)).until(() -> calls.call() >= 2);
        }
    }
}
