package dev.quittance.telemetry.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context, so that one trace reaches from the POST to the last consumer. */
public record TraceParent(String value) {
    private static final int TRACE_ID_BYTES = 16;
    private static final int PARENT_ID_BYTES = 8;
    /** A later version may append to this form; version 00 is exactly this, ff is none. */
    private static final Pattern FORM =
            Pattern.compile("(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}");

    private static final String ZEROS = "0+";
    private static final int TRACE_ID_AT = 3;
    private static final int SPAN_ID_AT = TRACE_ID_AT + 2 * TRACE_ID_BYTES + 1;
    private static final int FLAGS_AT = SPAN_ID_AT + 2 * PARENT_ID_BYTES + 1;
    private static final int SAMPLED = 1;

    /** The sender's own; empty when it is none. */
    public static Optional<TraceParent> read(@Nullable String sent) {
        return sent != null && isValid(sent) ? Optional.of(new TraceParent(sent)) : Optional.empty();
    }

    /** The sender's own when it is one, else a new one, sampled. */
    public static TraceParent from(@Nullable String sent, RandomGenerator random) {
        return read(sent).orElseGet(() -> fresh(random, true));
    }

    static TraceParent fresh(RandomGenerator random, boolean isSampled) {
        return new TraceParent("00-" + hex(random, TRACE_ID_BYTES) + "-" + hex(random, PARENT_ID_BYTES) + "-"
                + (isSampled ? "01" : "00"));
    }

    /** A part of the same trace. */
    TraceParent child(RandomGenerator random) {
        return new TraceParent(
                "00-" + traceId() + "-" + hex(random, PARENT_ID_BYTES) + "-" + (isSampled() ? "01" : "00"));
    }

    public String traceId() {
        return value.substring(TRACE_ID_AT, SPAN_ID_AT - 1);
    }

    public String spanId() {
        return value.substring(SPAN_ID_AT, FLAGS_AT - 1);
    }

    /** Whether whoever began the trace wants it recorded. */
    boolean isSampled() {
        return (HexFormat.fromHexDigits(value, FLAGS_AT, FLAGS_AT + 2) & SAMPLED) != 0;
    }

    private static boolean isValid(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                && !form.group("version").equals("ff")
                && !form.group("trace").matches(ZEROS)
                && !form.group("parent").matches(ZEROS);
    }

    private static String hex(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        // All zeros would be no id; the chance is none worth a loop.
        bytes[length - 1] |= 1;
        return HexFormat.of().formatHex(bytes);
    }
}
