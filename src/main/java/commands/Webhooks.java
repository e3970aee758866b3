package commands;

import java.net.URI;
import java.util.Map;
import qiscus.Webhook;

/**
 * The addresses at which Qiscus should call us.
 *
 * @param address the public address of this program, without a slash at its end; null if unknown
 * @param secret the last segment of both URLs; null if there is none
 */
record Webhooks(String address, String secret) {
    private static final Map<String, String> PATHS =
            Map.of(Webhook.ALLOCATION, "/webhook", Webhook.RESOLVED, "/resolve");

    /** The webhook as it should be registered. */
    Webhook ours(String kind) {
        return new Webhook(kind, address + path(kind), true);
    }

    /** Without an address only the path is compared, because only our own server knows the secret in it. */
    boolean fits(Webhook found) {
        String url = found.url().replaceAll("/+$", "");
        return address == null
                ? url.endsWith(path(found.kind()))
                : url.equals(ours(found.kind()).url());
    }

    private String path(String kind) {
        return PATHS.get(kind) + (secret == null ? "" : "/" + secret);
    }

    /** A shell command that registers them. */
    String registration() {
        return Commands.LINE + " register --url " + shownAddress();
    }

    private String shownAddress() {
        return address == null ? "https://your.host" : address;
    }

    /** Safe to print. */
    String shown(String kind) {
        return shownAddress() + PATHS.get(kind) + (secret == null ? "" : "/<WEBHOOK_SECRET>");
    }

    /** Makes any URL safe to print. What follows the first segment of its path may be a secret. */
    static String masked(String url) {
        try {
            URI uri = URI.create(url);
            String[] path = uri.getRawPath().split("/", 3);
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + (path.length < 2 ? "" : "/" + path[1])
                    + (path.length < 3 && uri.getRawQuery() == null ? "" : "/...");
        } catch (IllegalArgumentException | NullPointerException odd) {
            return "something that is not a URL";
        }
    }
}
