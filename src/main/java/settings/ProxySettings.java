package settings;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import qiscus.ForwardProxy;

/** The forward proxy to Qiscus, under the names that most programs read. */
final class ProxySettings {

    private ProxySettings() {}

    /**
     * @param url of Qiscus
     * @return null if Qiscus is called directly
     * @throws WrongSetting if the proxy cannot be used
     */
    static ForwardProxy settle(Map<Setting, String> values, String url) {
        URI qiscus = URI.create(url);
        boolean tls = "https".equalsIgnoreCase(qiscus.getScheme());
        Setting setting = tls ? Setting.HTTPS_PROXY : Setting.HTTP_PROXY;
        String proxy = values.get(setting);
        int port = qiscus.getPort() > 0 ? qiscus.getPort() : tls ? 443 : 80;
        return proxy == null || isExempt(values.getOrDefault(Setting.NO_PROXY, ""), unbracketed(qiscus), port)
                ? null
                : parse(setting, proxy);
    }

    private static ForwardProxy parse(Setting setting, String value) {
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            String path = proxy.getRawPath();
            if (!"http".equalsIgnoreCase(proxy.getScheme())
                    || proxy.getHost() == null
                    || proxy.getPort() > 65535
                    || !(path.isEmpty() || path.equals("/"))
                    || proxy.getRawQuery() != null) {
                throw unusable(setting);
            }
            String[] login = proxy.getRawUserInfo() == null
                    ? new String[] {null, null}
                    : (proxy.getRawUserInfo() + ":").split(":", 3);
            return new ForwardProxy(
                    setting.name(),
                    unbracketed(proxy),
                    proxy.getPort() > 0 ? proxy.getPort() : 80,
                    decoded(login[0]),
                    decoded(login[1]));
        } catch (IllegalArgumentException malformed) {
            throw unusable(setting);
        }
    }

    /** The value is not quoted, because it may contain a password. */
    private static WrongSetting unusable(Setting setting) {
        return new WrongSetting(
                setting
                        + " must be like http://host:port or http://user:password@host:port, with %40 for an @ in the password.");
    }

    private static String decoded(String text) {
        // Here a plus is not a blank.
        return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String unbracketed(URI url) {
        return url.getHost().replaceFirst("^\\[(.*)]$", "$1");
    }

    /** Hosts, domains with their subdomains, addresses and subnets, each possibly with a port; {@code *} means all. */
    private static boolean isExempt(String hosts, String host, int port) {
        return Stream.of(hosts.split("[,\\s]+"))
                .filter(exempt -> !exempt.isEmpty())
                .anyMatch(exempt -> covers(exempt.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT), port));
    }

    private static boolean covers(String exempt, String host, int port) {
        if (exempt.equals("*")) {
            return true;
        }
        if (exempt.contains("/")) {
            return coversAddress(exempt, host);
        }
        String name = exempt.replaceFirst("^\\[(.*)](:\\d+)?$", "$1$2");
        String withPort = ":" + port;
        if (name.endsWith(withPort) && !name.equals(host)) {
            name = name.substring(0, name.length() - withPort.length());
        }
        String domain = name.replaceFirst("^\\*?\\.", "");
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean coversAddress(String subnet, String host) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        try {
            return address != null
                    && new IpSubnetFilterRule(subnet, IpFilterRuleType.ACCEPT)
                            .matches(new InetSocketAddress(address, 0));
        } catch (IllegalArgumentException noSubnet) {
            return false;
        }
    }
}
