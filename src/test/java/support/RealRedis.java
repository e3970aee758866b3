package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A real redis-server, empty before each test. All tests of this JVM share one, but a test that stops it uses {@link
 * #ofItsOwn}. Register it as a field.
 */
public class RealRedis implements BeforeEachCallback, AutoCloseable {
    static {
        // Before tests run in parallel: while one of them creates the first logger, the others would get substitutes.
        LoggerFactory.getILoggerFactory();
    }

    private static final int FORKS = 10;
    private static final int PORTS = 2_000;
    private static final int FIRST_PORT = 10_000 + PORTS * (Integer.getInteger("fork", 0) % FORKS);
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private static final Server SHARED = new Server();

    /** The one that all tests of this JVM share. */
    public static final RealRedis REDIS = new RealRedis();

    private final Server server;

    public RealRedis() {
        this(SHARED);
    }

    private RealRedis(Server server) {
        this.server = server;
    }

    /**
     * With an append-only file, so that it keeps its data over a restart; it does not run before {@link #start()} or
     * the test.
     */
    public static RealRedis ofItsOwn(String... options) {
        return new RealRedis(new Server(options));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(Namespace.create(this)).getOrComputeIfAbsent(this, started -> this);
        startEmpty();
    }

    public void startEmpty() {
        server.start();
        client().flushAll();
    }

    @Override
    public void close() {
        if (server != SHARED) {
            server.stop();
        }
    }

    public int port() {
        return server.port;
    }

    /** For reading stored state, as with redis-cli. */
    public JedisPooled client() {
        return server.client;
    }

    /** Whether an agent has the room and no assign call for it is under way. */
    public boolean isAssigned(String room) {
        return client().hexists("assigned", room) && !client().hexists("session", room);
    }

    /** The rooms in the line of a channel, the oldest first. */
    public List<String> line(String channel) {
        return client().zrangeByLex("waiting", "[" + channel + ":", "(" + channel + ";").stream()
                .map(place -> place.substring(place.lastIndexOf(':') + 1))
                .toList();
    }

    /** All keys with their values in Redis's own format, without a key that expires meanwhile. */
    public Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        for (String key : client().keys("*")) {
            byte[] value = client().dump(key);
            if (value != null) {
                contents.put(key, Base64.getEncoder().encodeToString(value));
            }
        }
        return contents;
    }

    public void start() {
        server.start();
    }

    /** Like a crash, without closing anything. */
    public void kill() {
        server.kill();
    }

    /** It stops in the middle of its work, and keeps its connections. */
    public void freeze() {
        server.signal("STOP");
    }

    public void thaw() {
        server.signal("CONT");
    }

    /**
     * A port that is free now. It is below the ports that the system uses for outgoing connections, and Maven's forks
     * use separate ranges, so it should still be free a moment later.
     */
    public static int freePort() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static class Server {
        private final int port = freePort();
        private JedisPooled client;
        private final List<String> command = new ArrayList<>();
        private Process process;

        private Server(String... options) {
            try {
                command.addAll(List.of(
                        RedisNode.executable(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--dir",
                        Files.createTempDirectory("redis-for-tests").toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            command.addAll(List.of(options));
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        }

        private synchronized void start() {
            if (process != null) {
                return;
            }
            try {
                process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            client = new JedisPooled("127.0.0.1", port);
            Awaitility.await("redis-server")
                    .atMost(10, TimeUnit.SECONDS)
                    .ignoreExceptionsInstanceOf(JedisException.class)
                    .until(() -> "PONG".equals(client.ping()));
        }

        private synchronized void stop() {
            if (process != null) {
                process.destroy();
                forget();
            }
        }

        private synchronized void kill() {
            process.destroyForcibly();
            forget();
        }

        private synchronized void signal(String name) {
            Signals.send(process, name);
        }

        private void forget() {
            process.onExit().join();
            process = null;
        }
    }
}
