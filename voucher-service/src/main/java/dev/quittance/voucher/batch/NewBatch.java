package dev.quittance.voucher.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator asks to be made, read without trusting any of it. */
sealed interface NewBatch {
    int SIZE_MAX = 1_000_000;
    int USES_MAX = 1_000_000;
    int NAME_MAX = 100;
    String NAME = "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$";

    record Asked(
            String name,
            String channel,
            VoucherTerm term,
            int uses,
            int size,
            @Nullable Instant expiresAt) implements NewBatch {}

    record Invalid(String detail) implements NewBatch {}

    static NewBatch read(byte[] body) {
        try {
            return read(Parser.READER.readTree(body));
        } catch (IOException _) {
            return new Invalid("the body is not JSON");
        }
    }

    private static NewBatch read(JsonNode json) {
        String name = json.path("name").asText("");
        String channel = json.path("channel").asText("default");
        long size = json.path("size").asLong(0);
        long uses = json.path("uses").asLong(1);
        long months = json.path("months").asLong(0);
        long days = json.path("days").asLong(0);
        if (!isName(name) || !isName(channel)) {
            return new Invalid("name and channel are 1 to 100 letters, digits, blanks, dots, dashes");
        }
        if (!Stream.of("size", "uses", "months", "days").allMatch(field -> isWholeOrAbsent(json.path(field)))) {
            return new Invalid("size, uses, months and days are whole numbers");
        }
        if (size < 1 || size > SIZE_MAX || uses < 1 || uses > USES_MAX) {
            return new Invalid("size and uses are 1 to 1000000");
        }
        if (!VoucherTerm.isValid(months, days)) {
            return new Invalid("either months or days is positive");
        }
        try {
            @Nullable
            Instant expiresAt = json.hasNonNull("expiresAt")
                    ? Instant.parse(json.path("expiresAt").asText())
                    : null;
            return new Asked(
                    name, channel, new VoucherTerm((int) months, (int) days), (int) uses, (int) size, expiresAt);
        } catch (DateTimeException _) {
            return new Invalid("expiresAt is not a time like 2030-01-01T00:00:00Z");
        }
    }

    private static boolean isWholeOrAbsent(JsonNode number) {
        return number.isMissingNode() || number.isNull() || (number.isIntegralNumber() && number.canConvertToLong());
    }

    static boolean isName(String text) {
        return Parser.NAME.matcher(text).matches();
    }

    /** Strict: two answers to what is asked for are none. */
    final class Parser {
        private static final Pattern NAME = Pattern.compile(NewBatch.NAME);
        private static final ObjectReader READER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .build()
                .reader();

        private Parser() {}
    }
}
