package access;

import assignment.English;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides who may call what, before all routes. Qiscus signs nothing, so a caller who knows the secret path of the
 * webhooks counts as Qiscus. The simulated Qiscus is open to all. Everything else but probes is for operators.
 */
public class Gate implements Handler<RoutingContext> {
    private static final Set<String> PROBES = Set.of("/observe/health/live", "/observe/health/ready");
    private static final Set<String> WEBHOOKS = Set.of("/webhook", "/resolve");
    private static final String SIMULATOR = "/simulator";
    private static final String INSIGHT = "/observe";
    private static final Pattern JSON = Pattern.compile("(?i)application/([a-z0-9.+-]+\\+)?json *(;.*)?");
    /** JSON is UTF-8 (RFC 8259, 8.1). We would misread a body in another charset. */
    private static final Pattern OTHER_CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*+=\\s*+\"?+(?!(utf-?8|us-ascii)\"?\\s*(;|$))");

    /** The name of an operator with OPERATOR_TOKEN, and of callers on this machine if no token is set. */
    public static final String UNNAMED = "operator";

    private static final Set<String> IDS = Set.of("room_id", "agent_id");

    private static final String LET_THROUGH = "gate.letThrough";

    /**
     * @param webhookSecret the path segment after a webhook's name; null if there is none
     * @param operators name to token; empty: only callers on this machine are operators
     * @param managementPort the only port for operators, and for them alone; null: they use the port of the webhooks
     * @param simulated whether the simulator runs
     */
    public record Rules(
            String webhookSecret, Map<String, String> operators, Integer managementPort, boolean simulated) {

        /** The generated toString would print the secrets. */
        @Override
        public String toString() {
            return "Rules";
        }
    }

    private final Rules rules;
    private final Secret webhookSecret;
    private final Map<String, Secret> operators = new LinkedHashMap<>();

    public Gate(Rules rules) {
        this.rules = rules;
        webhookSecret = rules.webhookSecret() == null ? null : new Secret(rules.webhookSecret());
        rules.operators().forEach((name, token) -> operators.put(name, new Secret(token)));
    }

    /**
     * Uses the path that the routes are matched by: without dot segments, double slashes and needless escapes. The
     * routes ignore a slash at its end, and so does this.
     */
    @Override
    public void handle(RoutingContext call) {
        String path = withoutSlash(call.normalizedPath());
        String firstSegment = firstSegment(path);
        boolean toOperators =
                rules.managementPort() != null && call.request().localAddress().port() == rules.managementPort();
        if (call.response().writeQueueFull()) {
            // The caller keeps sending calls and does not read the answers.
            call.request().connection().close();
        } else if (call.get(LET_THROUGH) != null) {
            letJsonThrough(call);
        } else if (PROBES.contains(path)) {
            admitProbe(call);
        } else if (WEBHOOKS.contains(firstSegment)) {
            admitQiscus(call, firstSegment, path, toOperators);
        } else if (rules.simulated() && SIMULATOR.equals(firstSegment) && !toOperators) {
            admitPlayer(call);
        } else if (rules.managementPort() != null && !toOperators) {
            call.fail(404);
        } else {
            admitOperator(call, firstSegment);
        }
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** {@code /webhook} in {@code /webhook/..}. */
    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    /** Every caller may learn the state, but only operators the reasons. */
    private void admitProbe(RoutingContext call) {
        if (!isOperator(call.request())) {
            call.request().params().set("exposureLevel", "oneline");
        }
        call.next();
    }

    private void admitQiscus(RoutingContext call, String webhook, String path, boolean toOperators) {
        if (toOperators) {
            call.fail(404);
        } else if (webhookSecret == null) {
            letJsonThrough(call);
        } else if (webhookSecret.is(path.substring(Math.min(webhook.length() + 1, path.length())))) {
            call.put(LET_THROUGH, true);
            call.reroute(webhook);
        } else {
            call.fail(404);
        }
    }

    private void admitPlayer(RoutingContext call) {
        if (new Caller(call.request()).isForeignPage()) {
            refusePage(call);
        } else {
            call.next();
        }
    }

    private void admitOperator(RoutingContext call, String firstSegment) {
        String operator = operator(call.request());
        if (operator == null) {
            if (operators.isEmpty()) {
                HttpErrors.answer(call, 403, English.say("refusal.only_local"));
            } else {
                call.response().headers().add("WWW-Authenticate", "Basic realm=\"operator\", charset=\"UTF-8\"");
                call.response().headers().add("WWW-Authenticate", "Bearer realm=\"operator\"");
                HttpErrors.answer(call, 401, English.say("refusal.only_operators"));
            }
        } else if (new Caller(call.request()).isForeignPage()) {
            refusePage(call);
        } else if (INSIGHT.equals(firstSegment)) {
            call.next();
        } else {
            // The routes read the operator from here, because no caller can set it.
            call.setUser(User.fromName(operator));
            // The routes find the ids of the path among the headers and the query.
            for (String id : IDS) {
                call.request().headers().remove(id);
                call.queryParams().remove(id);
            }
            letJsonThrough(call);
        }
    }

    /** A form would be written to disk, and a compressed body may grow a thousandfold. */
    private static void letJsonThrough(RoutingContext call) {
        HttpServerRequest request = call.request();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if ((type == null
                        || JSON.matcher(type).matches()
                                && !OTHER_CHARSET.matcher(type).find())
                && (encoding == null || encoding.equals("identity"))) {
            call.next();
        } else {
            call.fail(415);
        }
    }

    private static void refusePage(RoutingContext call) {
        HttpErrors.answer(call, 403, English.say("refusal.other_site"));
    }

    /** For answers that tell operators more. */
    public boolean isOperator(HttpServerRequest request) {
        return operator(request) != null;
    }

    /** The name of the operator who calls; null if the caller is not an operator. */
    private String operator(HttpServerRequest request) {
        Caller caller = new Caller(request);
        if (operators.isEmpty()) {
            return caller.isOnThisMachine() ? UNNAMED : null;
        }
        String given = caller.token();
        return operators.entrySet().stream()
                .filter(each -> each.getValue().is(given))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
