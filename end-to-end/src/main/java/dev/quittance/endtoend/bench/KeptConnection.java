package dev.quittance.endtoend.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One request after the other on one connection, with next to no processor time: the caller shares the processors with what it
 * measures, as pgbench does.
 */
final class KeptConnection implements AutoCloseable {
    private static final int LINE_MAX = 8_192;
    private static final int BODY_MAX = 65_536;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    KeptConnection(InetSocketAddress address) throws IOException {
        this.socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) ANSWER_MAX.toMillis());
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @throws IOException also when the answer is another than 200 */
    void post(String path, String token, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        request.writeTo(socket.getOutputStream());
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        if (length > BODY_MAX) {
            throw new IOException("an answer of " + length + " bytes");
        }
        byte[] answer = in.readNBytes(length);
        if (!status.toUpperCase(Locale.ROOT).startsWith("HTTP/1.1 200")) {
            throw new IOException(
                    path + " was answered with " + status + ": " + new String(answer, StandardCharsets.UTF_8));
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LINE_MAX) {
                throw new IOException("the connection ended");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
