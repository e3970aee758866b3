package support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import support.QiscusServer.Fault;

/** The account of {@link FakeQiscus}: its admin, who logs in for a token, and its registered webhooks. */
public class FakeAccount {
    public static final String EMAIL = "admin@example.com";
    public static final String PASSWORD = "p&ss \"word\" of the admin";

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Webhook(String url, boolean enabled) {}

    private final Map<String, Webhook> webhooks = new HashMap<>();
    private final List<String> tokens = new ArrayList<>();
    private int logins;
    private boolean allocationByApi = true;
    private boolean ownAllocation;
    private String appCode = FakeQiscus.APP_ID;
    private String role = "admin";
    private Boolean bot;
    private boolean profileTellsBot = true;

    /** As if someone had registered it in the dashboard. */
    public synchronized void hasWebhook(String kind, String url, boolean enabled) {
        webhooks.put(kind, new Webhook(url, enabled));
    }

    /** The undocumented call does not exist. */
    public synchronized void takesAllocationByHandOnly() {
        allocationByApi = false;
    }

    public synchronized void allocatesItself() {
        ownAllocation = true;
    }

    public synchronized void belongsTo(String otherApp) {
        appCode = otherApp;
    }

    public synchronized void loginIsOf(String otherRole) {
        role = otherRole;
    }

    /** The app's bot; without this call Qiscus does not show it. */
    public synchronized void botIs(boolean on) {
        bot = on;
    }

    public synchronized void tellsOfItsBotAtLoginOnly() {
        profileTellsBot = false;
    }

    private String app(boolean tells) {
        return bot == null || !tells ? "" : ",\"is_bot_enabled\":" + bot;
    }

    /** All tokens that were issued so far. */
    public synchronized void tokensExpire() {
        tokens.clear();
    }

    public synchronized int logins() {
        return logins;
    }

    /** Null if nothing is registered, or if it is disabled. */
    public synchronized String webhook(String kind) {
        Webhook webhook = webhooks.get(kind);
        return webhook == null || !webhook.enabled ? null : webhook.url;
    }

    /** Null if this is not a call about the account. */
    synchronized Fault answer(String method, String path, MultiMap headers, String body) {
        return switch (method + " " + path) {
            case "GET /api/v1/admin/get_profile" -> profile(headers);
            case "POST /api/v1/auth" -> login(json(body));
            case "POST /api/v1/app/webhook/mark_as_resolved" -> register("mark_as_resolved", headers, json(body));
            case "POST /api/v1/app/webhook/agent_allocation" ->
                allocationByApi
                        ? register("agent_allocation", headers, json(body))
                        : Fault.answering(404, "<html>no such page</html>");
            default -> null;
        };
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private Fault profile(MultiMap headers) {
        return FakeQiscus.SECRET.equals(headers.get("Qiscus-Secret-Key"))
                        && FakeQiscus.APP_ID.equals(headers.get("Qiscus-App-Id"))
                ? Fault.answering(
                        200,
                        "{\"data\":{\"id\":1,\"type_as_string\":\"admin\",\"app\":{\"id\":1" + app(profileTellsBot)
                                + "}}}")
                : Fault.answering(401, "{\"errors\":\"Unauthorized\"}");
    }

    private Fault login(JsonNode body) {
        if (!EMAIL.equals(body.path("email").asText())
                || !PASSWORD.equals(body.path("password").asText())) {
            // The worst that a server could do with it.
            return Fault.answering(
                    401,
                    JSON.createObjectNode()
                            .put(
                                    "errors",
                                    "Wrong password " + body.path("password").asText())
                            .toString());
        }
        tokens.add("token-" + ++logins);
        return Fault.answering(200, """
                {"data":{"user":{"id":1,"email":"%s","authentication_token":"token-%d","type_as_string":"%s",\
                "app":{"app_code":"%s","secret_key":"%s",%s,%s,"is_agent_allocation_enabled":%b%s}},\
                "long_lived_token":"<token>","use_2fa":false}}""".formatted(
                        EMAIL,
                        logins,
                        role,
                        appCode,
                        FakeQiscus.SECRET,
                        fields("agent_allocation", "allocate_agent"),
                        fields("mark_as_resolved", "mark_as_resolved"),
                        ownAllocation,
                        app(true)));
    }

    private String fields(String kind, String name) {
        Webhook webhook = webhooks.getOrDefault(kind, new Webhook(null, false));
        return "\"%s_webhook_url\":%s,\"is_%s_webhook_enabled\":%b"
                .formatted(name, webhook.url == null ? null : "\"" + webhook.url + "\"", name, webhook.enabled);
    }

    private Fault register(String kind, MultiMap headers, JsonNode body) {
        if (!tokens.contains(Objects.toString(headers.get("Authorization")))) {
            return Fault.answering(401, "{\"errors\":\"Unauthorized\"}");
        }
        if (!FakeQiscus.APP_ID.equals(headers.get("Qiscus-App-Id"))
                || headers.contains("Qiscus-Secret-Key")
                || !body.path("webhook_url").isTextual()) {
            return Fault.refusing(400, "Bad request");
        }
        webhooks.put(
                kind,
                new Webhook(
                        body.path("webhook_url").asText(),
                        body.path("is_webhook_enabled").asBoolean()));
        return Fault.answering(200, "{\"data\":{}}");
    }
}
