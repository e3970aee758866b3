package commands;

import app.Application;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import settings.Settings;
import support.RealRedis;

/** The program as it starts without settings, with its own Redis and its simulated Qiscus. */
class SimulatedProgram implements BeforeAllCallback, AfterAllCallback {
    private final int port = RealRedis.freePort();
    private Application application;
    private Path data;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        data = Files.createTempDirectory("simulated");
        application = new Application(new Settings(Map.of(
                "PORT",
                Integer.toString(port),
                "REDIS_PORT",
                Integer.toString(RealRedis.freePort()),
                "DATA_DIR",
                data.toString())));
        application.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        application.stop();
        FileSystemUtils.deleteRecursively(data);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> send(String method, String path, String appId, String secretKey) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Qiscus-App-Id", appId)
                .header("Qiscus-Secret-Key", secretKey)
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(call, BodyHandlers.ofString());
    }
}
