package dev.quittance.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {
    @Test
    void theTableOfTheDesignHolds() {
        assertThat(Routes.ownerOf("/api/webhooks/stripe")).hasValue("ingest");
        assertThat(Routes.ownerOf("/api/admin/events/evt_1/replay")).hasValue("ingest");
        assertThat(Routes.ownerOf("/api/account/devices")).hasValue("provisioning");
        assertThat(Routes.ownerOf("/api/admin/customers/1")).hasValue("provisioning");
        assertThat(Routes.ownerOf("/api/checkout")).hasValue("billing");
        assertThat(Routes.ownerOf("/api/admin/ledger/entries")).hasValue("billing");
        assertThat(Routes.ownerOf("/api/points/spend")).hasValue("billing");
        assertThat(Routes.ownerOf("/api/statements")).hasValue("billing");
        assertThat(Routes.ownerOf("/api/vouchers/redeem")).hasValue("voucher");
        assertThat(Routes.ownerOf("/api/admin/vouchers/batches")).hasValue("voucher");
    }

    @Test
    void aPrefixIsWholeSegments() {
        assertThat(Routes.ownerOf("/api/accounting")).isEmpty();
        assertThat(Routes.ownerOf("/api/admin")).isEmpty();
        assertThat(Routes.ownerOf("/")).isEmpty();
    }
}
