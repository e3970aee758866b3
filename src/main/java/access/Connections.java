package access;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds what callers hold of us: connections, the memory of bodies, and time. Where there is no room for a new one,
 * that one goes which has kept us waiting for its next bytes longest; so neither ten thousand that send nothing nor
 * many that send slowly keep anybody out who sends his call at once. Whoever sent a whole call gets his answer.
 */
public class Connections implements Handler<RoutingContext> {

    /**
     * @param connections at most so many are open
     * @param bodyBytes at most so much is held of bodies at a time
     * @param largestBody what a body of unknown length is counted as
     * @param call how long a call may take to be sent: its head from the beginning of the connection, then its body
     * @param pause how long a connection may be kept for a next call
     */
    public record Bounds(int connections, long bodyBytes, long largestBody, Duration call, Duration pause) {
        private static final int MOST_CONNECTIONS = 4000;
        private static final long MOST_BODY_BYTES = 64 * 1024 * 1024;
        private static final long LARGEST_BODY = 1024 * 1024;

        /** A proxy keeps its connections for a minute, so ours is the longer pause. */
        public static Bounds ofThisProcess() {
            return new Bounds(
                    (int) Math.min(MOST_CONNECTIONS, files() / 2),
                    Math.min(MOST_BODY_BYTES, Runtime.getRuntime().maxMemory() / 8),
                    LARGEST_BODY,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75));
        }

        /** How many this process may have open; the other half is for Redis, Qiscus and itself. */
        private static long files() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getMaxFileDescriptorCount()
                    : Integer.MAX_VALUE;
        }
    }

    private static class Peer {
        private final HttpConnection connection;
        private HttpServerRequest request;
        private boolean sent;
        private boolean answered;
        private long due;
        private long reserved;

        private Peer(HttpConnection connection) {
            this.connection = connection;
        }
    }

    private final Bounds bounds;
    private final Map<HttpConnection, Peer> peers = new HashMap<>();
    /** Those that owe us bytes, whoever owes them longest first. */
    private final Set<Peer> debtors = new LinkedHashSet<>();

    private long reserved;
    private boolean guarded;

    public Connections(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Those who are too slow go, within a second. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(1000, timer -> overdue().forEach(HttpConnection::close));
    }

    private synchronized List<HttpConnection> overdue() {
        long now = System.nanoTime();
        return debtors.stream()
                .filter(peer -> now - peer.due > 0)
                .map(peer -> peer.connection)
                .toList();
    }

    /** From now on whoever calls meets all that stands before the routes. Before that nobody is let in. */
    synchronized void areGuarded() {
        guarded = true;
    }

    /** A connection was opened. */
    synchronized void opened(HttpConnection connection) {
        if (!guarded || peers.size() >= bounds.connections() && !forget(first(debtors))) {
            connection.close();
            return;
        }
        Peer peer = new Peer(connection);
        peers.put(connection, peer);
        owes(peer, bounds.call());
        connection.closeHandler(closed -> closed(peer));
    }

    private synchronized void closed(Peer peer) {
        debtors.remove(peer);
        peers.remove(peer.connection);
        release(peer);
    }

    /** The head of a call is there that somebody will answer. */
    @Override
    public void handle(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (!reserve(request)) {
            HttpErrors.answer(call, 503, "Too much is being sent at present, please send it again.");
            return;
        }
        request.end().onComplete(sent -> sent(request));
        call.addEndHandler(answered -> answered(request));
        call.next();
    }

    private synchronized boolean reserve(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer == null) {
            return true; // it is being closed
        }
        long size = size(request);
        Iterator<Peer> others = List.copyOf(debtors).iterator();
        while (size > 0 && reserved + size > bounds.bodyBytes()) {
            if (!others.hasNext()) {
                return false;
            }
            Peer other = others.next();
            if (other != peer && other.reserved > 0) {
                forget(other);
            }
        }
        release(peer);
        peer.request = request;
        peer.sent = false;
        peer.answered = false;
        peer.reserved = size;
        reserved += size;
        owes(peer, bounds.call());
        return true;
    }

    private long size(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return bounds.largestBody();
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // A larger one is refused before it is read.
        return length == null ? 0 : Math.min(Long.parseLong(length), bounds.largestBody());
    }

    /** The whole call is there; it may be answered already. */
    private synchronized void sent(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer != null && peer.request == request) {
            peer.sent = true;
            settle(peer);
        }
    }

    private synchronized void answered(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer != null && peer.request == request) {
            release(peer);
            peer.answered = true;
            settle(peer);
        }
    }

    private void settle(Peer peer) {
        if (peer.sent && peer.answered) {
            owes(peer, bounds.pause());
        } else if (peer.sent) {
            debtors.remove(peer);
        }
    }

    private void owes(Peer peer, Duration within) {
        debtors.remove(peer);
        debtors.add(peer);
        peer.due = System.nanoTime() + within.toNanos();
    }

    private boolean forget(Peer peer) {
        if (peer == null) {
            return false;
        }
        closed(peer);
        peer.connection.close();
        return true;
    }

    private void release(Peer peer) {
        reserved -= peer.reserved;
        peer.reserved = 0;
    }

    private static Peer first(Set<Peer> peers) {
        return peers.isEmpty() ? null : peers.iterator().next();
    }
}
