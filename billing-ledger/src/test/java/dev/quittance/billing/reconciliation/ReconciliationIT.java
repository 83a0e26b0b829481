package dev.quittance.billing.reconciliation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.JournalStore;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import dev.quittance.billing.testing.Ledger;
import dev.quittance.billing.testing.StripeBalance;
import dev.quittance.billing.testing.StripeDouble;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Stripe says and what is booked, page by page and payout by payout. */
@QuarkusTest
@WithTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "billing"))
@WithTestResource(StripeDouble.class)
@SuppressWarnings("NullAway.Init")
class ReconciliationIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant AT = Instant.ofEpochSecond(1_760_000_050);

    private final String name = UUID.randomUUID().toString().substring(0, 8);

    @Inject
    JournalStore journal;

    @Inject
    ReconciliationJob job;

    @Inject
    Pool pool;

    private Ledger ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = new Ledger();
        ledger.empty();
        StripeBalance.empty();
    }

    @AfterEach
    void stop() throws SQLException {
        ledger.close();
    }

    @Test
    void everyDifferenceIsNamedAndEveryPayoutIsTiedToTheCent() throws SQLException {
        // Given: four charges, of which one lacks its fee, one is not booked, and one has another amount
        for (int i = 1; i <= 4; i++) {
            StripeBalance.move("txn_" + name + i, "charge", "ch_" + name + i, 1_000, 43, "po_" + name);
        }
        StripeBalance.move("txn_" + name + "p", "payout", "po_" + name, -4 * 957, 0, "po_" + name);
        StripeBalance.move("txn_" + name + "f", "stripe_fee", "", -200, 0, "");
        charge(1, 1_000, true);
        charge(2, 1_000, false);
        charge(4, 900, true);
        charge(9, 50, false);
        post("payout:po_" + name, LedgerAccount.revenue("EUR"), LedgerAccount.stripeClearing("EUR"), 4 * 957);

        // When
        int run = begin("{\"from\":\"2025-10-01T00:00:00Z\",\"to\":\"2027-12-01T00:00:00Z\"}");
        done(run);

        // Then
        given().auth()
                .oauth2(StripeDouble.operatorToken())
                .get("/api/admin/ledger/reconciliations/" + run)
                .then()
                .statusCode(200)
                .body("run.movements", equalTo(6))
                .body("run.pages", equalTo(3));
        assertThat(differences())
                .contains(
                        "txn_" + name + "3|NOT_BOOKED|957|0|open",
                        "txn_" + name + "4|AMOUNT_DIFFERS|957|857|open",
                        "txn_" + name + "f|KIND_NOT_BOOKED|-200|0|open",
                        "charge:ch_" + name + "9:gross|NOT_AT_STRIPE|0|50|open")
                .noneMatch(row -> row.startsWith("txn_" + name + "1|"));
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(differences())
                        .anyMatch(row -> row.startsWith("po_" + name + "|PAYOUT_DIFFERS|3828|")));

        // When: the lost event comes, and the fee was asked for by the first run
        charge(3, 1_000, true);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> !ledger.rows(
                                "select 1 from billing.journal_entries where business_key = 'fee:txn_" + name + "2'")
                        .isEmpty());
        done(begin("{\"payout\":\"po_" + name + "\"}"));

        // Then
        assertThat(differences())
                .contains(
                        "txn_" + name + "4|AMOUNT_DIFFERS|957|857|open",
                        "po_" + name + "|PAYOUT_DIFFERS|3828|3728|open")
                .anyMatch(row -> row.startsWith("txn_" + name + "3|NOT_BOOKED") && row.endsWith("|settled"))
                .anyMatch(row -> row.startsWith("txn_" + name + "2|FEE_NOT_BOOKED") && row.endsWith("|settled"));
    }

    @Test
    @DisplayName("F12: the outcome of a dispute whose events never came is read from Stripe and booked")
    void aDisputeWhoseEventsNeverCameIsReadFromStripe() throws SQLException {
        // Given: the bank took 600 and Stripe 1500 for it, and nobody told
        StripeBalance.move("txn_" + name + "1", "charge", "ch_" + name + "1", 1_000, 43, "");
        StripeBalance.move("txn_" + name + "d", "adjustment", "dp_" + name, -600, 1_500, "");
        charge(1, 1_000, true);

        // When
        String period = "{\"from\":\"2025-10-01T00:00:00Z\",\"to\":\"2027-12-01T00:00:00Z\"}";
        done(begin(period));

        // Then
        assertThat(differences()).contains("txn_" + name + "d|NOT_BOOKED|-2100|0|open");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows("select business_key from billing.journal_entries"
                                + " where business_key like 'dispute:%' order by 1"))
                        .containsExactly(
                                "dispute:dp_" + name + ":lost:txn_" + name + "d",
                                "dispute:dp_" + name + ":withdrawn:txn_" + name + "d"));
        assertThat(ledger.rows("select status from billing.disputes where dispute_id = 'dp_" + name + "'"))
                .containsExactly("lost");

        // When
        done(begin(period));

        // Then
        assertThat(differences()).anyMatch(row -> row.endsWith("|settled")).noneMatch(row -> row.endsWith("|open"));
    }

    @Test
    @DisplayName("F12: a verdict whose event never came is read from Stripe, also when it moves nothing")
    void aVerdictThatNeverCameIsReadFromStripe() throws SQLException {
        // Given
        ledger.run(
                "insert into billing.disputes (dispute_id, status, amount_minor, currency, charge_refundable, withdrawn, reinstated,"
                        + " created_at, version_rank, version_at, version_step, version_event) values ('dp_v" + name
                        + "', 'under_review', 600, 'EUR', false, true, false, '2025-10-01', 0, '2025-10-01', 0, 'evt')");

        // When
        job.begin().await().atMost(LONG);

        // Then
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(ledger.rows("select status from billing.disputes"))
                        .containsExactly("lost"));
        assertThat(ledger.rows("select count(*) from billing.journal_entries where rule = 'dispute_lost'"))
                .containsExactly("1");
    }

    @Test
    @DisplayName("A12: a connected account is asked for and compared by itself")
    void aConnectedAccountIsReconciledByItself() throws SQLException {
        // Given: one charge on it that is booked, one that is not; and one of the same id on our own
        String account = "acct_" + name;
        StripeBalance.move(account, "txn_" + name + "c", "charge", "ch_" + name, 1_000, 0, "");
        StripeBalance.move(account, "txn_" + name + "n", "charge", "ch_lost" + name, 700, 0, "");
        StripeBalance.move("txn_" + name + "o", "charge", "ch_" + name, 50, 0, "");
        post(
                "charge:" + account + "/ch_" + name + ":gross",
                LedgerAccount.stripeClearing("EUR"),
                LedgerAccount.revenue("EUR"),
                1_000);

        // When
        done(begin(
                "{\"account\":\"" + account + "\",\"from\":\"2025-10-01T00:00:00Z\",\"to\":\"2027-12-01T00:00:00Z\"}"));

        // Then
        assertThat(differences()).containsExactly("txn_" + name + "n|NOT_BOOKED|700|0|open");
        assertThat(ledger.rows("select stripe_account, movements, differences from billing.reconciliation_runs"))
                .containsExactly(account + "|2|1");
    }

    @Test
    void onlyAnOperatorReconcilesAndOnlyWhatIsARequest() {
        given().auth()
                .oauth2(StripeDouble.userToken(UUID.randomUUID()))
                .get("/api/admin/ledger/reconciliations")
                .then()
                .statusCode(403);
        for (String body : List.of(
                "",
                "{}",
                "{\"payout\":\"../x\"}",
                "{\"payout\":\"po_1\",\"account\":\"../x\"}",
                "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}")) {
            given().auth()
                    .oauth2(StripeDouble.operatorToken())
                    .contentType("application/json")
                    .body(body)
                    .post("/api/admin/ledger/reconciliations")
                    .then()
                    .statusCode(400);
        }
    }

    private List<String> differences() throws SQLException {
        return ledger.rows("select subject, class, stripe_minor, booked_minor, state"
                + " from billing.reconciliation_differences order by 1");
    }

    private int begin(String body) {
        return given().auth()
                .oauth2(StripeDouble.operatorToken())
                .contentType("application/json")
                .body(body)
                .post("/api/admin/ledger/reconciliations")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getInt("runId");
    }

    private void done(int run) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ledger.rows("select state from billing.reconciliation_runs where run_id = " + run)
                        .equals(List.of("done")));
    }

    private void charge(int number, long amount, boolean withFee) {
        post(
                "charge:ch_" + name + number + ":gross",
                LedgerAccount.stripeClearing("EUR"),
                LedgerAccount.revenue("EUR"),
                amount);
        if (withFee) {
            post("fee:txn_" + name + number, LedgerAccount.stripeFees("EUR"), LedgerAccount.stripeClearing("EUR"), 43);
        }
    }

    private void post(String key, LedgerAccount debit, LedgerAccount credit, long amount) {
        pool.withTransaction(transaction -> journal.post(
                        transaction,
                        List.of(Posting.of(key, "test", new Cause("", "evt", 0), AT, debit, credit, amount))))
                .await()
                .atMost(LONG);
    }
}
