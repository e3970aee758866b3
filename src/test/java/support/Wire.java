package support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to the program that sends what no HTTP client would. Text is sent and read byte by byte as Latin-1. */
public class Wire implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)$");

    private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding: chunked$");

    /** The answer; status 0 if the connection was closed without one. */
    public record Answer(int status, String head, String body) {
        static final Answer NONE = new Answer(0, "", "");

        public boolean isRefusal() {
            return status == 0 || status >= 400 && status < 500;
        }
    }

    private final Socket socket = new Socket();

    public Wire(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setSoTimeout(30_000);
    }

    /** One request, whose lines may end with a bare newline in the source, and its answer. */
    public static Answer ask(int port, String request) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send(request.replace("\n", "\r\n"));
            return wire.answer();
        }
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next answer. An answer without a length ends with the connection. */
    public Answer answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return Answer.NONE;
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            Matcher length = LENGTH.matcher(text);
            byte[] body = length.find()
                    ? in.readNBytes(Integer.parseInt(length.group(1)))
                    : CHUNKED.matcher(text).find() ? chunks(in) : in.readAllBytes();
            return new Answer(Integer.parseInt(text.substring(9, 12)), text, new String(body, StandardCharsets.UTF_8));
        } catch (EOFException | SocketException reset) {
            return Answer.NONE;
        }
    }

    /** Everything until the other side closes. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in), 16);
            body.write(in.readNBytes(size));
            line(in);
        } while (size > 0);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Whether the other side closes within the socket's timeout; what it sends before that is discarded. */
    public boolean isClosedByTheOther() throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
