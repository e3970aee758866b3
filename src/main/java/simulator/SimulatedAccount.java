package simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The account of the simulated Qiscus. It refuses wrong keys, accepts its admin's login, and remembers registered
 * webhooks, so that the commands check and register can be rehearsed. The simulator does not call the registered
 * addresses. All methods are thread-safe.
 */
public class SimulatedAccount {
    /** The app's code, its secret key, and the password of its admins. */
    private static final String KEY = "simulator";

    private static final String EMAIL = "admin@example.com";

    /** The kind of a webhook in the path of Qiscus's API, to its name in the account. */
    private static final Map<String, String> KINDS =
            new TreeMap<>(Map.of("agent_allocation", "allocate_agent", "mark_as_resolved", "mark_as_resolved"));

    /** A registered webhook. */
    record Registered(String url, boolean enabled) {}

    private final Map<String, Registered> webhooks = new TreeMap<>();
    private final Set<String> tokens = new HashSet<>();

    /** The refusal of a call with these keys; null if they are right. */
    public Answer refusal(String appId, String secretKey) {
        return KEY.equals(appId) && KEY.equals(secretKey) ? null : Answer.unauthorized();
    }

    public Answer profile() {
        return Answer.ok(Map.of("id", 1, "name", "Admin", "email", EMAIL, "type_as_string", "admin"), Map.of());
    }

    public synchronized Answer login(JsonNode login) {
        String email = login == null ? "" : login.path("email").asText();
        if (email.isBlank() || !KEY.equals(login.path("password").asText())) {
            return Answer.unauthorized();
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        Map<String, Object> app = new LinkedHashMap<>();
        app.put("app_code", KEY);
        app.put("is_agent_allocation_enabled", false);
        KINDS.forEach((kind, name) -> {
            Registered webhook = webhooks.get(kind);
            app.put(name + "_webhook_url", webhook == null ? null : webhook.url());
            app.put("is_" + name + "_webhook_enabled", webhook != null && webhook.enabled());
        });
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", 1);
        user.put("name", "Admin");
        user.put("email", email);
        user.put("authentication_token", token);
        user.put("type_as_string", "admin");
        user.put("app", app);
        return new Answer(200, Map.of("data", Map.of("user", user)));
    }

    public synchronized Answer register(String kind, String appId, String token, JsonNode webhook) {
        if (!KEY.equals(appId) || !tokens.contains(Objects.toString(token))) {
            return Answer.unauthorized();
        }
        if (!KINDS.containsKey(kind)) {
            return Answer.error(404, "Not found");
        }
        if (webhook == null || !webhook.path("webhook_url").isTextual()) {
            return Answer.error(400, "webhook_url is missing");
        }
        Registered registered = new Registered(
                webhook.path("webhook_url").asText(),
                webhook.path("is_webhook_enabled").asBoolean());
        webhooks.put(kind, registered);
        return Answer.ok(Map.of("webhook_url", registered.url(), "is_webhook_enabled", registered.enabled()), Map.of());
    }

    synchronized Map<String, Registered> webhooks() {
        return Map.copyOf(webhooks);
    }

    synchronized void restore(Map<String, Registered> saved) {
        webhooks.putAll(saved);
    }
}
