package dev.quittance.provisioning.inbox;

import static dev.quittance.provisioning.inbox.CaseEvents.LATER;
import static dev.quittance.provisioning.inbox.CaseEvents.changed;
import static dev.quittance.provisioning.inbox.CaseEvents.created;
import static dev.quittance.provisioning.inbox.CaseEvents.guest;
import static dev.quittance.provisioning.inbox.CaseEvents.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quittance.localstack.testparts.EmbeddedParts;
import dev.quittance.messaging.inbox.Inboxes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ways in which such systems are known to confuse people, each in every order of its events and each event twice. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedParts.class, initArgs = @ResourceArg(name = "slice", value = "provisioning"))
class CustomerCasesIT {
    @Inject
    Inboxes inboxes;

    @Inject
    ProvisioningHandler handler;

    @Inject
    @ConfigProperty(name = EmbeddedParts.SUPERUSER_JDBC_URL)
    String superuserUrl;

    @Inject
    @ConfigProperty(name = "quittance.delivery.topic-prefix")
    String prefix;

    @Inject
    MeterRegistry metrics;

    @Test
    @DisplayName("C1: a session before its customer, or after it, is one user with one link and one account")
    void oneUserWhicheverComesFirst() throws SQLException {
        // When
        String state = theOneState(run ->
                List.of(created("cus_" + run, guest(run)), session("cs_" + run, "cus_" + run, guest(run), null)));

        // Then
        assertThat(state).contains("guest.RUN@example.com,cs_RUN,cus_RUN,t");
        assertThat(state.lines().filter(line -> line.contains("guest.RUN") && line.contains("active")))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "C2: of two customers of one user one is the link and the other an alias, and both purchases are the user's")
    void twoCustomersOfOneUser() throws SQLException {
        // When
        List<String> runs = play(run -> List.of(
                created("cus_A" + run, guest(run)).named(Buyer.userId("user", run)),
                created("cus_B" + run, guest(run)).named(Buyer.userId("user", run)),
                session("cs_A" + run, "cus_A" + run, guest(run), "user"),
                session("cs_B" + run, "cus_B" + run, guest(run), "user")));

        // Then
        assertThat(metrics.counter("provisioning.customers.aliased").count())
                .as("somebody is told")
                .isGreaterThanOrEqualTo(runs.size());
        for (String run : runs) {
            assertThat(one(run, """
                    select count(*) || ',' || count(*) filter (where is_primary) || ',' || count(distinct user_id) || ',' ||
                      (select count(*) from provisioning.resolved_sessions s where s.user_id = 'USER')
                    from provisioning.stripe_customers where user_id = 'USER'
                    """)).as(run).isEqualTo("2,1,1,2");
        }
    }

