package qiscus;

/**
 * What stands between us and Qiscus because a network lets nobody out otherwise.
 *
 * @param setting that names it
 * @param user null: it asks for none
 */
public record ForwardProxy(String setting, String host, int port, String user, String password) {

    /** Without the login. */
    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
