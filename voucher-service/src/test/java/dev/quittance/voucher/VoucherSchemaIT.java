package dev.quittance.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quittance.localstack.database.Slice;
import dev.quittance.localstack.testparts.TestDatabase;
import dev.quittance.localstack.testparts.TestParts;
import dev.quittance.voucher.scene.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database holds by itself, whoever writes. */
class VoucherSchemaIT {
    private static final List<String> STATUSES =
            List.of("generated", "active", "redeemed", "reversed", "void", "expired");
    private static TestDatabase parts;
    private static Database admin;
    private static Database service;

    @BeforeAll
    static void migrate() {
        parts = TestParts.database(Slice.VOUCHER);
        admin = new Database(parts.jdbcUrl(parts.superuser()));
        service = new Database(parts.jdbcUrl(parts.serviceLogin(Slice.VOUCHER)));
    }

    @Test
    void aVoucherGoesOnlyWhereTheTableOfTransitionsLetsIt() {
        // Given
        Set<String> legal = new HashSet<>(
                admin.column(
                        "select from_status || ' ' || to_status from voucher.voucher_transitions where from_status <> 'new' and not only_back"));
        Set<String> possible = new HashSet<>();

        // When
        for (String from : STATUSES) {
            for (String to : STATUSES) {
                UUID id = voucherThatIs(from);
                if (!from.equals(to) && changes(id, to)) {
                    possible.add(from + " " + to);
                }
            }
        }

        // Then
        assertThat(possible).isEqualTo(legal).contains("active redeemed").doesNotContain("redeemed active");
    }

    @ParameterizedTest
    @CsvSource({"active, void", "redeemed, reversed"})
    void whatARevocationTookGoesBackToWhereItWasFoundAndNowhereElse(String found, String taken) {
        // Given
        UUID id = voucherThatIs(found);
        service.execute(
                "update voucher.vouchers set status = ?, revoked_from = ?, revocation = 're_1', revision = 1 where id = ?",
                taken,
                found,
                id);

        // When / Then
        assertThatThrownBy(() -> service.execute("update voucher.vouchers set status = ? where id = ?", found, id))
                .hasMessageContaining("a voucher does not go from");
        service.execute(
                "update voucher.vouchers set status = ?, revoked_from = null, revocation = null where id = ?",
                found,
                id);
        assertThat(admin.column("select status from voucher.vouchers where id = ?", id))
                .containsExactly(found);
    }

