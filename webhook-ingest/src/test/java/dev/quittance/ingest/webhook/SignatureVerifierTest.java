package dev.quittance.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import dev.quittance.ingest.config.WebhookSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N-01: every header has a verdict, and Stripe's own signer is the judge of the good ones. */
class SignatureVerifierTest {
    private static final String SECRET = "whsec_q7Jx2LmV9sTb4WnKe8RpYd3G";
    private static final String NEXT_SECRET = "whsec_5f0c9a1be7d248369c2fd0a4b8e37165";
    private static final String STRANGER = "whsec_Zk3v8QmR1tYw6NbXc5JhGd2S";
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"name\":\"J\u00fcrgen\"}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final long T = NOW.getEpochSecond();

    private final SignatureVerifier verifier = new SignatureVerifier(WebhookSecrets.parse(SECRET + "," + NEXT_SECRET));

    @Test
    void whatStripesOwnLibrarySignsIsVerified() throws GeneralSecurityException {
        assertThat(verify(stripeHeader(SECRET, T))).isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify(stripeHeader(NEXT_SECRET, T))).isEqualTo(new SignatureVerdict.Verified(1));
        assertThat(verify(stripeHeader(STRANGER, T))).isEqualTo(rejected(SignatureFault.NO_MATCH));
    }

    @Test
    void anyRightSignatureAmongWrongOnesCounts() throws GeneralSecurityException {
        // Given
        String right = v1(SECRET);
        String wrong = v1(STRANGER);

        // Then
        assertThat(verify("t=" + T + ",v1=" + wrong + ",v1=" + right)).isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify("t=" + T + ",v1=" + right + ",v1=" + wrong)).isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify("v1=" + right + ",t=" + T)).isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify("t=" + T + ",v1=nonsense,v0=" + wrong + ",v2=x,v1=" + right))
                .isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify("t=" + T + ",v1=" + v1(NEXT_SECRET) + ",v1=" + right))
                .isEqualTo(new SignatureVerdict.Verified(0));
    }

    @Test
    void hexIsReadInEitherCaseAndSpacesAroundItemsAreAProxys() throws GeneralSecurityException {
        assertThat(verify("t=" + T + ",v1=" + v1(SECRET).toUpperCase(Locale.ROOT)))
                .isEqualTo(new SignatureVerdict.Verified(0));
        assertThat(verify(" t=" + T + " ,\tv1=" + v1(SECRET) + " ")).isEqualTo(new SignatureVerdict.Verified(0));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "300,true", "-300,true", "301,false", "-301,false", "86400,false", "-86400,false"})
    void theToleranceHoldsBothWays(long offset, boolean isVerified) throws GeneralSecurityException {
        assertThat(verify(stripeHeader(SECRET, T + offset)))
                .isEqualTo(isVerified ? new SignatureVerdict.Verified(0) : rejected(SignatureFault.OUTSIDE_TOLERANCE));
    }

    @Test
    @DisplayName("A6: a body that a proxy wrote anew is not verified")
    void anotherBodyIsNotVerified() throws GeneralSecurityException {
        // Given
        String header = stripeHeader(SECRET, T);
        byte[] reserialised = "{\"id\": \"evt_1\",\"name\":\"J\u00fcrgen\"}".getBytes(StandardCharsets.UTF_8);

        // Then
        assertThat(verifier.verify(reserialised, header, NOW)).isEqualTo(rejected(SignatureFault.NO_MATCH));
        assertThat(verifier.verify(new byte[0], header, NOW)).isEqualTo(rejected(SignatureFault.NO_MATCH));
    }

    @Test
    void anotherTimeThanTheSignedOneIsNotVerified() throws GeneralSecurityException {
        assertThat(verify("t=" + (T + 1) + ",v1=" + v1(SECRET))).isEqualTo(rejected(SignatureFault.NO_MATCH));
        assertThat(verify("t=0" + T + ",v1=" + v1(SECRET))).isEqualTo(rejected(SignatureFault.NO_MATCH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MISSING_HEADER | ''",
                "MISSING_HEADER | '  '",
                "MALFORMED_HEADER | t",
                "MALFORMED_HEADER | t,,",
                "MALFORMED_HEADER | v1,t=1",
                "MALFORMED_HEADER | ,",
                "MALFORMED_HEADER | =",
                "MALFORMED_HEADER | =1,v1=%s",
                "MALFORMED_HEADER | t=1700000000,v1=%s,",
                "MALFORMED_HEADER | Bearer abc",
                "NO_TIMESTAMP | v1=%s",
                "NO_TIMESTAMP | T=1,v1=%s",
                "SEVERAL_TIMESTAMPS | t=1,t=1,v1=%s",
                "SEVERAL_TIMESTAMPS | t=1,t=2,v1=%s",
                "MALFORMED_TIMESTAMP | t=,v1=%s",
                "MALFORMED_TIMESTAMP | t=x,v1=%s",
                "MALFORMED_TIMESTAMP | t=-1,v1=%s",
                "MALFORMED_TIMESTAMP | t=+1,v1=%s",
                "MALFORMED_TIMESTAMP | t=1.0,v1=%s",
                "MALFORMED_TIMESTAMP | t=1e9,v1=%s",
                "MALFORMED_TIMESTAMP | t=0x1,v1=%s",
                "MALFORMED_TIMESTAMP | t= 1,v1=%s",
                "MALFORMED_TIMESTAMP | t=9999999999999,v1=%s",
                "MALFORMED_TIMESTAMP | t=99999999999999999999999999,v1=%s",
                "MALFORMED_TIMESTAMP | t=\u0661\u0662,v1=%s",
                "NO_SIGNATURE | t=1",
                "NO_SIGNATURE | t=1,v0=%s",
                "NO_SIGNATURE | t=1,V1=%s",
                "NO_SIGNATURE | t=1,v2=%s",
                "MALFORMED_SIGNATURE | t=1,v1=",
                "MALFORMED_SIGNATURE | t=1,v1= %s",
                "MALFORMED_SIGNATURE | t=1,v1=%s0",
                "MALFORMED_SIGNATURE | t=1,v1=%s%s",
                "MALFORMED_SIGNATURE | t=1,v1=0123",
                "MALFORMED_SIGNATURE | t=1,v1=zz",
                "NO_MATCH | t=1,v1=%s"
            })
    @DisplayName("A6, N-01: a header that is not right says why")
    void aHeaderThatIsNotRightSaysWhy(SignatureFault fault, String template) {
        String hex = "a".repeat(64);

        assertThat(verify(template.replace("%s", hex))).isEqualTo(rejected(fault));
    }

    @Test
    void thereIsALimitToEverything() throws GeneralSecurityException {
        // Given
        String hex = "a".repeat(64);

        // Then
        assertThat(verify(null)).isEqualTo(rejected(SignatureFault.MISSING_HEADER));
        assertThat(verify("t=1" + (",v1=" + hex).repeat(2_001))).isEqualTo(rejected(SignatureFault.HEADER_TOO_LONG));
        assertThat(verify("t=" + T + ",v1=" + v1(SECRET) + ",x=" + "y".repeat(4_096)))
                .isEqualTo(rejected(SignatureFault.HEADER_TOO_LONG));
        assertThat(verify("t=" + T + (",v1=" + v1(SECRET)).repeat(21)))
                .isEqualTo(rejected(SignatureFault.TOO_MANY_SIGNATURES));
        assertThat(verify("t=" + T + (",v1=" + v1(SECRET)).repeat(20))).isEqualTo(new SignatureVerdict.Verified(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_120})
    void noShuffledHeaderThrowsOrPasses(long seed) throws GeneralSecurityException {
        // Given
        String alphabet = "tv01=,,==- \t\u0000\u00e9\ud83d" + T;
        String right = "t=" + T + ",v1=" + v1(STRANGER);
        Random random = new Random(seed);

        for (int round = 0; round < 5_000; round++) {
            // When
            StringBuilder header = new StringBuilder(right.substring(random.nextInt(right.length())));
            for (int edits = random.nextInt(6); edits > 0; edits--) {
                header.insert(random.nextInt(header.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }

            // Then
            assertThat(verify(header.toString()))
                    .as("seed %d, round %d", seed, round)
                    .isInstanceOf(SignatureVerdict.Rejected.class);
        }
    }

    private SignatureVerdict verify(@Nullable String header) {
        return verifier.verify(BODY, header, NOW);
    }

    private static SignatureVerdict rejected(SignatureFault fault) {
        return new SignatureVerdict.Rejected(fault);
    }

    private static String stripeHeader(String secret, long timestamp) throws GeneralSecurityException {
        return Webhook.Signature.generateSignatureHeader(new String(BODY, StandardCharsets.UTF_8), secret, timestamp);
    }

    private static String v1(String secret) throws GeneralSecurityException {
        String header = stripeHeader(secret, T);
        return header.substring(header.indexOf("v1=") + 3).split(",", 2)[0];
    }
}
