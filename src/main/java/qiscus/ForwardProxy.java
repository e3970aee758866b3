package qiscus;

/**
 * The proxy between us and Qiscus, in a network that allows no direct connection.
 *
 * @param setting the name of the setting that it comes from
 * @param user null if the proxy needs no login
 */
public record ForwardProxy(String setting, String host, int port, String user, String password) {

    /** Without the login. */
    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
