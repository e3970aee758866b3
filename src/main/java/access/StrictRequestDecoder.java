package access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * Refuses what a proxy in front may have read differently: then the body of one caller could be the request of the next
 * ("request smuggling"). Netty corrects some of it silently. Nothing that comes after such a head is read.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Before the first byte of the connection is read. */
    static void readsFrom(HttpConnection connection, HttpServerOptions options) {
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .replace(VertxHttpRequestDecoder.class, "httpDecoder", new StrictRequestDecoder(options));
    }

    /** Asked once when all headers are there; an exception makes the message an invalid one. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        HttpHeaders headers = message.headers();
        List<String> transferEncodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunked = !transferEncodings.isEmpty();
        if (chunked
                && (transferEncodings.size() > 1
                        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(transferEncodings.get(0))
                        || headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        || !message.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
            throw new IllegalArgumentException("The length of the body is ambiguous");
        }
        if (headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1
                || headers.getAll(HttpHeaderNames.CONTENT_TYPE).size() > 1
                || headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            throw new IllegalArgumentException("A header that must be one is several");
        }
        if (!message.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !message.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            throw new IllegalArgumentException("The version is none of HTTP/1");
        }
        if (message instanceof HttpRequest request && !request.uri().startsWith("/")) {
            throw new IllegalArgumentException("The target is no path");
        }
        return super.isContentAlwaysEmpty(message);
    }
}
