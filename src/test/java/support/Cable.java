package support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A connection to a server on this machine that can be led to another server, like a name or an address after a
 * failover, or that delivers nothing for a while, like a network that drops packets.
 */
public class Cable implements AutoCloseable {
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int port;
    private volatile boolean holdsRequests;
    private volatile boolean holdsAnswers;
    private volatile boolean holding;
    private volatile String awaited;

    public Cable(int port) throws IOException {
        this.port = port;
        entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** New connections arrive there; existing ones stay. */
    public void leadsTo(int port) {
        this.port = port;
    }

    /** Nothing comes through any more, and neither end is told. */
    public void goesDead() {
        swallowsRequests();
        swallowsAnswers();
    }

    public void comesAlive() {
        holdsRequests = false;
        holdsAnswers = false;
    }

    public void swallowsRequests() {
        holdsRequests = true;
    }

    public void swallowsAnswers() {
        holdsAnswers = true;
    }

    /** From the first request with this text on; that request itself still comes through. */
    public void swallowsAnswersTo(String text) {
        awaited = text;
    }

    /** Whether something was sent that did not come through. */
    public boolean isHolding() {
        return holding;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket caller = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(caller);
                open.add(server);
                start(() -> carry(caller, server, this::holdsRequest));
                start(() -> carry(server, caller, answer -> holdsAnswers));
            } catch (IOException closedOrNobodyThere) {
                // The caller finds out.
            }
        }
    }

    private boolean holdsRequest(String request) {
        String text = awaited;
        if (text != null && request.contains(text)) {
            awaited = null;
            swallowsAnswers();
        }
        return holdsRequests;
    }

    private void carry(Socket from, Socket to, Predicate<String> swallowed) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                String part = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
                while (swallowed.test(part)) {
                    holding = true;
                    if (entrance.isClosed()) {
                        return;
                    }
                    LockSupport.parkNanos(10_000_000);
                }
                out.write(bytes, 0, n);
            }
        } catch (IOException closed) {
            // Both ends are closed now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }
}
