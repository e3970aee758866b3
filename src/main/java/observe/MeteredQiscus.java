package observe;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Measures the HTTP calls to Qiscus. A call that the circuit breaker stops is not one of them. */
public class MeteredQiscus implements ExecChainHandler {
    private static final String ALL_AGENTS = "agents";
    private static final String MESSAGES = "load_comments";
    private static final String LOGIN = "/auth";
    private static final String PROFILE = "get_profile";

    private final String base;
    private final Meters meters;
    private final QiscusHealth health;

    /** @param base the path of QISCUS_BASE_URL */
    public MeteredQiscus(String base, Meters meters, QiscusHealth health) {
        this.base = base;
        this.meters = meters;
        this.health = health;
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
            // Some accounts forbid the list of all agents, and possibly the messages, whatever the credentials. No
            // decision needs them. A login uses other credentials.
            if (!ALL_AGENTS.equals(endpoint)
                    && !MESSAGES.equals(endpoint)
                    && !request.getPath().endsWith(LOGIN)) {
                health.answered(status, PROFILE.equals(endpoint));
            }
        }
    }

    /**
     * A label must not grow with the number of rooms. Null if it is not Qiscus: the simulator calls our own webhooks.
     */
    private String endpoint(String pathAndQuery) {
        String path = pathAndQuery.replaceFirst("\\?.*", "");
        if (!path.startsWith(base + "/api/")) {
            return null;
        }
        if (path.contains("/customer_rooms/")) {
            return "customer_room";
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "available_agents" -> "available_agents";
            case "assign_agent" -> "assign_agent";
            case "remove_agent" -> "remove_agent";
            case "customer_rooms" -> "customer_rooms";
            case ALL_AGENTS -> ALL_AGENTS;
            case MESSAGES -> MESSAGES;
            case PROFILE -> PROFILE;
            default -> "other";
        };
    }
}
