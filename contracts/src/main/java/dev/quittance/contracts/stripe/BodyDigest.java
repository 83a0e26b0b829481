package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Tells a second delivery of an event from another event under the same id. Stripe counts {@code pending_webhooks} down from
 * delivery to delivery, so its value is left out; everything else counts to the byte.
 *
 * @param hex SHA-256, 64 lower-case digits
 */
public record BodyDigest(String hex) {
    private static final String VARYING_FIELD = "pending_webhooks";
    private static final JsonFactory JSON = JsonFactory.builder()
            // Its names' table stays: without it Jackson reads characters, which have no byte offsets. It is bounded.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    public BodyDigest {
        Objects.requireNonNull(hex, "hex is null");
    }

    /** Of any bytes: where the field cannot be found, the whole body counts. */
    public static BodyDigest of(byte[] body) {
        MessageDigest sha256 = sha256();
        Span varying = varyingSpan(body);
        sha256.update(body, 0, varying.start());
        sha256.update(body, varying.end(), body.length - varying.end());
        return new BodyDigest(HexFormat.of().formatHex(sha256.digest()));
    }

    private static Span varyingSpan(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Span.NONE;
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                // Only a number can be the counter; cutting out anything else would hide what it holds.
                if (name.equals(VARYING_FIELD) && value == JsonToken.VALUE_NUMBER_INT) {
                    return numberAt(json, body);
                }
                json.skipChildren();
            }
            return Span.NONE;
        } catch (IOException | RuntimeException e) {
            return Span.NONE;
        }
    }

    /** The parser stands behind the digits. Checked against the bytes: in another encoding its offset is none, or another. */
    private static Span numberAt(JsonParser json, byte[] body) throws IOException {
        byte[] digits = json.getText().getBytes(StandardCharsets.US_ASCII);
        long end = json.currentLocation().getByteOffset();
        if (end < digits.length || end > body.length) {
            return Span.NONE;
        }
        int to = Math.toIntExact(end);
        int from = to - digits.length;
        boolean found = Arrays.equals(body, from, to, digits, 0, digits.length);
        return found ? new Span(from, to) : Span.NONE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Span(int start, int end) {
        static final Span NONE = new Span(0, 0);
    }
}
