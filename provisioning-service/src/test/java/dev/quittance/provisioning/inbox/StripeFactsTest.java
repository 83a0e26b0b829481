package dev.quittance.provisioning.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.contracts.stripe.StripeEvent;
import dev.quittance.messaging.inbox.Reading;
import dev.quittance.provisioning.customer.CustomerFact;
import dev.quittance.provisioning.identity.SessionFact;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeFactsTest {
    private static final UUID USER = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");

    @Test
    void theUserIsReadInMetadataThenInTheReference() {
        // Given
        JsonObject session = StripeJson.session("cs_1")
                .put("metadata", new JsonObject().put("userId", USER.toString()).put("user_id", "not a uuid"))
                .put("client_reference_id", new UUID(1, 1).toString());

        // When
        SessionFact fact = session(session);

        // Then
        assertThat(fact.namedUsers()).containsExactly(USER, new UUID(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"1-1-1-1-1", "order_77", "7d444840-9dc0-11d1-b245-5ffdce74fad2-", "''"})
    void aReferenceThatIsNoUserCountsAsAbsent(String reference) {
        // When
        SessionFact fact = session(StripeJson.session("cs_1").put("client_reference_id", reference));

        // Then
        assertThat(fact.namedUsers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "m@x.org, c@x.org, d@x.org, e@x.org, m@x.org",
        "m,       c@x.org, d@x.org, e@x.org, c@x.org",
        ",        ,        D@X.org, e@x.org, d@x.org",
        ",        ,        ,        e@x.org, e@x.org",
        ",        ,        ,        ,        "
    })
    void theEmailIsTheFirstThatIsOne(
            @Nullable String metadata,
            @Nullable String customer,
            @Nullable String details,
            @Nullable String prefilled,
            @Nullable String expected) {
        // Given
        JsonObject session = StripeJson.session("cs_1")
                .put("metadata", new JsonObject().put("email", metadata))
                .put("customer", new JsonObject().put("id", "cus_1").put("email", customer))
                .put("customer_details", new JsonObject().put("email", details))
                .put("customer_email", prefilled);

        // When
        SessionFact fact = session(session);

        // Then
        assertThat(fact.email()).isEqualTo(expected);
        assertThat(fact.customer()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"paid,true", "no_payment_required,true", "unpaid,false", "something_new,false"})
    void paidIsWhatStripeCallsPaid(String status, boolean expected) {
        // When
        SessionFact fact = session(StripeJson.session("cs_1").put("payment_status", status));

        // Then
        assertThat(fact.isPaid()).isEqualTo(expected);
    }

    @Test
    void beforeSessionsSaidSoACompletedOneWasPaid() {
        // Given
        JsonObject session = StripeJson.session("cs_1");
        session.remove("payment_status");

        // When
        SessionFact fact = session(session);

        // Then
        assertThat(fact.isPaid()).isTrue();
    }

    @Test
    void aMalformedCustomerIsAGuest() {
        // When
        SessionFact fact = session(StripeJson.session("cs_1").put("customer", "gcus_1-2"));

        // Then
        assertThat(fact.customer()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invoice.sent | {\"id\":\"in_1\",\"object\":\"invoice\"} | unhandled-type",
                "invoice.paid | {\"id\":\"in_1\",\"object\":\"invoice\"} | no-subscription",
                "customer.subscription.updated | {\"id\":\"sub_1\",\"object\":\"subscription\"} | no-subscription",
                "price.updated | {\"object\":\"price\"} | no-price-id",
                "customer.created | {\"id\":\"ch_1\",\"object\":\"charge\"} | unexpected-object",
                "customer.created | {\"object\":\"customer\"} | no-customer-id",
                "customer.updated | {\"id\":\"12\",\"object\":\"customer\"} | no-customer-id",
                "customer.updated | {\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true} | deleted-customer",
                "checkout.session.completed | {\"object\":\"checkout.session\"} | no-session-id",
                "checkout.session.completed | {\"id\":\"cs_1\",\"mode\":\"setup\"} | setup-mode"
            })
    void whatIsOfNoUseIsIgnoredWithItsReason(String type, String object, String reason) {
        // When
        Reading<ProvisioningFact> reading = read(type, new JsonObject(object));

        // Then
        assertThat(reading).isEqualTo(new Reading.Ignored<>(reason));
    }

    @Test
    void whatAnEventMayWaitForIsAmongItsSubjects() {
        // Given
        JsonObject session = StripeJson.session("cs_1").put("customer", "cus_1").put("customer_email", "A@x.org");

        // When
        Reading<ProvisioningFact> reading = read("checkout.session.completed", session);

        // Then
        assertThat(relevant(reading).subjects())
                .containsExactlyInAnyOrder("session:/cs_1", "operator:/cs_1", "customer:/cus_1", "email:a@x.org");
    }

    @Test
    void aCustomersMetadataIsKept() {
        // Given
        JsonObject customer = StripeJson.customer("cus_1")
                .put("name", "  Ann ")
                .put("metadata", new JsonObject().put("user_id", USER.toString()));

        // When
        Reading<ProvisioningFact> reading = read("customer.created", customer);

        // Then
        CustomerFact fact = ((ProvisioningFact.CustomerSeen) relevant(reading).fact()).customer();
        assertThat(fact.name()).isEqualTo("Ann");
        assertThat(fact.namedUsers()).containsExactly(USER);
        assertThat(fact.metadata()).containsOnlyKeys("user_id");
    }

    private static SessionFact session(JsonObject session) {
        Reading<ProvisioningFact> reading = read("checkout.session.completed", session);
        return ((ProvisioningFact.SessionCompleted) relevant(reading).fact()).session();
    }

    private static Reading.Relevant<ProvisioningFact> relevant(Reading<ProvisioningFact> reading) {
        return switch (reading) {
            case Reading.Relevant<ProvisioningFact> relevant -> relevant;
            case Reading.Ignored<ProvisioningFact> ignored -> throw new AssertionError(ignored);
            case Reading.Poison<ProvisioningFact> poison -> throw new AssertionError(poison);
        };
    }

    private static Reading<ProvisioningFact> read(String type, JsonObject object) {
        StripeJson json = StripeJson.of("evt_1", type, 0, object);
        StripeEvent.Reading.Read read = (StripeEvent.Reading.Read) StripeEvent.read(json.bytes());
        return StripeFacts.read(read.event(), "");
    }
}
