package qiscus;

import assignment.ForeignCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Tells the webhooks of our app from those of others, whose rooms our credentials do not open. */
public class OwnApp {

    /** A webhook names its app, or does not: the older forms of the resolve webhook name none. */
    public interface Call {
        JsonNode appId();

        JsonNode appCode();
    }

    private final String appId;

    /** @param appId that Qiscus knows us by */
    public OwnApp(String appId) {
        this.appId = appId;
    }

    /**
     * Lets a call of our app pass. No two apps differ in upper and lower case only, but what people type does.
     *
     * @param call null passes too
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
