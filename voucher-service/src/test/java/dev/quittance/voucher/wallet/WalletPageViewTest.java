package dev.quittance.voucher.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalletPageViewTest {
    @Test
    void onlyAPageThatIsNotTheLastNamesTheNext() {
        // Given
        List<OwnedVoucherView> three =
                IntStream.range(0, 3).mapToObj(WalletPageViewTest::voucher).toList();

        // When / Then
        assertThat(WalletPageView.of(three, 3)).isEqualTo(new WalletPageView(three, null));
        assertThat(WalletPageView.of(three, 2))
                .isEqualTo(new WalletPageView(three.subList(0, 2), three.get(1).id()));
        assertThat(WalletPageView.of(List.of(), 2)).isEqualTo(new WalletPageView(List.of(), null));
    }

    private static OwnedVoucherView voucher(int n) {
        return new OwnedVoucherView(new UUID(0, n), "000" + n, "active", 1, 0, Instant.EPOCH, null, false, null);
    }
}
