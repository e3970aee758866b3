package wallboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Serves the page and its files from the jar: the folder {@code web}, and the libraries of the page. Vert.x's
 * StaticHandler would look into the working directory before the jar.
 */
class WebFiles {
    private static final String PAGE = "index.html";
    private static final String WORDS = ".json";
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8");

    /** Nothing from other sites, nothing inline: a customer's name cannot become a script. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static void install(Router router) {
        for (String file : folder()) {
            byte[] content = read("/web/" + file);
            if (file.endsWith(WORDS)) {
                serve(router, "/wallboard/" + file.replace(WORDS, ".js"), module(content));
            } else {
                serve(router, file.equals(PAGE) ? "/" : "/wallboard/" + file, content);
            }
        }
        serve(router, "/wallboard/preact.js", library("org.webjars.npm", "preact", "webjars", "preact.module.js"));
        serve(router, "/wallboard/htm.js", library("org.mvnpm", "htm", "_static", "htm.module.js"));
    }

    /** For browsers that cannot import JSON. */
    private static byte[] module(byte[] json) {
        return ("export default " + new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static void serve(Router router, String path, byte[] bytes) {
        Buffer content = Buffer.buffer(bytes);
        String type = path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + bytes.length + "\"";
        router.get(path).handler(context -> send(context, content, TYPES.get(type), tag));
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

    /** The names of the folder's files. A file system for the jar would read its directory again: 50 ms per start. */
    private static List<String> folder() {
        URL page = WebFiles.class.getResource("/web/" + PAGE);
        try {
            if (page.openConnection() instanceof JarURLConnection jar) {
                String folder = jar.getEntryName().replace(PAGE, "");
                return jar.getJarFile().stream()
                        .filter(entry -> entry.getName().startsWith(folder) && !entry.isDirectory())
                        .map(entry -> entry.getName().substring(folder.length()))
                        .toList();
            }
            try (Stream<Path> files =
                    Files.list(Path.of(URI.create(page.toString())).getParent())) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A library's module. In its jar it is in a folder named after its version, which is in its {@code pom.properties}.
     */
    private static byte[] library(String group, String name, String folder, String module) {
        Properties pom = new Properties();
        try (InputStream in = open("/META-INF/maven/" + group + "/" + name + "/pom.properties")) {
            pom.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(
                "/META-INF/resources/" + folder + "/" + name + "/" + pom.getProperty("version") + "/dist/" + module);
    }

    private static byte[] read(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) throws IOException {
        return WebFiles.class.getResource(file).openStream();
    }

    private WebFiles() {}
}
