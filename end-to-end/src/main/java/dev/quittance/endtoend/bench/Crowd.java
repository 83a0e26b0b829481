package dev.quittance.endtoend.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that take a server's room: some say nothing at all, some a byte of a header each second. */
final class Crowd implements AutoCloseable {
    private static final byte[] BEGINNING =
            "POST /api/webhooks/stripe HTTP/1.1\r\nHost: slow\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> idle = new ArrayList<>();
    private final List<SocketChannel> slow = new ArrayList<>();
    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

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
        drip.scheduleAtFixedRate(this::drip, 1, 1, TimeUnit.SECONDS);
    }

    private static SocketChannel connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        return channel;
    }

    private void drip() {
        for (SocketChannel channel : slow) {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            } catch (IOException e) {
                // Sent away: counted at the end.
                continue;
            }
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
                } catch (IOException e) {
                    continue;
                }
            }
        }
        return left;
    }

    @Override
    public void close() {
        drip.shutdownNow();
        for (List<SocketChannel> channels : List.of(idle, slow)) {
            for (SocketChannel channel : channels) {
                try {
                    channel.close();
                } catch (IOException e) {
                    continue;
                }
            }
        }
    }
}
