package settings;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS. Everything but the host may be
 * absent.
 *
 * @param host without the brackets of an IPv6 address
 * @param user null: the default user
 * @param password null: none
 */
record RedisUrl(boolean tls, String user, String password, String host, int port, int database) {
    private static final Pattern FORM = Pattern.compile("(rediss?)://"
            + "(?:(?:([^:@/?#\\s]*):)?([^@/?#\\s]*)@)?"
            + "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?"
            + "(?:/(\\d{1,5})?)?");
    private static final int USUAL_PORT = 6379;

    /** @throws WrongSetting with a message that does not contain the password */
    static RedisUrl of(String url) {
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw malformed();
        }
        String user = decoded(parts.group(2));
        String password = decoded(parts.group(3));
        int port = parts.group(5) == null ? USUAL_PORT : Integer.parseInt(parts.group(5));
        if (port == 0 || port > 65535 || user != null && password == null) {
            throw malformed();
        }
        return new RedisUrl(
                parts.group(1).equals("rediss"),
                user,
                password,
                parts.group(4).replaceAll("[\\[\\]]", ""),
                port,
                parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6)));
    }

    private static String decoded(String text) {
        try {
            return text == null || text.isEmpty() ? null : StringUtils.uriDecode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfAnEscape) {
            throw malformed();
        }
    }

    private static WrongSetting malformed() {
        return new WrongSetting("REDIS_URL must be redis://user:password@host:port/database, or rediss:// for TLS, with"
                + " what is special in the password percent-encoded.");
    }
}
