package wallboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The page and what belongs to it, from the jar. Not Vert.x's StaticHandler: that one looks into the working directory
 * before it looks into the jar.
 */
class WebFiles {
    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/wallboard/wallboard.css", "wallboard.css",
            "/wallboard/wallboard.js", "wallboard.js",
            "/wallboard/theme.js", "theme.js");
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8");

    /** Nothing from elsewhere, nothing inline: a name that somebody chose cannot become a script. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static void install(Router router) {
        FILES.forEach((path, file) -> {
            Buffer content = Buffer.buffer(read(file));
            String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
            String tag = tag(content);
            router.get(path).handler(context -> send(context, content, type, tag));
        });
    }

    private static void send(RoutingContext context, Buffer content, String type, String tag) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            context.response().setStatusCode(304).end();
        } else {
            context.response().end(content);
        }
    }

    private static String tag(Buffer content) {
        CRC32 sum = new CRC32();
        sum.update(content.getBytes());
        return "\"" + Long.toHexString(sum.getValue()) + "-" + content.length() + "\"";
    }

    private static byte[] read(String file) {
        try (InputStream in = WebFiles.class.getResourceAsStream("/web/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebFiles() {}
}
