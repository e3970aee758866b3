package support;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisExecProvider;

/** A real redis-server for the tests of this JVM, empty before each test. Register it as a static field. */
public class RealRedis implements BeforeEachCallback {
    private static Server server;

    @Override
    public synchronized void beforeEach(ExtensionContext context) throws Exception {
        client().flushAll();
    }

    public int port() {
        return server().port;
    }

    /** To look at what is stored, as redis-cli does. */
    public JedisPooled client() {
        return server().client;
    }

    private static synchronized Server server() {
        if (server == null) {
            server = new Server();
        }
        return server;
    }

    /** A port that nobody uses at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class Server {
        private final int port = freePort();
        private final JedisPooled client = new JedisPooled("127.0.0.1", port);

        private Server() {
            try {
                Path directory = Files.createTempDirectory("redis-for-tests");
                Process process = new ProcessBuilder(RedisExecProvider.defaultProvider().get().getPath(),
                        "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "",
                        "--dir", directory.toString()).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
                Awaitility.await("redis-server").atMost(10, TimeUnit.SECONDS).ignoreException(JedisException.class)
                        .until(() -> "PONG".equals(client.ping()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
