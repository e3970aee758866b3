package access;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Adds Content-Length to an answer that is written in one piece. Camel sends it as chunks, and Vert.x omits the length
 * in the answer to a HEAD, which must not differ from the answer to the same GET.
 */
final class AnswerLength extends ChannelOutboundHandlerAdapter {

    private AnswerLength() {}

    static void isToldOn(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().addBefore("handler", "answerLength", new AnswerLength());
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise written) {
        if (message instanceof FullHttpResponse answer && !answer.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            answer.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
            if (!answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
                answer.headers()
                        .set(
                                HttpHeaderNames.CONTENT_LENGTH,
                                Integer.toString(answer.content().readableBytes()));
            }
        }
        channel.write(message, written);
    }
}
