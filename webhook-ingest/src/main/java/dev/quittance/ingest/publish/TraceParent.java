package dev.quittance.ingest.publish;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context, so that one trace reaches from the POST to the last consumer. */
record TraceParent(String value) {
    private static final int TRACE_ID_BYTES = 16;
    private static final int PARENT_ID_BYTES = 8;
    /** A later version may append to this form; version 00 is exactly this, ff is none. */
    private static final Pattern FORM =
            Pattern.compile("(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}");

    private static final String ZEROS = "0+";

    /** The sender's own when it is one, else a new one, sampled. */
    static TraceParent from(@Nullable String sent, RandomGenerator random) {
        return sent != null && isValid(sent) ? new TraceParent(sent) : fresh(random);
    }

    private static boolean isValid(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                && !form.group("version").equals("ff")
                && !form.group("trace").matches(ZEROS)
                && !form.group("parent").matches(ZEROS);
    }

    private static TraceParent fresh(RandomGenerator random) {
        return new TraceParent("00-" + hex(random, TRACE_ID_BYTES) + "-" + hex(random, PARENT_ID_BYTES) + "-01");
    }

    private static String hex(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        // All zeros would be no id; the chance is none worth a loop.
        bytes[length - 1] |= 1;
        return HexFormat.of().formatHex(bytes);
    }
}
