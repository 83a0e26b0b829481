package dev.quittance.billing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.fact.BalanceTransaction;
import dev.quittance.billing.fact.ChargeSeen;
import dev.quittance.billing.fact.Version;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.EntryLine;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {
    private static final Cause CAUSE = new Cause("", "evt_1", 3);

    @Test
    void aPaidChargeBooksItsGrossInWholeSmallestUnits() {
        for (String currency : List.of("EUR", "JPY", "KWD")) {
            // When
            List<Posting> postings = PaymentRules.postings(charge("", currency, true, 5120, null), CAUSE);

            // Then
            assertThat(postings).singleElement().satisfies(posting -> {
                assertThat(posting.businessKey()).isEqualTo("charge:ch_1:gross");
                assertThat(posting.lines())
                        .containsExactly(
                                EntryLine.debit(LedgerAccount.stripeClearing(currency), 5120),
                                EntryLine.credit(LedgerAccount.revenue(currency), 5120));
            });
        }
    }

    @Test
    @DisplayName("A12: what is booked of a connected account has a key of its own")
    void theKeyNamesAConnectedAccount() {
        assertThat(PaymentRules.postings(charge("acct_1", "EUR", true, 1, null), CAUSE))
                .extracting(Posting::businessKey)
                .containsExactly("charge:acct_1/ch_1:gross");
    }

    @Test
    void anAuthorisationBooksNothing() {
        assertThat(PaymentRules.postings(
                        charge("", "EUR", false, 500, new BalanceTransaction("txn_1", 9, "EUR")), CAUSE))
                .isEmpty();
    }

    @Test
    void nothingPaidBooksNothing() {
        assertThat(PaymentRules.postings(charge("", "EUR", true, 0, null), CAUSE))
                .isEmpty();
    }

    @Test
    void aKnownFeeIsBookedInTheCurrencyOfTheBalance() {
        // When
        List<Posting> postings =
                PaymentRules.postings(charge("", "JPY", true, 500, new BalanceTransaction("txn_1", 43, "EUR")), CAUSE);

        // Then
        assertThat(postings).hasSize(2);
        assertThat(postings.get(1).businessKey()).isEqualTo("fee:txn_1");
        assertThat(postings.get(1).lines())
                .containsExactly(
                        EntryLine.debit(LedgerAccount.stripeFees("EUR"), 43),
                        EntryLine.credit(LedgerAccount.stripeClearing("EUR"), 43));
    }

    @Test
    void aFeeOfNothingIsNotBooked() {
        assertThat(PaymentRules.fee(new BalanceTransaction("txn_1", 0, "EUR"), CAUSE, Instant.EPOCH))
                .isEmpty();
    }

    private static ChargeSeen charge(
            String account, String currency, boolean captured, long amount, @Nullable BalanceTransaction transaction) {
        return new ChargeSeen(
                account,
                "ch_1",
                "pi_1",
                "succeeded",
                true,
                captured,
                amount,
                0,
                0,
                currency,
                null,
                null,
                transaction == null ? null : transaction.id(),
                transaction,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                List.of(),
                true,
                new Version(1, Instant.EPOCH, 0, "evt_1"));
    }
}