    @Test
    @DisplayName("C3: a guest is known by the e-mail, and a link is never overwritten with nothing")
    void aGuestWithoutACustomer() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, "verified." + run + "@example.com"),
                session("cs_1" + run, "cus_" + run, "verified." + run + "@example.com", null),
                session("cs_2" + run, null, " VERIFIED." + run + "@example.com", null)));

        // Then
        assertThat(state)
                .contains("verified.RUN@example.com,cs_1RUN,cus_RUN,t")
                .contains("verified.RUN@example.com,cs_2RUN,t")
                .contains("verified.RUN@example.com,cus_RUN,t");
    }

    @Test
    @DisplayName("C5: who takes the victim's old e-mail does not inherit the victim's customer")
    void anEmailInheritsNothing() throws SQLException {
        // Given
        Function<String, List<StripeJson>> before = run ->
                List.of(created("cus_" + run, "user." + run + "@example.com").named(Buyer.userId("user", run)));
        Function<String, List<StripeJson>> events = run -> List.of(
                StripeJson.of(
                                "evt_u_" + run,
                                "customer.updated",
                                5,
                                StripeJson.customer("cus_" + run).put("email", "verified." + run + "@example.com"))
                        .named(Buyer.userId("user", run)),
                session("cs_" + run, "cus_" + run, "verified." + run + "@example.com", null));

        // When
        String state = theOneState(before, events);

        // Then
        assertThat(state)
                .contains("user.RUN@example.com,cs_RUN,cus_RUN,t")
                .contains("cus_RUN,email-of-another,user.RUN@example.com,verified.RUN@example.com")
                .doesNotContain("verified.RUN@example.com,cs_RUN");
    }

    @Test
    @DisplayName("C6: the named user wins over the e-mail that was typed, which goes to the queue")
    void theNamedUserWins() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, "other." + run + "@example.com"),
                session("cs_" + run, "cus_" + run, "other." + run + "@example.com", "user")));

        // Then
        assertThat(state)
                .contains("user.RUN@example.com,cs_RUN,cus_RUN,t")
                .contains("cs_RUN,email-differs,user.RUN@example.com");
    }

    @Test
    @DisplayName("C7, N-06: without any identity a purchase waits, and metadata's e-mail comes before the others")
    void theFirstEmailThatThereIsCounts() throws SQLException {
        // When
        String nobody = theOneState(
                run -> List.of(created("cus_" + run, null), session("cs_" + run, "cus_" + run, null, null)));
        String metadata = theOneState(run -> {
            StripeJson session = session("cs_" + run, null, "verified." + run + "@example.com", null);
            session.object().getJsonObject("metadata").put("email", " User." + run + "@EXAMPLE.com");
            return List.of(session);
        });

        // Then
        assertThat(nobody)
                .contains("evt_cs_RUN,customer:/cus_RUN,needs-identity")
                .contains("evt_cus_RUN,customer:/cus_RUN,needs-identity");
        assertThat(metadata).contains("user.RUN@example.com,cs_RUN,t");
    }

    @Test
    @DisplayName(
            "C8: of the e-mails that are said at Stripe and in the app the later stands, and a clash goes to the queue")
    void theLaterEmailStands() throws SQLException {
        // When
        String portal = theOneState(run -> List.of(
                created("cus_" + run, "user." + run + "@example.com").named(Buyer.userId("user", run)),
                changed(run, "moved." + run + "@example.com", LATER)));
        String stale = theOneState(run -> List.of(
                created("cus_" + run, "user." + run + "@example.com").named(Buyer.userId("user", run)),
                changed(run, "moved." + run + "@example.com", 5)));
        String clash = theOneState(run -> List.of(
                created("cus_" + run, "user." + run + "@example.com").named(Buyer.userId("user", run)),
                changed(run, "verified." + run + "@example.com", LATER)));

        // Then
        assertThat(portal).contains("  moved.RUN@example.com,1:").doesNotContain("email-of-another");
        assertThat(stale).contains("  user.RUN@example.com,own,active");
        assertThat(clash)
                .contains("  user.RUN@example.com,own,active")
                .contains("cus_RUN,email-of-another,user.RUN@example.com,verified.RUN@example.com");
    }

    @Test
    @DisplayName("C9, N-19: a deleted customer stays deleted, and the same e-mail's new customer is the new link")
    void aDeletedCustomerDoesNotComeBack() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_A" + run, guest(run)),
                StripeJson.of("evt_d_" + run, "customer.deleted", 3, StripeJson.customer("cus_A" + run)),
                StripeJson.of(
                        "evt_u_" + run,
                        "customer.updated",
                        2,
                        StripeJson.customer("cus_A" + run)
                                .put("email", guest(run))
                                .put("name", "Late")),
                created("cus_B" + run, guest(run)),
                session("cs_" + run, "cus_B" + run, guest(run), null)));

        // Then
        assertThat(state)
                .contains("guest.RUN@example.com,cus_ARUN,f,gone,")
                .contains("guest.RUN@example.com,cus_BRUN,t,lives,")
                .contains("guest.RUN@example.com,cs_RUN,cus_BRUN,t");
    }

    @Test
    @DisplayName("C10: a customer whose purchase fails has no access, and nobody is told of them")
    void aFailedPurchaseGivesNothing() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, guest(run)),
                StripeJson.of(
                        "evt_f_" + run,
                        "payment_intent.payment_failed",
                        2,
                        new JsonObject().put("id", "pi_" + run).put("object", "payment_intent"))));

        // Then
        assertThat(state)
                .contains("guest.RUN@example.com,cus_RUN,t,lives,f,email")
                .doesNotContain("cs_RUN");
    }

    @Test
    void aProfileShowsTheDefaultPaymentMethodAndWhereTheBillsGo() throws SQLException {
        // When
        String state = theOneState(run -> List.of(
                created("cus_" + run, guest(run)),
                StripeJson.of(
                        "evt_u_" + run,
                        "customer.updated",
                        3,
                        StripeJson.customer("cus_" + run)
                                .put("email", guest(run))
                                .put(
                                        "address",
                                        new JsonObject().put("city", "Graz").put("country", "AT"))
                                .put("invoice_settings", new JsonObject().put("default_payment_method", "pm_" + run))),
                StripeJson.of(
                        "evt_p_" + run,
                        "payment_method.attached",
                        2,
                        new JsonObject()
                                .put("id", "pm_" + run)
                                .put("object", "payment_method")
                                .put("type", "card")
                                .put(
                                        "card",
                                        new JsonObject()
                                                .put("brand", "visa")
                                                .put("last4", "4242")
                                                .put("exp_month", 4)
                                                .put("exp_year", 2031)
                                                .put("fingerprint", "kept-to-stripe"))),
                session("cs_" + run, "cus_" + run, guest(run), null)));

        // Then
        assertThat(state)
                .contains("\"brand\": \"visa\"")
                .contains("\"last_four\": \"4242\"")
                .contains("\"exp_year\": 2031")
                .contains("\"city\": \"Graz\"")
                .doesNotContain("kept-to-stripe");
    }

    private String theOneState(Function<String, List<StripeJson>> events) throws SQLException {
        return theOneState(_ -> List.of(), events);
    }

    private String theOneState(Function<String, List<StripeJson>> before, Function<String, List<StripeJson>> events)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            Map<String, String> states =
                    new CaseRuns(inboxes.inbox(handler), connection, prefix).states(before, events);
            assertThat(states).as("seed %d", CaseRuns.SEED).hasSize(1);
            return states.keySet().iterator().next();
        }
    }

    private List<String> play(Function<String, List<StripeJson>> events) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl)) {
            return new CaseRuns(inboxes.inbox(handler), connection, prefix).play(_ -> List.of(), events);
        }
    }

    private String one(String run, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        query.replace("USER", Buyer.userId("user", run).toString()))) {
            rows.next();
            return rows.getString(1);
        }
    }
}
