package dev.quittance.voucher.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CodeDigestsTest {
    private static final String OLD = "old:" + PeppersTest.random(2, 32);
    private static final String NEW = "new:" + PeppersTest.random(1, 32);

    private final VoucherCode code = VoucherCode.random(new Random(7));

    @Test
    void whatIsStoredIsAnHmacUnderThePepper() throws Exception {
        // Given
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(PeppersTest.random(1, 32)), "HmacSHA256"));
        byte[] expected = mac.doFinal(("code:" + code.symbols()).getBytes(StandardCharsets.US_ASCII));

        // When
        CodeDigests.Keyed digest = new CodeDigests(Peppers.parse(NEW)).digest(code);

        // Then
        assertThat(digest.keyId()).isEqualTo("new");
        assertThat(digest.digest()).isEqualTo(expected).hasSize(32);
    }

    @Test
    void aCodeIsFoundAfterTheRotation() {
        // Given
        CodeDigests.Keyed stored = new CodeDigests(Peppers.parse(OLD)).digest(code);
        CodeDigests rotated = new CodeDigests(Peppers.parse(NEW + "," + OLD));

        // When
        List<byte[]> candidates = rotated.candidates(Optional.of(code));

        // Then
        assertThat(candidates)
                .hasSize(2)
                .anySatisfy(candidate -> assertThat(candidate).isEqualTo(stored.digest()));
        assertThat(rotated.digest(code).keyId()).isEqualTo("new");
        assertThat(new CodeDigests(Peppers.parse(NEW)).candidates(Optional.of(code)))
                .noneSatisfy(candidate -> assertThat(candidate).isEqualTo(stored.digest()));
    }

    @Test
    void whatIsNoCodeTakesTheSameWayAndMatchesNothing() {
        // Given
        CodeDigests digests = new CodeDigests(Peppers.parse(NEW + "," + OLD));

        // When
        List<byte[]> candidates = digests.candidates(Optional.empty());

        // Then
        assertThat(candidates)
                .hasSize(2)
                .allSatisfy(candidate -> assertThat(candidate).hasSize(32));
        assertThat(VoucherCode.read("U".repeat(16))).isEmpty();
    }

    @Test
    void twoRequestsAreAlikeOnlyWithTheSameCodeAndTheSameAccount() {
        // Given
        CodeDigests digests = new CodeDigests(Peppers.parse(NEW));
        Optional<VoucherCode> other = Optional.of(VoucherCode.random(new Random(8)));
        Optional<String> account = Optional.of("4000000000000002");

        // When
        List<String> hashes = List.of(
                hash(digests.requests(Optional.of(code), Optional.empty())),
                hash(digests.requests(Optional.of(code), account)),
                hash(digests.requests(other, Optional.empty())),
                hash(digests.requests(other, account)),
                hash(digests.candidates(Optional.of(code))));

        // Then
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(hash(digests.requests(Optional.of(code), account))).isEqualTo(hashes.get(1));
    }

    private static String hash(List<byte[]> hashes) {
        return HexFormat.of().formatHex(hashes.getFirst());
    }
}
