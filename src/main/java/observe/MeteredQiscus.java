package observe;

import assignment.Witness;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Times the HTTP calls that go to Qiscus. What the circuit breaker holds back is no call. */
public class MeteredQiscus implements HttpClientConfigurer, ExecChainHandler {
    public static final String AVAILABLE_AGENTS = "available_agents";
    public static final String ASSIGN_AGENT = "assign_agent";
    private static final String ALL_AGENTS = "agents";
    private static final String PROFILE = "get_profile";

    private final String base;
    private final Meters meters;
    private final QiscusHealth health;
    private final Map<String, Witness> witnesses;

    /**
     * @param base the path of QISCUS_BASE_URL
     * @param witnesses by the endpoints whose successes they are told
     */
    public MeteredQiscus(String base, Meters meters, QiscusHealth health, Map<String, Witness> witnesses) {
        this.base = base;
        this.meters = meters;
        this.health = health;
        this.witnesses = witnesses;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("metered", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        String endpoint = endpoint(request.getPath());
        if (endpoint == null) {
            return chain.proceed(request, scope);
        }
        long start = System.nanoTime();
        int status = 0;
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            status = answer.getCode();
            return answer;
        } finally {
            meters.calledQiscus(endpoint, status == 0 ? "none" : Integer.toString(status), System.nanoTime() - start);
            tellOthers(endpoint, status);
        }
    }

    private void tellOthers(String endpoint, int status) {
        if (status >= 200 && status < 300 && witnesses.containsKey(endpoint)) {
            witnesses.get(endpoint).served();
        }
        // Some accounts forbid the list of all agents, whatever the credentials; no decision needs it.
        if (!ALL_AGENTS.equals(endpoint)) {
            health.answered(status, PROFILE.equals(endpoint));
        }
    }

    /** A label must not grow with the rooms. Null for what is not Qiscus: the simulator calls our own webhooks. */
    private String endpoint(String pathAndQuery) {
        String path = pathAndQuery.replaceFirst("\\?.*", "");
        if (!path.startsWith(base + "/api/")) {
            return null;
        }
        if (path.contains("/customer_rooms/")) {
            return "customer_room";
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case AVAILABLE_AGENTS -> AVAILABLE_AGENTS;
            case ASSIGN_AGENT -> ASSIGN_AGENT;
            case "customer_rooms" -> "customer_rooms";
            case "agents" -> ALL_AGENTS;
            case PROFILE -> PROFILE;
            default -> "other";
        };
    }
}
