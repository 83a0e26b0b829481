package dev.quittance.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.EntryLine;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.wallet.Wallet.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is taken beyond what is there is owed, and what is given settles that first. */
class WalletRulesTest {
    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Wallet WALLET = new Wallet(USER, "points");
    private static final LedgerAccount ISSUED = LedgerAccount.issued("points");

    @Test
    @DisplayName("F6: half is spent, all of it is taken back: the other half is owed")
    void whatWasSpentBecomesADebt() {
        // When
        List<Posting> postings = WalletRules.postings(List.of(move(-500)), Map.of(WALLET, new Standing(250, 0)));

        // Then
        assertThat(postings.getFirst().lines())
                .containsExactlyInAnyOrder(
                        EntryLine.credit(ISSUED, 500),
                        EntryLine.debit(WALLET.balance(), 250),
                        EntryLine.debit(WALLET.debt(), 250));
    }

    @Test
    @DisplayName("F6: what is given next settles the debt first")
    void whatIsGivenSettlesTheDebtFirst() {
        // When
        List<Posting> postings = WalletRules.postings(List.of(move(600)), Map.of(WALLET, new Standing(0, 250)));

        // Then
        assertThat(postings.getFirst().lines())
                .containsExactlyInAnyOrder(
                        EntryLine.debit(ISSUED, 600),
                        EntryLine.credit(WALLET.balance(), 350),
                        EntryLine.credit(WALLET.debt(), 250));
    }

    @Test
    void theOrderOfTheMovesMakesNoDifference() {
        // Given
        long seed = System.nanoTime();
        System.out.println("seed of theOrderOfTheMovesMakesNoDifference: " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 1_000; run++) {
            List<Long> amounts = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                amounts.add(random.nextLong(-1_000, 1_000));
            }

            // When
            Standing one = fold(amounts);
            Collections.shuffle(amounts, random);
            Standing other = fold(amounts);

            // Then
            assertThat(other).as("seed %d", seed).isEqualTo(one);
            assertThat(Math.min(one.balance(), one.owed())).isZero();
        }
    }

    @Test
    void whatComesBackFromASpendSettlesTheDebtFirst() {
        // Given
        LedgerAccount spent = LedgerAccount.spent("points");
        WalletMove back =
                new WalletMove("key", "rule", new Cause("", "evt_1", 0), Instant.EPOCH, USER, "points", 300, spent);

        // When
        List<Posting> postings = WalletRules.postings(List.of(back), Map.of(WALLET, new Standing(0, 100)));

        // Then
        assertThat(postings)
                .singleElement()
                .extracting(Posting::lines)
                .isEqualTo(List.of(
                        EntryLine.debit(spent, 300),
                        EntryLine.credit(WALLET.balance(), 200),
                        EntryLine.credit(WALLET.debt(), 100)));
    }

    private static Standing fold(List<Long> amounts) {
        Standing standing = Standing.EMPTY;
        for (long amount : amounts) {
            standing = WalletRules.after(standing, amount);
        }
        return standing;
    }

    private static WalletMove move(long amount) {
        return new WalletMove("key", "rule", new Cause("", "evt_1", 0), Instant.EPOCH, USER, "points", amount);
    }
}
