package dev.quittance.voucher.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodeSealTest {
    private static final String OLD = "old:" + PeppersTest.random(2, 32);
    private static final String NEW = "new:" + PeppersTest.random(1, 32);

    private final VoucherCode code = VoucherCode.random(new Random(7));
    private final UUID voucherId = UUID.randomUUID();
    private final CodeSeal seal = seal(OLD);

    @Test
    void aSealedCodeOpensAlsoAfterTheRotation() {
        // Given
        byte[] sealed = seal.seal(code, voucherId);

        // When
        VoucherCode opened = seal(NEW + "," + OLD).open(sealed, "old", voucherId);

        // Then
        assertThat(opened).isEqualTo(code);
    }

    @Test
    void sealingTwiceGivesTwoSealsAndNeitherShowsTheCode() {
        // When
        byte[] one = seal.seal(code, voucherId);
        byte[] other = seal.seal(code, voucherId);

        // Then
        assertThat(one).isNotEqualTo(other);
        assertThat(new String(one, StandardCharsets.ISO_8859_1))
                .doesNotContain(code.symbols().substring(0, 8));
    }

    @Test
    void aSealDoesNotOpenForAnotherVoucherPepperOrByte() {
        // Given
        byte[] sealed = seal.seal(code, voucherId);
        byte[] bent = sealed.clone();
        bent[bent.length - 1] ^= 1;

        // When / Then
        assertThatThrownBy(() -> seal.open(sealed, "old", UUID.randomUUID())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open(sealed, "new", voucherId)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal("old:" + PeppersTest.random(3, 32)).open(sealed, "old", voucherId))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open(bent, "old", voucherId)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open(new byte[12], "old", voucherId)).isInstanceOf(IllegalStateException.class);
    }

    private static CodeSeal seal(String peppers) {
        return new CodeSeal(Peppers.parse(peppers), new SecureRandom());
    }
}
