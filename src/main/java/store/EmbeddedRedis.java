package store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.RedisServer;

/**
 * A real redis-server, unpacked from a jar, for a first run without an installation. It writes every change to disk
 * before it answers. If this program was killed its server may still run: then that one is used.
 */
public class EmbeddedRedis implements AutoCloseable {
    private final RedisServer server;

    private EmbeddedRedis(RedisServer server) {
        this.server = server;
    }

    /**
     * @throws IOException if the directory cannot be made, or the port is taken by something else
     */
    public static EmbeddedRedis start(int port, Path data) throws IOException {
        Path directory = Files.createDirectories(data).toRealPath();
        String running = directoryOfServerAt(port);
        if (running != null) {
            if (!running.equals(directory.toString())) {
                throw new IOException("another redis-server answers at port " + port);
            }
            return new EmbeddedRedis(null);
        }
        RedisServer server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir \"" + directory + "\"")
                .setting("appendonly yes")
                .setting("appendfsync always")
                .setting("save \"\"")
                .build();
        server.start();
        return new EmbeddedRedis(server);
    }

    /** Null if nothing answers there. */
    private static String directoryOfServerAt(int port) throws IOException {
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().timeoutMillis(1000).build())) {
            return jedis.configGet("dir").get("dir");
        } catch (JedisConnectionException nobody) {
            return null;
        } catch (RuntimeException somethingElse) {
            throw new IOException("something else answers at port " + port, somethingElse);
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.stop();
        }
    }
}
