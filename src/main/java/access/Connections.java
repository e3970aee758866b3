package access;

import assignment.English;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Limits what callers may use: connections, memory for bodies, and time. Bodies are counted as they arrive. When a
 * limit is reached, the connection that has kept us waiting longest for its next bytes is closed. So neither ten
 * thousand silent callers nor many slow ones keep out a caller who sends a whole call at once. A call that was sent
 * completely gets its answer.
 */
public class Connections implements Handler<RoutingContext> {

    /**
     * @param connections how many may be open
     * @param bodyBytes how many bytes of bodies may be held at a time
     * @param call how long a call may take to arrive: first its head, from the opening of the connection, then its body
     * @param pause how long to keep a connection open for the next call
     */
    public record Bounds(int connections, long bodyBytes, Duration call, Duration pause) {
        private static final int MOST_CONNECTIONS = 4000;
        private static final long MOST_BODY_BYTES = 64 * 1024 * 1024;

        public static Bounds ofThisProcess(Duration pause) {
            return new Bounds(
                    (int) Math.min(MOST_CONNECTIONS, files() / 2),
                    Math.min(MOST_BODY_BYTES, Runtime.getRuntime().maxMemory() / 8),
                    Duration.ofSeconds(10),
                    pause);
        }

        /** How many connections this process may open; the other half is for Redis, Qiscus and its own files. */
        private static long files() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getMaxFileDescriptorCount()
                    : Integer.MAX_VALUE;
        }
    }

    private static class Peer {
        private final HttpConnection connection;
        private RoutingContext call;
        private volatile boolean gone;
        private boolean sent;
        private boolean answered;
        private long due;
        private long held;

        private Peer(HttpConnection connection) {
            this.connection = connection;
        }
    }

    private final Bounds bounds;
    private final Map<HttpConnection, Peer> peers = new HashMap<>();
    /** Connections that we wait for, those that have kept us waiting longest first. */
    private final Set<Peer> debtors = new LinkedHashSet<>();

    private long held;
    private boolean guarded;

    public Connections(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Closes callers that are too slow, within a second. */
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

    /** From now on the checks before the routes apply. Until then every connection is closed. */
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
        ((ConnectionBase) connection).channel().pipeline().addBefore("handler", "arrivals", new Arrivals(peer));
    }

    /** Counts the parts of a body before they are kept. */
    private class Arrivals extends ChannelInboundHandlerAdapter {
        private final Peer peer;

        private Arrivals(Peer peer) {
            this.peer = peer;
        }

        @Override
        public void channelRead(ChannelHandlerContext channel, Object message) {
            if (!peer.gone
                    && message instanceof HttpContent part
                    && !arrived(peer, part.content().readableBytes())) {
                HttpErrors.answer(peer.call, 503, English.say("refusal.too_much"));
                forget(peer);
            }
            // Closing takes a moment, and more may arrive until then.
            if (peer.gone) {
                ReferenceCountUtil.release(message);
            } else {
                channel.fireChannelRead(message);
            }
        }
    }

    private synchronized void closed(Peer peer) {
        peer.gone = true;
        debtors.remove(peer);
        peers.remove(peer.connection);
        release(peer);
    }

    /** The head of a call has arrived, and the call will be answered. */
    @Override
    public void handle(RoutingContext call) {
        begun(call);
        call.request().end().onComplete(sent -> sent(call));
        call.addEndHandler(answered -> answered(call));
        call.next();
    }

    private synchronized void begun(RoutingContext call) {
        Peer peer = peers.get(call.request().connection());
        if (peer != null) {
            release(peer);
            peer.call = call;
            peer.sent = false;
            peer.answered = false;
            owes(peer, bounds.call());
        }
    }

    /** @return whether there is room for these bytes. Bytes after the answer are discarded and need no room */
    private synchronized boolean arrived(Peer peer, int bytes) {
        if (bytes == 0 || peer.call == null || peer.answered) {
            return true;
        }
        // From here on, all others have kept us waiting longer.
        if (debtors.remove(peer)) {
            debtors.add(peer);
        }
        while (held + bytes > bounds.bodyBytes()) {
            Peer slowest = debtors.stream()
                    .filter(other -> other != peer && other.held > 0)
                    .findFirst()
                    .orElse(null);
            if (!forget(slowest)) {
                return false;
            }
        }
        peer.held += bytes;
        held += bytes;
        return true;
    }

    /** The whole call has arrived; it may be answered already. */
    private synchronized void sent(RoutingContext call) {
        Peer peer = peers.get(call.request().connection());
        if (peer != null && peer.call == call) {
            peer.sent = true;
            settle(peer);
        }
    }

    private synchronized void answered(RoutingContext call) {
        Peer peer = peers.get(call.request().connection());
        if (peer != null && peer.call == call) {
            peer.answered = true;
            settle(peer);
        }
    }

    /** A body counts until its end, even if its call was refused before. */
    private void settle(Peer peer) {
        if (peer.sent && peer.answered) {
            release(peer);
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

    private synchronized boolean forget(Peer peer) {
        if (peer == null) {
            return false;
        }
        closed(peer);
        peer.connection.close();
        return true;
    }

    private void release(Peer peer) {
        held -= peer.held;
        peer.held = 0;
    }

    private static Peer first(Set<Peer> peers) {
        return peers.isEmpty() ? null : peers.iterator().next();
    }
}
