package dev.quittance.ingest.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.quittance.ingest.scene.Admin;
import dev.quittance.ingest.scene.Database;
import dev.quittance.ingest.scene.Deliveries;
import dev.quittance.localstack.testparts.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told, over the slices as their services leave them. */
@QuarkusTest
@TestProfile(TraceIT.OneSecret.class)
@QuarkusTestResource(value = Admin.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EmbeddedParts.class,
        restrictToAnnotatedClass = true,
        initArgs = {@ResourceArg(name = "slice", value = "ingest"), @ResourceArg(name = "through", value = "voucher")})
class TraceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/api/admin/events/";

    private final Database database = Database.ofTheService();

    @Test
    void anOperatorSeesWhatEachServiceMadeOfAnEvent() {
        // Given
        logged("evt_seen", "cus_seen", "pi_seen");
        claimed("provisioning", "provisioning-service", "evt_seen", "ignored:irrelevant");
        claimed("billing", "billing-ledger", "evt_seen", "applied");
        Deliveries.post(event("evt_seen", "cus_seen", "pi_seen"));
        await().atMost(PATIENCE)
                .until(() ->
                        database.count("select count(*) from ingest.repeated_deliveries where event_id = 'evt_seen'")
                                == 1);

        // When
        JsonObject became = became("evt_seen");

        // Then
        assertThat(became.getJsonArray("outcomes").stream().map(JsonObject.class::cast))
                .extracting(
                        outcome -> outcome.getString("service"),
                        outcome -> outcome.getString("outcome"),
                        outcome -> outcome.getString("reason"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("provisioning-service", "ignored", "irrelevant"),
                        org.assertj.core.groups.Tuple.tuple("provisioning-service", "duplicate", null),
                        org.assertj.core.groups.Tuple.tuple("billing-ledger", "applied", null),
                        org.assertj.core.groups.Tuple.tuple("billing-ledger", "duplicate", null));
        assertThat(became.getJsonArray("repeated").getJsonObject(0).getBoolean("sameBody"))
                .isTrue();
    }

    @Test
    void anOperatorSeesWhatAnEventWaitsForAndWhatItDiedOf() {
        // Given
        logged("evt_stuck", "cus_stuck", "pi_stuck");
        claimed("provisioning", "provisioning-service", "evt_stuck", "applied");
        database.execute("""
                insert into provisioning.parked (consumer_group, account, event_id, event_type, topic, body, body_sha256, waits_for, reason)
                values ('provisioning-service', '', 'evt_stuck', 'a.b', 'stripe.events.v1', '', '', 'customer:/cus_stuck', 'NO_CUSTOMER')
                """);
        database.execute("""
                insert into ingest.dead_letters (letter_topic, letter_partition, letter_offset, consumer_group, code, event_id, headers, died_at)
                values ('x', 0, 1, 'billing-ledger', '23514', 'evt_stuck', '[]', now())
                """);

        // When
        JsonObject became = became("evt_stuck");

        // Then
        assertThat(became.encode())
                .contains("\"outcome\":\"parked\"", "customer:/cus_stuck", "NO_CUSTOMER")
                .contains("\"outcome\":\"dead\"", "\"reason\":\"23514\"", "\"letter\":");
    }

    @Test
    void anOperatorSeesWhatAPaymentBookedGaveAndMoved() {
        // Given
        logged("evt_paid", "cus_paid", "pi_paid");
        claimed("billing", "billing-ledger", "evt_paid", "applied");
        purchase("pi_paid", "evt_paid");

        // When
        HttpResponse<String> byPayment = Admin.get("operator", PATH + "trace?payment=pi_paid");
        HttpResponse<String> byCustomer = Admin.get("support", PATH + "trace?customer=cus_paid");

        // Then
        JsonObject page = new JsonObject(byPayment.body());
        JsonObject entry = page.getJsonArray("events")
                .getJsonObject(0)
                .getJsonObject("became")
                .getJsonArray("entries")
                .getJsonObject(0);
        assertThat(entry.getString("businessKey")).isEqualTo("grant:pi_paid:points");
        assertThat(entry.getJsonArray("lines")).hasSize(2);
        JsonObject effects = page.getJsonObject("effects");
        assertThat(effects.getJsonArray("unanswered")).isEmpty();
        assertThat(effects.getJsonArray("purchases").getJsonObject(0).encode())
                .contains(
                        "\"anchor\":\"pi_paid\"",
                        "\"points\":10",
                        "\"service\":\"voucher-service\",\"outcome\":\"applied\"");
        assertThat(effects.getJsonArray("vouchers").getJsonObject(0).getString("status"))
                .isEqualTo("active");
        assertThat(effects.getJsonArray("expiryChanges")).hasSize(2);
        assertThat(new JsonObject(byCustomer.body()).getJsonObject("effects")).isEqualTo(effects);
    }

    @Test
    void nothingIsFollowedWithoutSayingWhat() {
        assertThat(Admin.get("operator", PATH + "trace").statusCode()).isEqualTo(400);
        assertThat(Admin.get("operator", PATH + "trace?customer=cus_none").body())
                .contains("\"events\":[]");
        assertThat(Admin.get("authenticated", PATH + "trace?customer=cus_1").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body from billing.parked",
                "select event_id from billing.inbox",
                "select business_key from billing.journal_entries",
                "select id from voucher.vouchers",
                "select account_number from provisioning.account_extensions",
                "select anchor from billing.settlements"
            })
    void theLoginReadsNoTableBehindTheFunctions(String sql) {
        // Given
        Database service = new Database("jdbc:"
                + ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class) + "?user="
                + ConfigProvider.getConfig().getValue("quarkus.datasource.username", String.class) + "&password="
                + ConfigProvider.getConfig().getValue("quarkus.datasource.password", String.class));

        // When / Then
        assertThatThrownBy(() -> service.column(sql)).hasMessageContaining("permission denied");
    }

    private void logged(String event, String customer, String payment) {
        assertThat(Deliveries.post(event(event, customer, payment)).statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() ->
                        database.count("select count(*) from ingest.stripe_events where event_id = ?", event) == 1);
    }

    private void claimed(String schema, String service, String event, String outcome) {
        database.execute(
                "insert into " + schema + ".inbox (consumer_group, account, event_id, event_type, body_sha256, outcome)"
                        + " values (?, '', ?, 'a.b', '', ?)",
                service,
                event,
                outcome);
    }

    /** As billing, voucher-service and provisioning write it, without the rows that it hangs on. */
    private void purchase(String anchor, String event) {
        database.execute("""
                do $$
                declare
                    voucher uuid := 'c0ffee00-0000-4000-8000-000000000001';
                    buyer uuid := 'c0ffee00-0000-4000-8000-000000000002';
                    entry bigint;
                begin
                    set local session_replication_role = replica;
                    insert into billing.payment_intents (payment_intent_id, status, amount_minor, currency, created_at, version_rank,
                        version_at, version_step, version_event) values ('%1$s', 'succeeded', 500, 'EUR', now(), 1, now(), 1, '%2$s');
                    insert into billing.settlements (anchor, payment_intent_id, user_id, account_number, amount_minor, currency, points,
                        credits, vouchers, occurred_at) values ('%1$s', '%1$s', buyer, '1000000000000000', 500, 'EUR', 10, 0, 1, now());
                    insert into billing.ledger_accounts (name, kind, unit, user_id) values
                        ('issued:points', 'house', 'points', null), ('user:' || buyer || ':points', 'user', 'points', buyer);
                    insert into billing.journal_entries (business_key, rule, event_id, occurred_at)
                        values ('grant:%1$s:points', 'grant', '%2$s', now()) returning entry_id into entry;
                    insert into billing.entry_lines (entry_id, line, account_id, shard, direction, amount, unit)
                        select entry, row_number() over (order by name), account_id, 0,
                               case kind when 'house' then 'debit' else 'credit' end, 10, 'points'
                        from billing.ledger_accounts;
                    insert into voucher.inbox (consumer_group, account, event_id, event_type, body_sha256, outcome)
                        select 'voucher-service', '', told_event, 'PaymentSettled', '', 'applied'
                        from billing.event_purchases(array[''], array['%1$s']);
                    insert into voucher.vouchers (id, code_hash, code_key_id, last_four, duration_months, status, owner_user_id, anchor,
                        unit, payment_intent_id, updated_by)
                        values (voucher, sha256('x'), 'k1', 'ABCD', 1, 'active', buyer, '%1$s', 1, '%1$s', 'test');
                    insert into provisioning.account_extensions (business_key, account_number, user_id, voucher_id, months, days,
                        new_expiry, cause_event_id) values ('expiry:' || voucher, '1000000000000000', buyer, voucher, 1, 0, now(), 'x');
                    insert into provisioning.account_extensions (business_key, account_number, user_id, months, days, kind, target,
                        cause_event_id) values ('takeback:' || voucher || ':1', '1000000000000000', buyer, 0, 0, 'take',
                        'expiry:' || voucher, 'y');
                end
                $$
                """.formatted(anchor, event));
    }

    private JsonObject became(String event) {
        HttpResponse<String> answer = Admin.get("operator", PATH + event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body())
                .getJsonArray("events")
                .getJsonObject(0)
                .getJsonObject("became");
    }

    private static String event(String id, String customer, String payment) {
        return """
                {"id":"%1$s","object":"event","type":"charge.succeeded","livemode":false,"created":1763633730,
                "data":{"object":{"id":"ch_%1$s","object":"charge","customer":"%2$s","payment_intent":"%3$s"}}}
                """.formatted(id, customer, payment);
    }

    /** Nothing else than a secret. */
    public static final class OneSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quittance.ingest.webhook-secrets", Deliveries.SECRET);
        }
    }
}
