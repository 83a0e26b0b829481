package dev.quittance.ingest.eventlog;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A body made small: zlib at its quickest, since Stripe's JSON repeats itself so much that no more is to be had cheaply. */
public final class PackedBody {
    private static final int BUFFER = 4_096;

    private PackedBody() {}

    public static byte[] pack(byte[] body) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(body);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }

    /** @param length of the body; more than that is never unpacked */
    public static byte[] unpack(byte[] packed, int length) {
        byte[] body = new byte[length];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            int read = 0;
            while (read < length) {
                int more = inflater.inflate(body, read, length - read);
                if (more == 0) {
                    throw new IllegalStateException("a logged body is shorter than its length");
                }
                read += more;
            }
            return body;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a logged body is not what was written", e);
        }
    }
}
