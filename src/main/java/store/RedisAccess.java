package store;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is, and how to be let in.
 *
 * @param nodes the server; or the Sentinels, who know it; or some nodes of the Cluster, who know the others
 * @param master what the Sentinels call it; null without them
 * @param sentinelLogin at the Sentinels
 * @param authorities a PEM file with the authorities to trust; null: those that Java trusts
 * @param byUrl whether all of it was said by REDIS_URL
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

    /** A command for a shell, up to what Redis is to do. A password is left to the shell's variable of the same name. */
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

    /** As a part of a sentence. */
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
