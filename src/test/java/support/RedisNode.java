package support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisExecProvider;

/** One redis-server of several: a replica, a Sentinel, a part of a Cluster. It ends with this JVM at the latest. */
public class RedisNode implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static String executable;

    private final int port = RealRedis.freePort();
    private final Path directory;
    private final List<String> command = new ArrayList<>();
    private Process process;

    private RedisNode() {
        try {
            directory = Files.createTempDirectory("redis-for-tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(List.of(executable()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    public static RedisNode launch(String... options) {
        RedisNode node = new RedisNode();
        node.command.addAll(List.of("--port", Integer.toString(node.port), "--bind", HOST));
        node.command.addAll(List.of("--save", "", "--appendonly", "yes"));
        node.command.addAll(List.of(options));
        node.start();
        return node;
    }

    /** Two of three Sentinels give up a master that has not answered for half a second. */
    public static RedisNode launchSentinel(String name, RedisNode master, String... lines) {
        RedisNode node = new RedisNode();
        Path settings = node.directory.resolve("sentinel.conf");
        try {
            Files.writeString(settings, """
                    port %d
                    bind 127.0.0.1
                    sentinel monitor %s 127.0.0.1 %d 2
                    sentinel down-after-milliseconds %2$s 500
                    sentinel failover-timeout %2$s 5000
                    """.formatted(node.port, name, master.port) + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.command.addAll(List.of(settings.toString(), "--sentinel"));
        node.start();
        return node;
    }

    /** The redis-server of the program, unless {@code -Dredis.server=/usr/bin/valkey-server} names another one. */
    static synchronized String executable() {
        if (executable == null) {
            executable = System.getProperty("redis.server");
        }
        if (executable == null) {
            try {
                executable = RedisExecProvider.defaultProvider().get().getPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return executable;
    }

    /**
     * Starts it again with its data on disk. While it was down, an outgoing connection may have used its port for a
     * moment.
     */
    public synchronized void start() {
        launch();
        Awaitility.await("redis-server")
                .atMost(30, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(JedisException.class)
                .until(() -> {
                    if (!process.isAlive()) {
                        launch();
                    }
                    return "PONG".equals(ask(Jedis::ping));
                });
    }

    private void launch() {
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like a crash, without closing anything. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Commands of a test. */
    public <T> T ask(Function<Jedis, T> question) {
        try (Jedis jedis = new Jedis(
                new HostAndPort(HOST, port),
                DefaultJedisClientConfig.builder().timeoutMillis(5000).build())) {
            return question.apply(jedis);
        }
    }

    /** A user with the rights that docs/redis.md recommends. */
    public void admit(String user, String password, String prefix, String... more) {
        List<String> rules = new ArrayList<>(List.of("on", ">" + password, "~" + prefix + "*", "&" + prefix + "*"));
        rules.addAll(List.of("+@connection", "+@read", "+@write", "+@pubsub", "+@scripting", "+time"));
        rules.addAll(List.of("-@dangerous", "+info"));
        rules.addAll(List.of(more));
        ask(node -> node.aclSetUser(user, rules.toArray(String[]::new)));
    }

    public int port() {
        return port;
    }

    public String address() {
        return HOST + ":" + port;
    }
}
