package store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisExecProvider;

/**
 * A real redis-server, unpacked from a jar, for a first run without an installation. It writes every change to disk
 * before it answers. It runs as a process of its own, so Ctrl-C stops only this program, which can still store what is
 * under way. If this program is killed, the server keeps running and the next start uses it.
 */
public class EmbeddedRedis implements AutoCloseable {
    /** Distinguishes the connections of this process from those of another instance. */
    public static final String CLIENT_NAME =
            "qiscus-agent-assignment-" + ProcessHandle.current().pid();

    private static final int TRIES = 100;

    private final int port;

    private EmbeddedRedis(int port) {
        this.port = port;
    }

    /** @throws IOException if it does not start, or if another program uses the port */
    public static EmbeddedRedis start(int port, Path data) throws IOException, InterruptedException {
        String directory = Files.createDirectories(data).toRealPath().toString();
        String running = directoryOfServerAt(port);
        if (running == null) {
            launch(port, directory);
        } else if (!running.equals(directory)) {
            throw new IOException("another redis-server answers at port " + port);
        }
        return new EmbeddedRedis(port);
    }

    private static void launch(int port, String directory) throws IOException, InterruptedException {
        File log = new File(directory, "redis.log");
        Process launcher = new ProcessBuilder(
                        RedisExecProvider.defaultProvider().get().getPath(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        directory,
                        "--logfile",
                        log.getPath(),
                        "--daemonize",
                        "yes",
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean launched = launcher.waitFor(10, TimeUnit.SECONDS) && launcher.exitValue() == 0;
        for (int i = 0; launched && i < TRIES; i++) {
            if (directory.equals(directoryOfServerAt(port))) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("redis-server gave up, see " + log);
    }

    /** Null if no server answers there, or if it is still loading. */
    private static String directoryOfServerAt(int port) throws IOException {
        try (Jedis jedis = connect(port)) {
            return jedis.configGet("dir").get("dir");
        } catch (JedisConnectionException absent) {
            return null;
        } catch (JedisException other) {
            if (String.valueOf(other.getMessage()).startsWith("LOADING")) {
                return null;
            }
            throw new IOException("something else answers at port " + port, other);
        }
    }

    private static Jedis connect(int port) {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().timeoutMillis(1000).build());
    }

    /** Stops the server, unless another instance of this program uses it too. */
    @Override
    public void close() {
        try (Jedis jedis = connect(port)) {
            String own = "name=" + CLIENT_NAME + " ";
            if (jedis.clientList()
                            .lines()
                            .filter(client -> !client.contains(own))
                            .count()
                    == 1) {
                jedis.shutdown();
            }
        } catch (JedisException gone) {
            // The server closes the connection as it stops.
        }
    }
}
