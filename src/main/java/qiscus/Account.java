package qiscus;

import assignment.English;
import assignment.QiscusFault;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The part of Qiscus's answer to a login that we use.
 *
 * @param token acts for the admin until it expires; never logged
 * @param appCode of the app that the login belongs to; null if Qiscus did not say
 * @param admin may change the app's settings
 * @param ownAllocation Qiscus itself assigns customers to agents
 */
public record Account(
        String token, String appCode, boolean admin, boolean ownAllocation, Webhook allocation, Webhook resolved) {

    /** The form of a login request. */
    public record Login(String email, String password) {

        /** The generated toString would print the password. */
        @Override
        public String toString() {
            return "a login";
        }
    }

    @Override
    public String toString() {
        return "the account of " + appCode;
    }

    /** Bound as a bean: the methods that routes call. */
    public static class Reader {

        /** @throws QiscusFault if the answer has no token, as when the login needs a second factor */
        public Account account(JsonNode answer) {
            JsonNode user = answer == null ? null : answer.path("data").path("user");
            String token = user == null ? "" : user.path("authentication_token").asText("");
            if (token.isEmpty()) {
                throw new QiscusFault(200, English.say("reason.no_token"), null);
            }
            JsonNode app = user.path("app");
            return new Account(
                    token,
                    app.path("app_code").asText(null),
                    "admin".equals(user.path("type_as_string").asText("admin")),
                    app.path("is_agent_allocation_enabled").asBoolean(false),
                    webhook(Webhook.ALLOCATION, app, "allocate_agent"),
                    webhook(Webhook.RESOLVED, app, "mark_as_resolved"));
        }

        private static Webhook webhook(String kind, JsonNode app, String name) {
            String url = app.path(name + "_webhook_url").asText("");
            return new Webhook(
                    kind,
                    url.isBlank() ? null : url,
                    app.path("is_" + name + "_webhook_enabled").asBoolean(false));
        }
    }
}