    @Test
    void aVoucherIsNotBornUsed() {
        // When / Then
        assertThatThrownBy(() -> insert(service, "redeemed", "1, 0")).hasMessageContaining("from new to redeemed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0, 0", "1, 1", "-1, 0", "0, -1", "1, -1"})
    void aVoucherHasExactlyOneTerm(String term) {
        // When / Then
        assertThatThrownBy(() -> insert(service, "active", term)).hasMessageContaining("vouchers_one_term");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update voucher.vouchers set duration_months = 12 where id = ?",
                "update voucher.vouchers set anchor = 'pi_other' where id = ?",
                "update voucher.vouchers set code_hash = sha256('x') where id = ?"
            })
    void whatAVoucherIsStays(String sql) {
        // Given
        UUID id = insert(service, "active", "1, 0");

        // When / Then
        assertThatThrownBy(() -> service.execute(sql, id)).hasMessageContaining("what a voucher is does not change");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from voucher.vouchers",
                "truncate voucher.vouchers cascade",
                "update voucher.voucher_redemptions set account_number = ''",
                "delete from voucher.voucher_redemptions",
                "truncate voucher.voucher_redemptions",
                "update voucher.voucher_audit set actor = ''",
                "delete from voucher.voucher_audit",
                "update voucher.voucher_transitions set to_status = 'active'",
                "insert into voucher.voucher_transitions values ('redeemed', 'active')",
                "update provisioning.accounts set expiry = now()",
                "insert into billing.payment_intents default values",
                "select * from provisioning.accounts"
            })
    void theServiceMayNot(String sql) {
        // When / Then
        assertThatThrownBy(() -> service.execute(sql)).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update voucher.voucher_audit set actor = ''",
                "delete from voucher.voucher_redemptions",
                "truncate voucher.voucher_audit"
            })
    void notEvenASuperuserRewritesHistory(String sql) {
        // When / Then
        assertThatThrownBy(() -> admin.execute(sql)).hasMessageContaining("is append-only");
    }

    @Test
    void aUserSeesTheOwnVouchersAndNobodyElses() {
        // Given
        UUID mine = insert(service, "active", "1, 0");
        insert(service, "active", "1, 0");
        String owner = admin.column("select owner_user_id from voucher.vouchers where id = ?", mine)
                .getFirst();

        // When
        List<String> seen = asUser(owner).column("select id from public.vouchers");

        // Then
        assertThat(seen).containsExactly(mine.toString());
        assertThat(asUser(UUID.randomUUID().toString()).column("select id from public.vouchers"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select code_hash from voucher.vouchers",
                "select sealed_code from voucher.vouchers",
                "select voucher_id from voucher.voucher_redemptions",
                "select user_id from voucher.account_holders",
                "select body from voucher.parked"
            })
    void aUserNeverSees(String sql) {
        // When / Then
        assertThatThrownBy(() -> asUser(UUID.randomUUID().toString()).column(sql))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theViewForFrontendsShowsNoWayBackToACode() {
        // When
        List<String> columns = admin.column("""
                select column_name from information_schema.columns
                where table_schema = 'public' and table_name = 'vouchers'
                """);

        // Then
        assertThat(columns)
                .contains("id", "last_four", "status", "is_used", "used_at", "associated_account")
                .doesNotContain("code_hash", "sealed_code", "code_key_id", "code");
    }

    @Test
    void everyTableOfVouchersIsBehindRowSecurityThatItsOwnerMustPassToo() {
        // When
        List<String> open = admin.column("""
                select relname from pg_class where relnamespace = 'voucher'::regnamespace and relkind = 'r'
                  and relname not in ('inbox', 'inbox_conflicts', 'parked', 'outbox', 'voucher_transitions', 'flyway_schema_history')
                  and not (relrowsecurity and relforcerowsecurity)
                """);

        // Then
        assertThat(open).isEmpty();
    }

    private static Database asUser(String user) {
        String claims = "{\"sub\":\"" + user + "\",\"role\":\"authenticated\"}";
        String options = "-c role=authenticated -c request.jwt.claims=" + claims;
        return new Database(parts.jdbcUrl(parts.superuser()) + "&options="
                + java.net.URLEncoder.encode(options, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static UUID voucherThatIs(String status) {
        UUID id = insert(service, status.equals("generated") ? "generated" : "active", "1, 0");
        if (status.equals("reversed")) {
            assertThat(changes(id, "redeemed")).isTrue();
        }
        assertThat(changes(id, status)).isTrue();
        return id;
    }

    private static boolean changes(UUID id, String status) {
        boolean used = status.equals("redeemed") || status.equals("reversed");
        try {
            service.execute(
                    "update voucher.vouchers set status = ?, is_used = ?, used_at = case when ? then now() end where id = ?",
                    status,
                    used,
                    used,
                    id);
            return true;
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining("a voucher does not go from");
            return false;
        }
    }

    private static UUID insert(Database database, String status, String term) {
        Database.Holder holder = admin.holder();
        UUID id = UUID.randomUUID();
        boolean used = status.equals("redeemed");
        database.execute(
                """
                insert into voucher.vouchers (id, code_hash, code_key_id, last_four, duration_months, duration_days, status,
                    is_used, used_at, associated_account, owner_user_id, anchor, unit, updated_by)
                values (?, sha256(?::text::bytea), 'k1', '0012', %s, ?, ?, case when ? then now() end, ?, ?, ?, 1, 'test')
                """.formatted(term), id, id, status, used, used, holder.accountNumber(), holder.userId(), "pi_" + id);
        return id;
    }
}
