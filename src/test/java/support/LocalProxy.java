package support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import javax.net.ssl.SSLContext;

/**
 * A forward proxy. It passes requests on, and opens tunnels. At the end of a tunnel it acts as the TLS server, so that
 * it sees what is sent there.
 */
public class LocalProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> tunnelled = new CopyOnWriteArrayList<>();
    private final int target;
    private final SSLContext tls;
    private volatile String refusal;

    /**
     * @param target where everything is forwarded to
     * @param tls with the key of the far end of a tunnel; null if there are none
     */
    public LocalProxy(int target, SSLContext tls) throws IOException {
        this.target = target;
        this.tls = tls;
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** @param status and reason of every answer from now on; null: nothing is refused */
    public void refuses(String status) {
        refusal = status;
    }

    /** The heads of the requests to the proxy itself. */
    public List<String> heads() {
        return heads;
    }

    /** The heads of the requests through tunnels. */
    public List<String> tunnelled() {
        return tunnelled;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            heads.add(head);
            if (refusal != null) {
                send(client, "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            } else if (head.startsWith("CONNECT ")) {
                send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                try (Socket inside = tls.getSocketFactory().createSocket(client, (InputStream) null, true)) {
                    String request = head(inside.getInputStream());
                    if (!request.isEmpty()) {
                        tunnelled.add(request);
                        handOn(request, inside);
                    }
                }
            } else {
                URI url = URI.create(head.split(" ")[1]);
                handOn(
                        head.replaceFirst(
                                " \\S+",
                                " "
                                        + Matcher.quoteReplacement(url.getRawPath()
                                                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()))),
                        client);
            }
        } catch (IOException broken) {
            // The client went, or the server did.
        }
    }

    /** One request on its own connection, with any form of body. */
    private void handOn(String head, Socket client) throws IOException {
        try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), target)) {
            send(origin, single(head));
            threads.execute(() -> pass(client, origin));
            send(client, single(head(origin.getInputStream())));
            pass(origin, client);
        }
    }

    private static String single(String head) {
        return head.replaceFirst("(?im)^connection:.*\r\n", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // The other direction is over.
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
