package store;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConfiguration.WithAuthentication;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration.JedisClientConfigurationBuilder;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPoolConfig;

/**
 * The connections of this program to Redis: to one server, to the master that the Sentinels name, or to a Cluster.
 * Redis may be away, also at the start: then a call gets what Spring Data throws, and the next call tries again. A
 * trouble is reported once when it begins and once when it is over.
 */
public class RedisConnections implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** Each call that finds Redis away tries again, but all calls together no more often than this. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private static final Duration WHILE_FULL = Duration.ofMillis(100);
    private static final Duration AT_THE_DOOR = Duration.ofMillis(300);
    /**
     * The second try goes to the node that the first answer named. After a lost answer it may repeat a command, which
     * the store allows for.
     */
    private static final int TRIES_IN_CLUSTER = 2;

    private final RedisAccess access;
    private final SSLContext trust;
    private final RedisTrouble trouble;
    private final RedisSafety safety;
    private final Source commands;
    private final Source subscriptions;
    private final StringRedisTemplate careful;
    private final RedisAdmission admission;
    private volatile WakeUps wakeUps;

    /**
     * @param most connections at a time, per server
     * @throws IOException if the PEM file with the certificate authorities cannot be read, or has no certificate
     */
    public RedisConnections(RedisAccess access, int most, RedisAdmission.Owner owner) throws IOException {
        this.access = access;
        this.trust = access.authorities() == null ? null : trust(access.authorities());
        this.trouble = new RedisTrouble(access);
        this.safety = new RedisSafety(access);
        this.commands = new Source(most - 1, most - 1);
        // No idle one is kept, because a used subscription may still hold an answer. A Cluster needs another one to ask
        // for its nodes.
        this.subscriptions = new Source(access.kind() == RedisAccess.Kind.CLUSTER ? 2 : 1, 0);
        this.careful = carefully();
        this.admission = new RedisAdmission(
                careful, owner, access, trouble, () -> wakeUps == null ? null : wakeUps.whyRefused());
    }

    /**
     * Reports first of all if Redis cannot be used. Everything else starts and waits for it.
     *
     * @throws UnusableRedis if Redis is there and its keys are not ours
     */
    public void check() {
        try {
            admission.ask();
            trouble.isOver();
            reportSafety();
        } catch (RuntimeException failure) {
            if (failure instanceof UnusableRedis unusable && unusable.isForeign()) {
                throw unusable;
            }
            // The next call tries again.
            understood(failure);
        }
    }

    /** Checks that Redis answers and may be used. Throws what Spring Data throws if not. */
    public void ask() {
        use(() -> {
            admission.ask();
            return null;
        });
    }

    private void reportSafety() {
        try {
            careful.execute((RedisCallback<Void>) connection -> {
                safety.report(connection);
                return null;
            });
        } catch (DataAccessException awayAgain) {
            // This is checked when Redis is back.
        }
    }

    /** For every command but SUBSCRIBE, once Redis may be used. */
    public StringRedisTemplate template() {
        return new StringRedisTemplate(commands) {
            @Override
            public <T> T execute(RedisCallback<T> action, boolean exposeConnection, boolean pipeline) {
                return use(() -> {
                    admission.demand();
                    return careful.execute(action, exposeConnection, pipeline);
                });
            }
        };
    }

    /** To examine a Redis that may be unusable. */
    public RedisFacts facts() {
        return new RedisFacts(careful, admission, trouble);
    }

    /** Messages between instances, over a connection of their own. */
    public synchronized WakeUps wakeUps() {
        if (wakeUps == null) {
            wakeUps = new WakeUps(subscriptions);
        }
        return wakeUps;
    }

    private <T> T use(Supplier<T> commands) {
        try {
            T result = commands.get();
            if (trouble.isOver()) {
                reportSafety();
            }
            return result;
        } catch (RuntimeException failure) {
            throw understood(failure);
        }
    }

    /** A full Redis says so on connect and hangs up. The client usually misses that, because it writes first. */
    private boolean isFull(RuntimeException failure) {
        if (RedisTrouble.isFull(failure)) {
            return true;
        }
        if (!RedisTrouble.hangsUp(failure) || access.kind() != RedisAccess.Kind.SERVER || access.tls()) {
            return false;
        }
        HostAndPort node = access.nodes().get(0);
        try (Socket door = new Socket()) {
            door.connect(new InetSocketAddress(node.getHost(), node.getPort()), (int) TIMEOUT.toMillis());
            door.setSoTimeout((int) AT_THE_DOOR.toMillis());
            return new String(door.getInputStream().readNBytes(100), StandardCharsets.US_ASCII)
                    .contains(RedisTrouble.FULL);
        } catch (IOException silent) {
            return false;
        }
    }

    private RuntimeException understood(RuntimeException failure) {
        RuntimeException understood = failure;
        if (RedisTrouble.isOfTheConnection(failure)) {
            admission.forget();
        } else if (!(failure instanceof UnusableRedis) && RedisTrouble.isOfTheUser(failure)) {
            try {
                admission.doubt();
                admission.demand();
            } catch (RuntimeException whatElseIsRefused) {
                understood = whatElseIsRefused;
            }
        }
        trouble.isThere(understood);
        // The client follows the nodes of a Cluster itself.
        if (access.kind() != RedisAccess.Kind.CLUSTER && RedisTrouble.isOfTheConnection(failure)) {
            commands.leaveServer();
        }
        return trouble.inWords(understood);
    }

    /**
     * A connection on which anything failed is not used again: the next command would read an answer that is not its
     * own.
     */
    private StringRedisTemplate carefully() {
        return new StringRedisTemplate(commands) {
            @Override
            public <T> T execute(RedisCallback<T> action, boolean exposeConnection, boolean pipeline) {
                return super.execute(
                        (RedisCallback<T>) connection -> {
                            try {
                                return action.doInRedis(connection);
                            } catch (RuntimeException | Error failure) {
                                giveUp(connection, failure);
                                throw failure;
                            }
                        },
                        exposeConnection,
                        pipeline);
            }
        };
    }

    private void giveUp(RedisConnection connection, Throwable failure) {
        if (connection.getNativeConnection() instanceof Jedis jedis) {
            jedis.getConnection().setBroken();
        } else if (!RedisTrouble.isAnAnswer(failure) && !RedisTrouble.isAway(failure)) {
            // We do not know which of the Cluster's connections it was.
            commands.leave();
        }
    }

    @Override
    public void close() {
        commands.leave();
        subscriptions.leave();
    }

    /** Connections, opened when the first one is needed. */
    private class Source implements RedisConnectionFactory {
        private final int most;
        private final int kept;

        private volatile JedisConnectionFactory made;
        private long triedAt = System.nanoTime() - BETWEEN_TRIES.toNanos();
        private RuntimeException refused;

        /** @param kept how many idle ones to keep */
        Source(int most, int kept) {
            this.most = most;
            this.kept = kept;
        }

        /** If Redis accepts no more connections, one that is in use may soon become free. */
        @Override
        public RedisConnection getConnection() {
            long until = System.nanoTime() + TIMEOUT.toNanos();
            while (true) {
                try {
                    return factory().getConnection();
                } catch (RuntimeException failure) {
                    if (!isFull(failure)) {
                        throw failure;
                    }
                    if (System.nanoTime() > until) {
                        throw new RedisConnectionFailureException(RedisTrouble.FULL, failure);
                    }
                    LockSupport.parkNanos(WHILE_FULL.toNanos());
                }
            }
        }

        @Override
        public RedisClusterConnection getClusterConnection() {
            return factory().getClusterConnection();
        }

        @Override
        public RedisSentinelConnection getSentinelConnection() {
            return factory().getSentinelConnection();
        }

        @Override
        public boolean getConvertPipelineAndTxResults() {
            return true;
        }

        @Override
        public DataAccessException translateExceptionIfPossible(RuntimeException failure) {
            return factory().translateExceptionIfPossible(failure);
        }

        private JedisConnectionFactory factory() {
            JedisConnectionFactory present = made;
            return present != null ? present : make();
        }

        /** Sentinels and Clusters are asked for their servers at once, so this may fail. */
        private synchronized JedisConnectionFactory make() {
            if (made != null) {
                return made;
            }
            if (refused != null && System.nanoTime() - triedAt < BETWEEN_TRIES.toNanos()) {
                throw new RedisConnectionFailureException(refused.getMessage(), refused);
            }
            try {
                JedisConnectionFactory making = newFactory(client(most, kept));
                making.afterPropertiesSet();
                making.start();
                made = making;
                refused = null;
                return making;
            } catch (RuntimeException failure) {
                refused = failure;
                throw new RedisConnectionFailureException(failure.getMessage(), failure);
            } finally {
                triedAt = System.nanoTime();
            }
        }

        /**
         * After a failover, connections still lead to the old master, which no longer accepts writes. After a restart,
         * each idle connection would fail once more.
         */
        synchronized void leaveServer() {
            if (System.nanoTime() - triedAt > BETWEEN_TRIES.toNanos()) {
                leave();
            }
        }

        synchronized void leave() {
            if (made != null) {
                made.destroy();
                made = null;
            }
        }
    }

    private JedisConnectionFactory newFactory(JedisClientConfiguration client) {
        return switch (access.kind()) {
            case SERVER -> {
                HostAndPort node = access.nodes().get(0);
                RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(node.getHost(), node.getPort());
                server.setDatabase(access.database());
                yield new JedisConnectionFactory(loggedIn(server), client);
            }
            case SENTINELS -> {
                RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration();
                sentinels.master(access.master());
                access.nodes().forEach(node -> sentinels.sentinel(node.getHost(), node.getPort()));
                sentinels.setSentinelUsername(access.sentinelLogin().user());
                sentinels.setSentinelPassword(access.sentinelLogin().password());
                sentinels.setDatabase(access.database());
                yield new JedisConnectionFactory(loggedIn(sentinels), client);
            }
            case CLUSTER -> {
                RedisClusterConfiguration cluster = new RedisClusterConfiguration();
                access.nodes().forEach(node -> cluster.clusterNode(node.getHost(), node.getPort()));
                cluster.setMaxRedirects(TRIES_IN_CLUSTER);
                yield new JedisConnectionFactory(loggedIn(cluster), client);
            }
        };
    }

    private <T extends WithAuthentication> T loggedIn(T servers) {
        servers.setUsername(access.login().user());
        servers.setPassword(access.login().password());
        return servers;
    }

    private JedisClientConfiguration client(int most, int kept) {
        JedisPoolConfig pool = new JedisPoolConfig();
        pool.setMaxTotal(most);
        pool.setMaxIdle(kept);
        pool.setMaxWait(TIMEOUT);
        JedisClientConfigurationBuilder client = JedisClientConfiguration.builder()
                .clientName(EmbeddedRedis.CLIENT_NAME)
                .connectTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .usePooling()
                .poolConfig(pool)
                .and();
        if (access.tls()) {
            SSLParameters verifying = new SSLParameters();
            verifying.setEndpointIdentificationAlgorithm("HTTPS");
            client.useSsl().sslParameters(verifying);
            if (trust != null) {
                client.useSsl().sslSocketFactory(trust.getSocketFactory());
            }
        }
        return client.build();
    }

    private static SSLContext trust(Path authorities) throws IOException {
        try (InputStream pem = Files.newInputStream(authorities)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("no certificate");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + " holds no certificates", e);
        }
    }
}
