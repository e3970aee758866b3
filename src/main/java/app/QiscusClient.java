package app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.TunnelRefusedException;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import qiscus.ForwardProxy;

/**
 * Configures the HTTP client for Qiscus where camel-http has no option. Redirects are not followed, because our secret
 * would go with them.
 */
public class QiscusClient implements HttpClientConfigurer {
    /**
     * A firewall drops an idle connection without telling either end. What is sent on it is lost, and a lost POST looks
     * like one without an answer. Most firewalls take a minute or more.
     */
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private static final String THROUGH = "qiscus.through-the-tunnel";

    private final ExecChainHandler meter;
    private final ForwardProxy proxy;
    private final TimeValue longestRest;

    /** @param proxy null: none */
    public QiscusClient(ExecChainHandler meter, ForwardProxy proxy) {
        this(meter, proxy, LONGEST_REST);
    }

    QiscusClient(ExecChainHandler meter, ForwardProxy proxy, Duration longestRest) {
        this.meter = meter;
        this.proxy = proxy;
        this.longestRest = TimeValue.of(longestRest);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("metered", meter);
        client.setKeepAliveStrategy((answer, context) -> {
            TimeValue told = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
            return TimeValue.isNonNegative(told) && told.compareTo(longestRest) < 0 ? told : longestRest;
        });
        if (client.getConnManager() instanceof PoolingHttpClientConnectionManager pool) {
            // Check the connection each time, which takes a millisecond: one that the other end has closed would
            // swallow a POST.
            pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .build());
        }
        if (proxy != null) {
            goThrough(client, new HttpHost("http", proxy.host(), proxy.port()));
        }
    }

    private void goThrough(HttpClientBuilder client, HttpHost host) {
        client.setProxy(host);
        if (proxy.user() != null) {
            client.addExecInterceptorFirst("proxyLogin", logIn(host));
        }
        String connect = ChainElement.CONNECT.name();
        client.addExecInterceptorBefore(connect, "tunnelRefused", QiscusClient::refuseOtherAnswers);
        client.addExecInterceptorAfter(connect, "tunnelled", (request, scope, chain) -> {
            scope.clientContext.setAttribute(THROUGH, true);
            return chain.proceed(request, scope);
        });
    }

    /** The login goes with the first call, not after the proxy asks for it, because a POST is sent only once. */
    private ExecChainHandler logIn(HttpHost host) {
        BasicScheme login = new BasicScheme(StandardCharsets.UTF_8);
        login.initPreemptive(
                new UsernamePasswordCredentials(proxy.user(), proxy.password().toCharArray()));
        return (request, scope, chain) -> {
            BasicAuthCache cache = new BasicAuthCache();
            cache.put(host, login);
            scope.clientContext.setAuthCache(cache);
            return chain.proceed(request, scope);
        };
    }

    /** The client would take the proxy's refusal of a tunnel for an answer from Qiscus. */
    private static ClassicHttpResponse refuseOtherAnswers(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
        scope.clientContext.removeAttribute(THROUGH);
        ClassicHttpResponse answer = chain.proceed(request, scope);
        if (scope.route.isTunnelled() && scope.clientContext.getAttribute(THROUGH) == null) {
            answer.close();
            throw new TunnelRefusedException(answer);
        }
        return answer;
    }
}
