package dev.quittance.contracts.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One pass over the body. It reads characters that were decoded strictly, since a parser over bytes would guess UTF-16. */
final class EnvelopeReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from outside: they must not fill tables that live as long as the process.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(StripeEnvelope.NESTING_MAX)
                    .maxNumberLength(StripeEnvelope.NUMBER_CHARS_MAX)
                    .build())
            .build();

    private EnvelopeReader() {}

    static EnvelopeVerdict read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return unreadable(UnreadableReason.EMPTY_BODY);
        }
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            return unreadable(UnreadableReason.NOT_UTF8);
        }
        try (JsonParser json = JSON.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            return read(json);
        } catch (StreamConstraintsException e) {
            return unreadable(UnreadableReason.JSON_LIMIT_EXCEEDED);
        } catch (IOException | RuntimeException e) {
            // Whatever a parser finds to throw, the answer to hostile input is a verdict.
            return unreadable(UnreadableReason.MALFORMED_JSON);
        }
    }

    private static EnvelopeVerdict read(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            return unreadable(UnreadableReason.EMPTY_BODY);
        }
        if (first != JsonToken.START_OBJECT) {
            return unreadable(UnreadableReason.NOT_AN_OBJECT);
        }
        EnvelopeFields fields = new EnvelopeFields();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            fields.readEventField(name, json);
        }
        return isAtEnd(json) ? fields.verdict() : unreadable(UnreadableReason.TRAILING_DATA);
    }

    private static boolean isAtEnd(JsonParser json) {
        try {
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static EnvelopeVerdict unreadable(UnreadableReason reason) {
        return new EnvelopeVerdict.Unreadable(reason);
    }
}
