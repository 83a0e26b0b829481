package dev.quittance.ingest.webhook;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Stripe-Signature} header taken apart: {@code t=1763633730,v1=5257a8...}. Items of other schemes are passed over,
 * a v1 that is not a SHA-256 in hex as well, as long as another one is.
 *
 * @param timestamp the digits as they came, since they are part of what is signed
 */
record SignatureHeader(String timestamp, List<byte[]> signatures) {
    static final int CHARS_MAX = 4_096;
    /** More than Stripe sends while any number of secrets is rolled. */
    static final int SIGNATURES_MAX = 20;

    /** Enough for the year 33658, few enough for a long. */
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");

    private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-fA-F]{64}");

    long epochSeconds() {
        return Long.parseLong(timestamp);
    }

    static Parsed parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new Parsed.Malformed(SignatureFault.MISSING_HEADER);
        }
        if (header.length() > CHARS_MAX) {
            return new Parsed.Malformed(SignatureFault.HEADER_TOO_LONG);
        }
        List<String> timestamps = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            // A proxy that joins or folds headers may add spaces around the items, nowhere else.
            String item = part.strip();
            int equals = item.indexOf('=');
            if (equals <= 0) {
                return new Parsed.Malformed(SignatureFault.MALFORMED_HEADER);
            }
            String value = item.substring(equals + 1);
            switch (item.substring(0, equals)) {
                case "t" -> timestamps.add(value);
                case "v1" -> signatures.add(value);
                default -> {
                    // Another scheme: Stripe may add some, and they prove nothing here.
                }
            }
        }
        return fault(timestamps, signatures)
                .<Parsed>map(Parsed.Malformed::new)
                .orElseGet(
                        () -> new Parsed.WellFormed(new SignatureHeader(timestamps.getFirst(), decoded(signatures))));
    }

    private static Optional<SignatureFault> fault(List<String> timestamps, List<String> signatures) {
        if (timestamps.isEmpty()) {
            return Optional.of(SignatureFault.NO_TIMESTAMP);
        }
        if (timestamps.size() > 1) {
            return Optional.of(SignatureFault.SEVERAL_TIMESTAMPS);
        }
        if (!TIMESTAMP.matcher(timestamps.getFirst()).matches()) {
            return Optional.of(SignatureFault.MALFORMED_TIMESTAMP);
        }
        if (signatures.isEmpty()) {
            return Optional.of(SignatureFault.NO_SIGNATURE);
        }
        if (signatures.size() > SIGNATURES_MAX) {
            return Optional.of(SignatureFault.TOO_MANY_SIGNATURES);
        }
        return signatures.stream().noneMatch(SHA256_HEX.asMatchPredicate())
                ? Optional.of(SignatureFault.MALFORMED_SIGNATURE)
                : Optional.empty();
    }

    private static List<byte[]> decoded(List<String> signatures) {
        return signatures.stream()
                .filter(SHA256_HEX.asMatchPredicate())
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    /** What became of the header's text. */
    sealed interface Parsed {
        record WellFormed(SignatureHeader header) implements Parsed {}

        record Malformed(SignatureFault fault) implements Parsed {}
    }
}
