package qiscus;

import assignment.ForeignCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Tells webhooks of our app from webhooks of other apps, whose rooms we cannot open. */
public class OwnApp {

    /** A webhook that may name its app. Older forms of the resolve webhook do not. */
    public interface Call {
        JsonNode appId();

        JsonNode appCode();
    }

    private final String appId;

    /** @param appId the id of our app */
    public OwnApp(String appId) {
        this.appId = appId;
    }

    /**
     * Accepts a call of our app. The case of letters is ignored: people may have typed the id in another case, and no
     * two ids differ in case only.
     *
     * @param call may be null
     * @throws ForeignCall if it names another app
     */
    public Call demand(Call call) {
        if (call != null
                && Stream.of(text(call.appId()), text(call.appCode()))
                        .anyMatch(named -> !named.isEmpty() && !named.equalsIgnoreCase(appId))) {
            throw new ForeignCall();
        }
        return call;
    }

    private static String text(JsonNode id) {
        return id == null || id.isNull() ? "" : id.asText().strip();
    }
}
