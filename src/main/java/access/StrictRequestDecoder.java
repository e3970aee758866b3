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
 * Refuses a request that a proxy in front may have parsed differently: the body of one caller could become the request
 * of the next ("request smuggling"). Netty silently corrects some of these. After such a head nothing more is read.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** Call it before the first byte of the connection is read. */
    static void readsFrom(HttpConnection connection, HttpServerOptions options) {
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .replace(VertxHttpRequestDecoder.class, "httpDecoder", new StrictRequestDecoder(options));
    }

    /** Called once when all headers have arrived. An exception makes the message invalid. */
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
            throw new IllegalArgumentException("A header occurs more than once that must be unique");
        }
        if (!message.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !message.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            throw new IllegalArgumentException("The version is not HTTP/1");
        }
        if (message instanceof HttpRequest request && !request.uri().startsWith("/")) {
            throw new IllegalArgumentException("The target is not a path");
        }
        return super.isContentAlwaysEmpty(message);
    }
}
