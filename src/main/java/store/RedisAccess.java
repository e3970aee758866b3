package store;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;

/**
 * The address of Redis, and its logins.
 *
 * @param nodes the server; or the Sentinels, who know it; or some nodes of the Cluster, which know the others
 * @param master its name among the Sentinels; null without Sentinels
 * @param sentinelLogin the login at the Sentinels
 * @param authorities a PEM file with the certificate authorities to trust; null: those that Java trusts
 * @param byUrl all of it comes from REDIS_URL
 */
public record RedisAccess(
        Kind kind,
        List<HostAndPort> nodes,
        String master,
        Login login,
        Login sentinelLogin,
        int database,
        boolean tls,
        Path authorities,
        boolean byUrl) {

    public enum Kind {
        SERVER,
        SENTINELS,
        CLUSTER
    }

    /** @param user null: the default one; @param password null: none is needed */
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return user == null ? "the default user" : user;
        }
    }

    public static RedisAccess server(String host, int port) {
        Login open = new Login(null, null);
        return new RedisAccess(
                Kind.SERVER, List.of(new HostAndPort(host, port)), null, open, open, 0, false, null, false);
    }

    /**
     * A redis-cli command line, ready for a shell. A password is not in it: the shell variable named like the setting
     * supplies it.
     */
    public String cli(String command) {
        String options =
                tls ? " --tls" + (authorities == null ? "" : " --cacert " + quoted(authorities.toString())) : "";
        String at = " -h " + nodes.get(0).getHost() + " -p " + nodes.get(0).getPort();
        String asUser = options(login, "REDIS_PASSWORD");
        return switch (kind) {
            case SERVER ->
                "redis-cli" + at + options + asUser + (database == 0 ? "" : " -n " + database) + " " + command;
            case SENTINELS ->
                "redis-cli $(redis-cli" + at + options + options(sentinelLogin, "REDIS_SENTINEL_PASSWORD")
                        + " sentinel get-master-addr-by-name " + quoted(master) + " | xargs printf -- '-h %s -p %s')"
                        + options + asUser + " " + command;
            case CLUSTER -> "redis-cli --cluster call " + nodes.get(0) + " " + command + options + asUser;
        };
    }

    private static String options(Login login, String variable) {
        return (login.user() == null ? "" : " --user " + quoted(login.user()))
                + (login.password() == null ? "" : " -a \"$" + variable + "\"");
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** To be used within a sentence. */
    @Override
    public String toString() {
        String where = nodes.stream().map(HostAndPort::toString).collect(Collectors.joining(", "));
        return switch (kind) {
            case SERVER -> "Redis at " + where;
            case SENTINELS -> "Redis behind the Sentinels at " + where;
            case CLUSTER -> "Redis Cluster at " + where;
        };
    }
}
