package dev.quittance.endtoend.bench;

import dev.quittance.localstack.process.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections that take a server's room: some say nothing at all, some a byte of a header each second. */
final class Crowd implements AutoCloseable {
    private static final byte[] BEGINNING =
            "POST /api/webhooks/stripe HTTP/1.1\r\nHost: slow\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final List<SocketChannel> idle = new ArrayList<>();
    private final List<SocketChannel> slow = new ArrayList<>();
    private volatile boolean isOver;

    Crowd(InetSocketAddress address, int idleCount, int slowCount) {
        try {
            for (int i = 0; i < idleCount; i++) {
                idle.add(connect(address));
            }
            for (int i = 0; i < slowCount; i++) {
                SocketChannel channel = connect(address);
                channel.write(ByteBuffer.wrap(BEGINNING));
                slow.add(channel);
            }
        } catch (IOException e) {
            close();
            throw new BenchFailure("the crowd does not find room after " + (idle.size() + slow.size())
                    + " connections: " + e.getMessage() + "; see ulimit -n");
        }
        Thread.ofPlatform().daemon().start(this::drip);
    }

    private static SocketChannel connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        return channel;
    }

    private void drip() {
        while (!isOver) {
            slow.forEach(Crowd::say);
            Await.pause(A_SECOND);
        }
    }

    private static void say(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
        } catch (IOException _) {
            // Sent away: counted at the end.
        }
    }

    /** How many were not sent away. */
    int left() {
        int left = 0;
        ByteBuffer nothing = ByteBuffer.allocate(1);
        for (List<SocketChannel> channels : List.of(idle, slow)) {
            for (SocketChannel channel : channels) {
                try {
                    left += channel.read(nothing.clear()) < 0 ? 0 : 1;
                } catch (IOException _) {
                    // Sent away.
                }
            }
        }
        return left;
    }

    @Override
    public void close() {
        isOver = true;
        for (List<SocketChannel> channels : List.of(idle, slow)) {
            for (SocketChannel channel : channels) {
                try {
                    channel.close();
                } catch (IOException _) {
                    // Sent away.
                }
            }
        }
    }
}
