package access;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The sender of a request, as far as the request tells. */
final class Caller {
    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> SENT_BY_PROXIES =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip");

    private final HttpServerRequest request;

    Caller(HttpServerRequest request) {
        this.request = request;
    }

    /** The token of {@code Authorization: Bearer}, or the password of {@code Basic}; empty if there is neither. */
    String token() {
        String authorization = request.getHeader("Authorization");
        String[] schemeAndCredentials = authorization == null ? new String[0] : authorization.split(" +", 2);
        if (schemeAndCredentials.length < 2) {
            return "";
        }
        return switch (schemeAndCredentials[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> schemeAndCredentials[1];
            case "basic" -> password(schemeAndCredentials[1]);
            default -> "";
        };
    }

    private static String password(String credentials) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return userAndPassword.substring(userAndPassword.indexOf(':') + 1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    /**
     * Whether the caller is a program on this machine and not a proxy for others. A proxy sends the caller's address or
     * its own host name, or uses HTTP/1.0, as nginx does by default. A page whose host name was made to point to this
     * machine still sends that name.
     */
    boolean isOnThisMachine() {
        return isLoopback(request.remoteAddress())
                && isLoopbackName(request.getHeader("Host"))
                && request.version() != HttpVersion.HTTP_1_0
                && request.headers().entries().stream()
                        .map(Map.Entry::getKey)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> name.startsWith("x-forwarded") || SENT_BY_PROXIES.contains(name));
    }

    private static boolean isLoopback(SocketAddress peer) {
        return peer != null && isLoopbackAddress(peer.hostAddress());
    }

    private static boolean isLoopbackAddress(String text) {
        InetAddress address = text == null ? null : NetUtil.createInetAddressFromIpAddressString(text);
        return address != null && address.isLoopbackAddress();
    }

    /** @param host the value of the header, possibly with a port */
    private static boolean isLoopbackName(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d*$", "");
        return name.equalsIgnoreCase("localhost") || isLoopbackAddress(name.replaceFirst("^\\[(.*)]$", "$1"));
    }

    /** A browser sends this for the page of another site, possibly with the login of the person at the browser. */
    boolean isForeignPage() {
        if (SAFE_METHODS.contains(request.method())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(request.getHeader("Host"));
    }
}
