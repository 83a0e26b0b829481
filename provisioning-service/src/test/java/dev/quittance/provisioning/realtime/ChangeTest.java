package dev.quittance.provisioning.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.billing.BalanceChanged;
import dev.quittance.contracts.billing.OrderStatusChanged;
import dev.quittance.contracts.event.DomainEvent;
import dev.quittance.contracts.provisioning.AccessChanged;
import dev.quittance.contracts.provisioning.AccountExtended;
import dev.quittance.contracts.provisioning.AccountShortened;
import dev.quittance.contracts.provisioning.CustomerProvisioned;
import dev.quittance.contracts.provisioning.IdentityMismatchFound;
import dev.quittance.contracts.provisioning.SubscriptionChanged;
import dev.quittance.contracts.voucher.VoucherIssued;
import dev.quittance.contracts.voucher.VoucherRedeemed;
import dev.quittance.contracts.voucher.VoucherRestored;
import dev.quittance.contracts.voucher.VoucherRevoked;
import dev.quittance.contracts.voucher.VoucherTerm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final UUID ANN = UUID.randomUUID();
    private static final UUID THING = UUID.randomUUID();
    private static final String ACCOUNT = "4242424242424242";
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final VoucherTerm TERM = VoucherTerm.ofDays(30);

    @Test
    void everyKindOfChangeReachesWhoseItIs() {
        // Given
        Map<DomainEvent, String> names = new LinkedHashMap<>();
        names.put(new AccountExtended(ANN, ACCOUNT, null, NOW, "expiry:1", NOW, null), "account");
        names.put(new AccountShortened(ANN, ACCOUNT, NOW, NOW, "takeback:1:1", 0, 0, NOW), "account");
        names.put(new AccessChanged(ANN, ACCOUNT, true, NOW, List.of("paid"), 1, NOW), "access");
        names.put(new CustomerProvisioned(ANN, ACCOUNT, "", "cus_1", null, NOW), "customer");
        names.put(
                new SubscriptionChanged(ANN, ACCOUNT, "", "sub_1", null, "active", NOW, List.of(), 1, NOW),
                "subscription");
        names.put(new BalanceChanged(ANN, "points", 5, 1, NOW), "balance");
        names.put(new OrderStatusChanged(THING, ANN, null, "pending", 1, NOW), "order");
        names.put(new VoucherIssued(THING, ANN, ACCOUNT, "pi_1", 1, TERM, NOW), "voucher");
        names.put(new VoucherRedeemed(THING, ANN, ACCOUNT, TERM, NOW), "voucher");
        names.put(new VoucherRevoked(THING, ACCOUNT, true, TERM, "re_1", 1, NOW), "voucher");
        names.put(new VoucherRestored(THING, ACCOUNT, true, TERM, "re_1", 2, NOW), "voucher");

        names.forEach((event, name) -> {
            // When
            Change change = Change.of(event).orElseThrow();

            // Then
            assertThat(change.name()).as(event.type()).isEqualTo(name);
            assertThat(change.users().equals(Set.of(ANN)) || change.accounts().equals(Set.of(ACCOUNT)))
                    .as(event.type())
                    .isTrue();
            assertThat(change.users()).as(event.type()).isSubsetOf(ANN);
            assertThat(change.accounts()).as(event.type()).isSubsetOf(ACCOUNT);
        });
    }

    @Test
    void whatIsTheOperatorsReachesNobody() {
        assertThat(Change.of(new IdentityMismatchFound(ANN, "", "cus_1", "email-differs", NOW)))
                .isEmpty();
    }
}
