package dev.quittance.billing.buying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A buyer who comes back is told one of six things. */
class SessionViewTest {
    @ParameterizedTest
    @CsvSource({
        "pending, false, open",
        "awaiting_payment, false, awaiting_payment",
        "processing, false, paid",
        "processing, true, fulfilled",
        "completed, true, fulfilled",
        "partially_refunded, true, fulfilled",
        "refunded, false, paid",
        "cancelled, false, expired",
        "failed, false, failed"
    })
    void everyStateOfAnOrderIsOneForTheBuyer(String status, boolean fulfilled, String state) {
        assertThat(SessionView.of(UUID.randomUUID(), status, fulfilled, false, "cart", 1500, "EUR")
                        .state())
                .isEqualTo(state);
    }
}
